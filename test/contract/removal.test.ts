import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { desk, draft, follow, type Desk } from './desk.ts';

async function ready(): Promise<{ here: Desk; id: string; applications: () => unknown[] }> {
  const here = await desk();
  const ended = (await here.setUp({ draft, certificate: null })).at(-1);
  if (ended?.kind !== 'ended') throw new Error('not set up');
  return { here, id: ended.report.credential.id, applications: () => here.here.server.world.state.tenants[0]?.applications ?? [] };
}

const bin = async (here: Desk) => {
  const listed = await here.request('credentials:list', { deleted: true });
  return listed.ok ? listed.value.filter(({ deletedAt }) => deletedAt !== null) : [];
};

describe('a registration', () => {
  it('is deleted after its plan and comes back with a sign-in, never without', async () => {
    const { here, id, applications } = await ready();
    const seen = await follow(here, () => here.request('removal:begin', { id, confirmName: 'Contoso archive' }));
    expect(seen.find(({ kind }) => kind === 'preview')).toMatchObject({
      tenant: { displayName: 'Contoso' },
      plan: [{ change: 'delete-application', removes: true, step: 'registration' }],
      findings: [],
    });
    expect(seen.filter((step) => step.kind === 'line' && step.outcome === 'done')).toHaveLength(4);
    expect(seen.at(-1)).toMatchObject({ kind: 'ended', report: { credential: { id }, proof: null } });
    expect(readdirSync(here.here.services.directory).filter((name) => name.startsWith('[Practice] registration-'))).toHaveLength(1);
    expect(applications()).toEqual([]);
    expect(await bin(here)).toMatchObject([{ id, registrationDeleted: true }]);
    expect(await here.request('credential:restore', { id })).toMatchObject({ ok: false, fault: { code: 'restoration.sign-in-needed' } });

    expect((await follow(here, () => here.request('restoration:begin', { id }), false)).at(-1)).toMatchObject({
      kind: 'failed',
      fault: { code: 'input.declined' },
    });
    expect(await bin(here)).toHaveLength(1);
    const restored = await follow(here, () => here.request('restoration:begin', { id }));
    expect(restored.find(({ kind }) => kind === 'preview')).toMatchObject({ plan: [{ change: 'restore-application' }] });
    expect(restored.at(-1)).toMatchObject({
      kind: 'ended',
      report: { credential: { id, registrationDeleted: false }, proof: { ok: true } },
    });
    expect(applications()).toHaveLength(1);
    expect(await bin(here)).toEqual([]);
  });

  it('is not deleted without its name, nor one that is not known', async () => {
    const { here, id, applications } = await ready();
    for (const confirmName of ['', 'contoso archive', 'Contoso archive ']) {
      expect(await here.request('removal:begin', { id, confirmName })).toMatchObject({
        ok: false,
        fault: { code: 'removal.name-not-confirmed' },
      });
    }
    const unknown = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
    expect(await here.request('removal:begin', { id: unknown, confirmName: '' })).toMatchObject({
      ok: false,
      fault: { code: 'input.credential.unknown' },
    });
    expect(await here.request('restoration:begin', { id })).toMatchObject({ ok: false, fault: { code: 'input.credential.unknown' } });
    expect(applications()).toHaveLength(1);
  });

  it('that was adopted is not deleted', async () => {
    const { here, id } = await ready();
    here.here.services.engine.store.change(id, () => ({ adopted: true }));
    expect(await here.request('removal:begin', { id, confirmName: 'Contoso archive' })).toMatchObject({
      ok: false,
      fault: { code: 'removal.adopted' },
    });
    const listed = await here.request('credentials:list', { deleted: false });
    expect(listed).toMatchObject({ ok: true, value: [{ adopted: true }] });
  });

  it('that is no longer there does not take the list along', async () => {
    const { here, id, applications } = await ready();
    applications().length = 0;
    const seen = await follow(here, () => here.request('removal:begin', { id, confirmName: 'Contoso archive' }));
    expect(seen.at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'registration.application-missing' } });
    expect(await bin(here)).toEqual([]);
  });
});
