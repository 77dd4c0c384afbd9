import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAuditTrail } from '../../../main/audit/index.ts';
import { systemClock } from '../../../main/clock.ts';
import { createNodeFetch, type Fetch } from '../../../main/http/index.ts';
import { createServerLinks, createServers, createServerStore, type NewServer, type Servers } from '../../../main/mailstore/index.ts';
import type { Policies } from '../../../main/policies/index.ts';
import { createPasswords, openDatabase } from '../../../main/vault/index.ts';
import { memoryKeychain } from '../../unit/vault/memory-keychain.ts';
import { archive } from './archive.ts';
import { faultOf, requestTo } from './connected.ts';
import { fetch as trustingFetch } from './trusted-fetch.ts';

function desk(policies: Policies = {}, fetch: Fetch | null = null) {
  const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-servers-'));
  const database = openDatabase(directory, { clock: systemClock });
  onTestFinished(() => {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const keychain = memoryKeychain();
  const trail = createAuditTrail(database, systemClock);
  const store = createServerStore(database);
  let now = Date.now();
  /** As another process over the same list. */
  const open = (): Servers =>
    createServers({
      store,
      links: createServerLinks(database),
      passwords: createPasswords(keychain),
      trail,
      policies,
      clock: { ...systemClock, now: () => new Date(now) },
      actor: 'tester',
      fetch,
    });
  const pass = (minutes: number) => void (now += minutes * 60_000);
  return { servers: open(), open, pass, store, trail, keychain, database };
}

const newServer = (made: Awaited<ReturnType<typeof archive>>, more: Partial<NewServer> = {}): NewServer => {
  const { address, pin, user, password } = requestTo(made.server);
  return { name: 'Archive', address, pin, user, password, keepPassword: true, ...more };
};

describe('policies', () => {
  it.each<[string, Policies, string]>([
    ['that forbid asking', { ForbidServers: true }, 'policy.servers'],
    ['that allow another host', { AllowedServers: ['mailstore.example.com'] }, 'policy.server-host'],
  ])('%s are asked before a byte is sent', async (_what, policies, code) => {
    const made = await archive({ kind: 'server' });
    const { servers, store } = desk(policies);
    expect((await faultOf(Promise.resolve().then(() => servers.add(newServer(made))))).code).toBe(code);
    expect([made.server.calls, store.list()]).toEqual([[], []]);
  });

  it('that forbid keeping passwords keep none, and each session needs one', async () => {
    const made = await archive({ kind: 'server' });
    const { servers: before, open, keychain } = desk({ ForbidKeepingServerPasswords: true });
    await before.add(newServer(made));
    expect([...keychain.entries]).toEqual([]);
    expect(await before.ask('archive', async ({ version }) => version)).toBe('26.1.0.30112');
    const servers = open();
    const ask = (password?: string) => servers.ask('archive', async ({ version }) => version, password === undefined ? {} : { password });
    expect((await faultOf(ask())).code).toBe('server.password-missing');
    expect(await ask(made.server.describe().password)).toBe('26.1.0.30112');
    expect((await faultOf(ask())).code).toBe('server.password-missing');
    const { id } = await servers.remember('archive', made.server.describe().password);
    expect([await ask(), servers.passwordPlace(servers.find(id))]).toEqual(['26.1.0.30112', 'session']);
    expect(await servers.comparePasswords()).toEqual({ missing: [], unneeded: [] });
  });
});

describe('a certificate', () => {
  it('that this computer does not trust is not taken without a pin, by the host’s fetch either', async () => {
    const made = await archive({ kind: 'server' });
    const { servers, store, keychain } = desk({}, createNodeFetch());
    expect(await faultOf(servers.add(newServer(made, { pin: null })))).toMatchObject({
      code: 'server.certificate-untrusted',
      params: { sha256: made.server.describe().sha256 },
    });
    expect([made.server.calls, store.list(), [...keychain.entries]]).toEqual([[], [], []]);
  });

  it('that the host trusts goes by its fetch, without redirects', async () => {
    const made = await archive({ kind: 'spe', instances: ['contoso'] });
    const asked: RequestInit[] = [];
    const { servers } = desk({}, (address, init = {}) => {
      asked.push(init);
      return trustingFetch(address, init);
    });
    expect(await servers.add(newServer(made, { pin: null }))).toMatchObject({ kind: 'spe', pin: null, instances: ['contoso'] });
    expect(asked.length).toBeGreaterThan(2);
    for (const { redirect, credentials } of asked) expect([redirect, credentials]).toEqual(['manual', 'omit']);
    // The password only once it is known who answers.
    expect(new Headers(asked[0]?.headers).get('authorization')).toBeNull();
  });
});

describe('what is kept', () => {
  it('stands in the trail: who asked which server, and whether it answered; never the password', async () => {
    const made = await archive({ kind: 'server' });
    const { servers, trail, database, pass } = desk();
    const { password } = requestTo(made.server);
    await servers.add(newServer(made));
    // A sheet that asks every few seconds uses it once, as people read a trail.
    for (let times = 0; times < 3; times += 1) await servers.ask('Archive', () => Promise.resolve());
    pass(11);
    await servers.ask('Archive', () => Promise.resolve());
    made.server.users.splice(0, 1);
    await faultOf(servers.ask('Archive', () => Promise.resolve()));
    const entries = trail.list().map(({ change, phase, target, actor, detail }) => [change, phase, target, actor, detail['fault']]);
    expect(entries).toEqual([
      ['add-server', 'done', 'Archive', 'tester', undefined],
      ['ask-server', 'done', 'Archive', 'tester', undefined],
      ['ask-server', 'done', 'Archive', 'tester', undefined],
      ['ask-server', 'failed', 'Archive', 'tester', 'server.login-refused'],
    ]);
    const rows = database.read((connection) => JSON.stringify(connection.prepare('SELECT * FROM audit, server').all()));
    expect(rows).toContain('Archive');
    expect(rows).not.toContain(password);
  });

  it('of a row that cannot be read is left out of the list, and its password is not called unneeded', async () => {
    const made = await archive({ kind: 'server' });
    const { servers, database } = desk();
    const { id } = await servers.add(newServer(made));
    database.write((connection) => connection.prepare(`UPDATE server SET document = json_remove(document, '$.port') WHERE id = ?`).run(id));
    expect([servers.list(), await servers.comparePasswords()]).toEqual([[], { missing: [], unneeded: [] }]);
    expect(await servers.forgetPasswords()).toEqual([]);
  });
});
