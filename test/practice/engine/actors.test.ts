import { DatabaseSync } from 'node:sqlite';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import {
  confirmHandover,
  exportCertificate,
  handOverAndForget,
  markUsedHereOnly,
  pfxHandOut,
  save,
  undoHandover,
} from '../../../main/registration/verbs/index.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import type { Services } from '../../../main/services/index.ts';
import { profileById } from '../../../main/servers/index.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { harness, tenantOf, type Harness } from './harness.ts';
import { day, publishedIn, recordOf, rotateAlone, states, unattended } from './rotation-harness.ts';

const name = 'Contoso archive';
const current = (here: Harness) => recordOf(here).certificate?.thumbprint ?? '';
const exportPfx = (here: Harness, { engine }: Services = here.services, thumbprint?: string) =>
  exportCertificate(engine, {
    credential: name,
    ...(thumbprint === undefined ? {} : { thumbprint }),
    format: 'pfx',
    path: join(here.directory, `${Math.random()}.pfx`),
    force: false,
    password: 'secret-password',
    encryption: 'modern',
  });
/** A repair that has something to ask about, while somebody else acts. */
function repairWhile(here: Harness, meanwhile: () => unknown) {
  const [application] = tenantOf(here).applications;
  if (application !== undefined) Object.assign(application, { web: { ...application.web, redirectUris: [] } });
  const confirm = async () => {
    await meanwhile();
    return true;
  };
  return repair(
    here.services.engine,
    { credential: name, certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false },
    here.run(undefined, { confirm }),
  );
}
const nights = async (here: Harness, count: number) => {
  for (let night = 0; night < count; night += 1) await rotateAlone(here, { overlapDays: 0 });
};

describe('what one says while another works', () => {
  it('an export of the key stays known through a repair, and the key that went out is never removed without a handover', async () => {
    const here = await harness();
    await here.connect();
    markUsedHereOnly(here.services.engine, name);
    const other = await here.open();
    const given = current(here);
    await repairWhile(here, () => exportPfx(here, other));
    expect(recordOf(here).certificate).toMatchObject({ thumbprint: given, otherHolders: 'possible', usedHereOnly: false });
    await nights(here, 3);
    expect(publishedIn(here)).toContain(given);
  });

  it('a handover that is confirmed during a repair stays confirmed', async () => {
    const here = await harness();
    await here.connect();
    const other = await here.open();
    await repairWhile(here, () => confirmHandover(other.engine, name, current(here)));
    expect(recordOf(here).certificate?.handover).toMatchObject({ profile: { id: 'mailstore-guide' } });
  });

  it('a new name that is saved during a repair waits its turn and stays', async () => {
    const here = await harness();
    await here.connect();
    const other = await here.open();
    const { id, clientId, tenantId, redirectUri } = recordOf(here);
    const request = {
      id,
      name: 'Renamed',
      cloud: 'global',
      tenant: tenantId,
      clientId,
      redirectUri,
      custody: 'keyring',
      server: { id: 'mailstore-server', instance: null },
    } as const;
    let refused: unknown;
    await repairWhile(here, async () => {
      refused = await save(other.engine, { ...request, profile: profileById('mailstore-guide'), certificate: null }, here.run()).catch(
        (error: unknown) => error,
      );
    });
    expect(refused).toMatchObject({ code: 'lease.held' });
    await save(other.engine, { ...request, profile: profileById('mailstore-guide'), certificate: null }, here.run());
    expect(here.services.engine.store.find('Renamed')).toMatchObject({ id, state: 'set-up' });
  });

  it('nothing is written any more by a run whose lease somebody else has', async () => {
    const here = await harness();
    await here.connect();
    const before = structuredClone(tenantOf(here).applications);
    const record = recordOf(here);
    const { engine } = here.services;
    let rotated: unknown;
    const run = here.run(undefined, {
      confirm: async () => {
        // As after a standby: another process has waited in vain for a sign of life, took the lease, and is at work.
        await here.services.engine.leases.withLease('another', engine.owner, async () => undefined);
        takeLeases(here);
        return true;
      },
    });
    try {
      rotated = await rotate(engine, { ...unattended, unattended: false }, run);
    } catch (error) {
      rotated = error;
    }
    expect(rotated).toMatchObject({ code: 'lease.lost' });
    expect(tenantOf(here).applications).toEqual(before);
    expect(recordOf(here)).toEqual(record);
  });
});

