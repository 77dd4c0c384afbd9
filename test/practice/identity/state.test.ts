import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPractice } from '../../../main/practice/index.ts';
import { simulation } from './simulation.ts';
import { signIn } from './sign-in.ts';

function stateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'practice-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'tenants.json');
}

describe('saved world', () => {
  it('is there after every change, and after the next start', async () => {
    const statePath = stateFile();
    const here = await simulation({ statePath, tenants: 2 });
    const saved = () => JSON.parse(readFileSync(statePath, 'utf8'));
    expect(saved()).toEqual(JSON.parse(JSON.stringify(here.server.world.state)));
    await signIn(here, { account: null });
    expect(here.tenant.oauth2PermissionGrants).toHaveLength(1);
    expect(saved().tenants[0].oauth2PermissionGrants).toEqual(here.tenant.oauth2PermissionGrants);
    await here.server.close();
    const again = await simulation({ statePath, tenants: 1 });
    expect(again.server.world.state).toEqual(JSON.parse(JSON.stringify(here.server.world.state)));
    expect(readdirSync(join(statePath, '..'))).toEqual(['tenants.json']);
  });

  it('remembers what is not replicated yet', async () => {
    const statePath = stateFile();
    const here = await simulation({ statePath, knobs: { updates: 60_000 } });
    await signIn(here, { account: null });
    expect(here.tenant.unreplicated).toEqual([expect.objectContaining({ collection: 'oauth2PermissionGrants', before: null })]);
    await here.server.close();
    const again = await simulation({ statePath });
    expect(again.tenant.unreplicated).toEqual(here.tenant.unreplicated);
  });

  it('does not get ids again that it has', async () => {
    const statePath = stateFile();
    const first = await simulation({ statePath });
    const text = JSON.stringify(first.server.world.state);
    await first.server.close();
    const again = await simulation({ statePath });
    for (let count = 0; count < 50; count += 1) expect(text).not.toContain(again.server.world.newId());
  });

  it.each(['{"version":1,"tenants":', '{"version":2}', '{"version":1,"tenants":[]}'])(
    'is left as it is when it cannot be read: %s',
    async (text) => {
      const statePath = stateFile();
      writeFileSync(statePath, text);
      await expect(startPractice({ statePath })).rejects.toMatchObject({ code: 'practice.state-unreadable', params: { path: statePath } });
      expect(readFileSync(statePath, 'utf8')).toBe(text);
    },
  );

  it('says so when there is no place to write', async () => {
    await expect(startPractice({ statePath: join(stateFile(), 'below', 'tenants.json') })).rejects.toMatchObject({
      code: 'practice.state-unwritable',
    });
  });
});

describe('server', () => {
  it('describes itself without slash, path or anybody real', async () => {
    const { server } = await simulation({ tenants: 12 });
    const description = server.describe();
    expect(description.identity).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(description.graph).toBe(description.identity);
    expect(new Set(description.tenants.map(({ domain }) => domain)).size).toBe(12);
    expect(new Set(description.tenants.map(({ id }) => id)).size).toBe(12);
    expect(
      description.tenants.every(
        ({ domain, accounts }) => domain.endsWith('.example') && accounts.every(({ upn }) => upn.endsWith('.example')),
      ),
    ).toBe(true);
    expect(description.tenants[0]?.accounts.map(({ role }) => role)).toEqual([
      'Global Administrator',
      'Privileged Role Administrator',
      'Cloud Application Administrator',
      'Custom role',
      'Ordinary user',
      'Guest',
      'GDAP partner',
      'Blocked by Conditional Access',
      'Declines consent',
      'Needs multi-factor authentication',
    ]);
  });

  it('says so when the port is taken', async () => {
    const { server } = await simulation();
    await expect(startPractice({ port: Number(new URL(server.origin).port) })).rejects.toMatchObject({ code: 'practice.port-unavailable' });
  });
});