/** All leases of the store now belong to a process on another computer. */
function takeLeases(here: Harness): void {
  const path = join(here.directory, 'practice', 'keyring.sqlite');
  const database = new DatabaseSync(path);
  database.exec(`UPDATE lease SET token = 'another', host = 'another-pc'`);
  database.close();
}

describe('a word about a key', () => {
  it('is about one certificate: after a detour through a key of the server’s the server’s certificate stays', async () => {
    const here = await harness();
    await here.connect();
    markUsedHereOnly(here.services.engine, name);
    const first = current(here);
    const { certificate: servers } = await ours('MailStore');
    await here.connect({ custody: 'external', certificate: servers });
    await here.connect({ custody: 'keyring' });
    await nights(here, 3);
    expect(publishedIn(here)).toContain(servers.thumbprint);
    // The key that was never anybody else's is gone: the word was about that one.
    expect(publishedIn(here)).not.toContain(first);
  });

  it('that nobody else has it cannot be given for one that was exported, imported or handed over', async () => {
    const here = await harness();
    await here.connect();
    await exportPfx(here);
    expect(() => markUsedHereOnly(here.services.engine, name)).toThrow(expect.objectContaining({ code: 'handover.key-shared' }));
    // A key that is made here anew has never been anywhere else.
    await rotateAlone(here);
    expect(markUsedHereOnly(here.services.engine, name).certificate).toMatchObject({ usedHereOnly: true, otherHolders: 'none' });
    confirmHandover(here.services.engine, name, current(here));
    expect(() => markUsedHereOnly(here.services.engine, name)).toThrow(expect.objectContaining({ code: 'handover.key-shared' }));
  });
});

describe('a handover', () => {
  it('without a thumbprint is about what was exported last, and is refused when another certificate is current by then', async () => {
    const here = await harness();
    await here.connect();
    await exportPfx(here);
    const exported = current(here);
    await rotateAlone(here);
    const refusal = { code: 'handover.superseded', params: { name, given: exported, current: current(here) } };
    expect(() => confirmHandover(here.services.engine, name, undefined)).toThrow(expect.objectContaining(refusal));
    expect(() => confirmHandover(here.services.engine, name, exported)).toThrow(expect.objectContaining(refusal));
    await nights(here, 2);
    expect(publishedIn(here)).toContain(exported);
    await exportPfx(here);
    expect(confirmHandover(here.services.engine, name, undefined).certificate).toMatchObject({
      thumbprint: current(here),
      handover: { profile: { id: 'mailstore-guide' } },
    });
  });

  it('of a certificate that was made at night and shown to nobody needs its thumbprint', async () => {
    const here = await harness();
    await here.connect();
    here.services.engine.store.change(recordOf(here).id, () => ({ presented: null }));
    await rotateAlone(here);
    expect(() => confirmHandover(here.services.engine, name, undefined)).toThrow(
      expect.objectContaining({ code: 'handover.thumbprint-needed', params: { name, current: current(here) } }),
    );
    expect(confirmHandover(here.services.engine, name, current(here).toLowerCase()).certificate?.handover).not.toBeNull();
  });

  it('says nothing of other permissions: what the old ones need stays until a handover of its own', async () => {
    const here = await harness();
    await here.connect();
    const first = current(here);
    await rotateAlone(here, { overlapDays: 0 });
    confirmHandover(here.services.engine, name, current(here));
    await here.connect({ profile: profileById('directory-only') });
    expect(recordOf(here).state).not.toBe('confirmed');
    await nights(here, 2);
    expect(publishedIn(here)).toContain(first);
    confirmHandover(here.services.engine, name, current(here));
    await nights(here, 1);
    expect(publishedIn(here)).not.toContain(first);
  });

  it('that was given by mistake is taken back, as long as nothing was removed because of it', async () => {
    const here = await harness();
    await here.connect();
    const first = current(here);
    await rotateAlone(here);
    confirmHandover(here.services.engine, name, current(here));
    expect(states(recordOf(here))).toContain('handed-over');
    undoHandover(here.services.engine, name);
    expect(states(recordOf(here))).not.toContain('handed-over');
    expect(recordOf(here).certificate?.handover).toBeNull();
    await nights(here, 2);
    expect(publishedIn(here)).toContain(first);
    confirmHandover(here.services.engine, name, current(here));
    await nights(here, 1);
    expect(publishedIn(here)).not.toContain(first);
    expect(() => undoHandover(here.services.engine, name)).toThrow(expect.objectContaining({ code: 'handover.already-used' }));
  });

  it('stands in the trail with its thumbprint, as every act with a key does', async () => {
    const here = await harness();
    await here.connect();
    markUsedHereOnly(here.services.engine, name);
    await exportPfx(here);
    confirmHandover(here.services.engine, name, undefined);
    undoHandover(here.services.engine, name);
    await handOverAndForget(here.services.engine, name, current(here), here.run());
    const acts = here.services.trail
      .list({ credentialId: recordOf(here).id })
      .filter(({ phase, step }) => phase === 'done' && step === null);
    expect(acts.map(({ change, target }) => [change, target])).toEqual(
      ['mark-used-here-only', 'export-key', 'confirm-handover', 'undo-handover', 'confirm-handover', 'forget-key'].map((act) => [
        act,
        current(here),
      ]),
    );
  });
});

describe('a file for the server', () => {
  it('that could not be written one night is written the next, once', async () => {
    const here = await harness();
    await here.connect();
    let full = true;
    const written = pfxHandOut(here.services.engine, {
      path: here.directory,
      folder: true,
      password: 'secret-password',
      encryption: 'modern',
      mark: '',
    });
    const handOut = {
      ...written,
      handOut: (record: Parameters<typeof written.handOut>[0]) =>
        full ? Promise.reject(new Fault('file.disk-full', { params: { path: here.directory } })) : written.handOut(record),
    };
    const files = () => readdirSync(here.directory).filter((file) => file.endsWith('.pfx'));
    await expect(rotateAlone(here, { handOut })).rejects.toMatchObject({ code: 'file.disk-full' });
    expect(files()).toEqual([]);
    full = false;
    await rotateAlone(here, { asked: false, handOut });
    expect(files()).toHaveLength(1);
    // Taken away by whoever imports it: it is not written again.
    for (const file of files()) rmSync(join(here.directory, file));
    await rotateAlone(here, { asked: false, handOut });
    expect(files()).toEqual([]);
  });

  it('is not written of a certificate that is not published, unless it was named', async () => {
    const here = await harness();
    await here.connect();
    const first = current(here);
    here.server.faultOn(({ path }) => path.endsWith('/addKey'), 'drop-before', { times: 99 });
    await expect(rotateAlone(here)).rejects.toMatchObject({ kind: 'unreachable' });
    const params = { name, thumbprint: current(here), published: first };
    await expect(exportPfx(here)).rejects.toMatchObject({ code: 'export.not-published', params });
    expect(await exportPfx(here, here.services, first)).toMatchObject({ presented: { thumbprint: first, how: 'exported' } });
    expect(await exportPfx(here, here.services, current(here))).toMatchObject({ presented: { thumbprint: current(here) } });
    await expect(exportPfx(here, here.services, 'A'.repeat(40))).rejects.toMatchObject({ code: 'export.other-thumbprint' });
  });
});

describe('a certificate whose entry in the tenant has ended before it', () => {
  it.each(['keyring', 'external'] as const)('is told, and published anew with its own end (%s)', async (custody) => {
    const here = await harness();
    const certificate = custody === 'external' ? (await ours('MailStore')).certificate : null;
    await here.connect({ custody, certificate });
    const entry = tenantOf(here).applications[0]?.keyCredentials?.[0];
    if (entry === undefined) throw new Error('nothing is published');
    const before = entry.keyId;
    Object.assign(entry, { endDateTime: new Date(Date.now() - day).toISOString() });
    const seen = await verify(here.services.engine, name, { signIn: true }, here.run());
    expect(seen.proof).toMatchObject({ ok: false, state: 'needs-attention' });
    expect(seen.proof?.checks).toContainEqual(expect.objectContaining({ check: 'key-credential', result: 'failed' }));
    expect(recordOf(here).certificate?.inTenant?.notAfter).toBe(entry.endDateTime);
    const request = { credential: name, certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false } as const;
    await repair(here.services.engine, request, here.run());
    const entries = tenantOf(here).applications[0]?.keyCredentials ?? [];
    expect(publishedIn(here)).toEqual([current(here)]);
    expect(entries[0]?.keyId).not.toBe(before);
    expect(Date.parse(entries[0]?.endDateTime ?? '')).toBe(Date.parse(recordOf(here).certificate?.notAfter ?? ''));
    expect((await repair(here.services.engine, { ...request, planOnly: true }, here.run())).plan).toEqual([]);
    expect((await verify(here.services.engine, name, { signIn: true }, here.run())).proof?.state).toBe('set-up');
  });
});
