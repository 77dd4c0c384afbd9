import { describe, expect, it } from 'vitest';
import { rollKeys } from '../../../main/registration/run/roll-keys.ts';
import { privateKey, refusal } from './lone-engine.ts';
import {
  current,
  entryOf,
  kinds,
  microsofts,
  minute,
  objectId,
  old,
  record,
  refused,
  rolling,
  rotationOf,
  states,
  useCertificates,
} from './rolling-keys.ts';
import { clientId } from './rolling-tenant.ts';
import { failure } from './writes.ts';

useCertificates();

const add = 'displayName,endDateTime,key,startDateTime,type,usage';

describe('the current certificate', () => {
  it('is added by the application itself, and kept under the keyId that Microsoft chose', async () => {
    const after = [entryOf(old), entryOf(current, microsofts.toUpperCase())];
    const here = rolling({ reads: [[entryOf(old)], after], addKey: () => Promise.resolve({ keyId: microsofts }) });
    const done = await here.roll();
    expect(here.asked).toEqual([['addKey', objectId, add, 3]]);
    expect(here.tokens).toEqual(['of the old key']);
    expect(kinds(done.applied)).toEqual(['add-key-credential']);
    expect(done.record).toEqual(here.kept());
    expect(here.kept()).toMatchObject({
      certificate: { thumbprint: current.thumbprint, keyId: microsofts, inTenant: { notAfter: new Date(current.notAfter).toISOString() } },
      earlierCertificates: [{ keyId: old.keyId, inTenant: { notBefore: new Date(old.notBefore).toISOString() } }],
    });
    expect(states(here.kept())).toEqual(['created', 'published']);
    expect(here.events).toMatchObject([{ kind: 'change', outcome: 'done', planned: { change: { change: 'add-key-credential' } } }]);
    expect(here.engine.trail.list({ credentialId: record.id }).map(({ phase, actor, target }) => `${phase} ${actor} ${target}`)).toEqual([
      `intent application ${clientId} ${objectId}`,
      `done application ${clientId} ${objectId}`,
    ]);
  });

  it('that is there already is only taken down as published', async () => {
    const here = rolling({ reads: [[entryOf(old), entryOf(current, microsofts)]] });
    expect((await here.roll()).applied).toEqual([]);
    expect(here.asked).toEqual([]);
    expect(states(here.kept())).toEqual(['created', 'published']);
    expect(here.kept().certificate?.keyId).toBe(microsofts);
  });

  it('is added once while reads do not show it yet', async () => {
    const behind = [entryOf(old)];
    const here = rolling({
      reads: [behind, behind, behind, [entryOf(old), entryOf(current, microsofts)]],
      addKey: () => Promise.resolve({ keyId: microsofts }),
    });
    expect(kinds((await here.roll()).applied)).toEqual(['add-key-credential']);
    expect(here.asked).toHaveLength(1);
    expect(here.events.filter(({ kind }) => kind === 'pause')).toHaveLength(2);
    expect(here.events.at(-1)).toMatchObject({ kind: 'pause', waitingFor: 'replication' });
  });

  it('that reads never show is said to be not replicated yet, and stays known as published', async () => {
    const here = rolling({ reads: [[entryOf(old)]], addKey: () => Promise.resolve({ keyId: microsofts }) });
    const began = here.clock.now().getTime();
    await expect(here.roll()).rejects.toMatchObject({ code: 'registration.not-yet-replicated' });
    expect(here.asked).toHaveLength(1);
    // Nothing was lost, so nothing is looked up for longer than that.
    expect(here.clock.now().getTime() - began).toBeLessThan(6 * minute);
    expect(here.events.at(-1)).toMatchObject({ kind: 'pause', waitingFor: 'replication' });
    expect(here.kept().certificate?.keyId).toBe(microsofts);
    expect(states(here.kept())).toEqual(['created', 'published']);
  });

  it('whose answer was lost is looked up, and not added a second time', async () => {
    const lost = failure('uncertain', 0);
    const here = rolling({
      reads: [[entryOf(old)], [entryOf(old)], [entryOf(old), entryOf(current, microsofts)]],
      addKey: () => Promise.reject(lost),
    });
    expect((await here.roll()).applied).toEqual([]);
    expect(here.asked).toHaveLength(1);
    expect(here.events.map((event) => event.kind === 'pause' && event.waitingFor)).toEqual(['service', 'service']);
    expect(here.kept().certificate?.keyId).toBe(microsofts);
  });

  it('whose answer was lost for good is sent once more when nothing shows it for ten minutes, and fails by what Graph said', async () => {
    const here = rolling({ reads: [[entryOf(old)]], addKey: () => Promise.reject(failure('uncertain', 503)) });
    const began = here.clock.now().getTime();
    await expect(here.roll()).rejects.toMatchObject({ kind: 'uncertain', status: 503 });
    expect(here.asked.length).toBe(2);
    expect(here.clock.now().getTime() - began).toBeGreaterThan(10 * 60_000);
    expect(states(here.kept())).toEqual(['created']);
  });

  it.each([failure('invalid'), failure('policy'), failure('throttled', 429)])(
    'that Microsoft refuses ends the run by that (%s)',
    async (reason) => {
      const here = rolling({ reads: [[entryOf(old)]], addKey: () => Promise.reject(reason) });
      await expect(here.roll()).rejects.toBe(reason);
      expect(here.asked).toHaveLength(1);
      expect(here.reads()).toBe(1);
    },
  );

  it('needs the object id of the application', async () => {
    const here = rolling({ reads: [null] }, { changes: { objectId: null } });
    await expect(here.roll()).rejects.toMatchObject({ code: 'rotation.object-id-unknown', params: { name: record.name } });
  });

  it('is added where the application may not read itself, and no token is issued for it', async () => {
    const here = rolling(
      { reads: [null], addKey: () => Promise.resolve({ keyId: microsofts }) },
      { answers: { [current.thumbprintSha256]: refusal('token.key-not-found') } },
    );
    expect(kinds((await here.roll()).applied)).toEqual(['add-key-credential']);
    expect(here.asked).toHaveLength(1);
    expect(here.kept()).toMatchObject({ certificate: { keyId: microsofts, inTenant: null } });
    expect(states(here.kept())).toEqual(['created', 'published']);
  });

  it('is not added by a run that was interrupted', async () => {
    const here = rolling({ reads: [[entryOf(old)]] });
    const run = { ...here.run, signal: AbortSignal.abort(new Error('stopped')) };
    const signer = { certificate: old, privateKey, accessToken: 'x' };
    await expect(rollKeys({ engine: here.engine, connection: here.connection, signer, retired: [], run }, record)).rejects.toThrow();
    expect(here.asked).toEqual([]);
  });
});

describe('a retired certificate', () => {
  const published = () => ({
    changes: { rotation: rotationOf('created', 'published', 'proven'), certificate: { ...current, keyId: microsofts } },
  });
  const both = () => [entryOf(old), entryOf(current, microsofts)];
  const alone = () => [entryOf(current, microsofts)];

  it('is removed, and forgotten when Microsoft refuses its key', async () => {
    const here = rolling({ reads: [both(), alone()] }, { ...published(), answers: refused(), retired: [old] });
    const done = await here.roll();
    expect(here.asked).toEqual([['removeKey', objectId, old.keyId]]);
    expect(kinds(done.applied)).toEqual(['remove-key-credential']);
    expect(here.kept().earlierCertificates).toEqual([]);
    expect(states(here.kept())).toEqual(['created', 'published', 'proven', 'old-removed']);
    expect(here.forgotten).toEqual([old.thumbprint]);
  });

  it('whose key Microsoft still accepts is on its way out, and kept', async () => {
    const here = rolling({ reads: [both(), alone()] }, { ...published(), retired: [old] });
    await here.roll();
    expect(here.kept().earlierCertificates).toMatchObject([{ thumbprint: old.thumbprint }]);
    expect(states(here.kept())).toEqual(['created', 'published', 'proven', 'removing']);
    expect(here.forgotten).toEqual([]);
  });

  it('that was gone before is forgotten without a request', async () => {
    const here = rolling({ reads: [alone()] }, { ...published(), answers: refused(), retired: [old] });
    expect((await here.roll()).applied).toEqual([]);
    expect(here.asked).toEqual([]);
    expect(here.kept().earlierCertificates).toEqual([]);
  });

  it.each(['No credentials found to be removed.', 'No password credential found with keyId.'])(
    'that Microsoft does not know by its keyId was not removed, and gets another name from the next view (%s)',
    async (message) => {
      const unknown = Object.assign(failure('invalid'), { message });
      const here = rolling({ reads: [null], removeKey: () => Promise.reject(unknown) }, { ...published(), retired: [old] });
      const done = await here.roll();
      expect(done.applied).toEqual([]);
      expect(here.kept().earlierCertificates).toMatchObject([{ thumbprint: old.thumbprint, keyId: null }]);
      expect(states(here.kept())).toEqual(['created', 'published', 'proven']);
    },
  );

  it('is removed blindly by the keyId that Microsoft gave it, and proven by its refused key', async () => {
    const here = rolling({ reads: [null] }, { ...published(), answers: refused(), retired: [old] });
    expect(kinds((await here.roll()).applied)).toEqual(['remove-key-credential']);
    expect(here.asked).toEqual([['removeKey', objectId, old.keyId]]);
    expect(here.kept().earlierCertificates).toEqual([]);
    expect(states(here.kept())).toEqual(['created', 'published', 'proven', 'old-removed']);
  });

  it('is not taken for removed blindly before it was: only a refused key tells', async () => {
    const retired = [{ ...old, keyId: null }];
    const here = rolling({ reads: [null] }, { ...published(), retired });
    expect((await here.roll()).applied).toEqual([]);
    expect(here.asked).toEqual([]);
    expect(here.kept().earlierCertificates).toHaveLength(1);
    expect(states(here.kept())).toEqual(['created', 'published', 'proven']);
    // Nothing was asked of Microsoft that would have to be waited for.
    expect(here.events).toEqual([]);
    const ended = { [old.thumbprintSha256]: refusal('token.key-expired') };
    const late = rolling({ reads: [null] }, { ...published(), answers: ended, retired });
    await late.roll();
    expect(late.kept().earlierCertificates).toHaveLength(1);
    const gone = rolling({ reads: [null] }, { ...published(), answers: refused(), retired });
    await gone.roll();
    expect([gone.asked, gone.kept().earlierCertificates]).toEqual([[], []]);
  });

  it('whose removal was never answered is asked for again', async () => {
    let tries = 0;
    const here = rolling(
      {
        reads: [both(), both(), alone()],
        removeKey: () => ((tries += 1) === 1 ? Promise.reject(failure('uncertain', 503)) : Promise.resolve()),
      },
      { ...published(), answers: refused(), retired: [old] },
    );
    await here.roll();
    expect(here.asked).toHaveLength(2);
    expect(here.kept().earlierCertificates).toEqual([]);
  });

  it('is not removed where Microsoft does not take the proof', async () => {
    const reason = Object.assign(failure('unauthenticated', 401), {
      code: 'Authentication_MissingOrMalformed',
      serverTime: new Date('2026-11-24T10:00:00Z'),
    });
    const here = rolling({ reads: [both()], removeKey: () => Promise.reject(reason) }, { ...published(), retired: [old] });
    // The clock of the test is half an hour ahead of that.
    const params = { detail: 'Because.', direction: 'ahead', minutes: 30 };
    await expect(here.roll()).rejects.toMatchObject({ code: 'rotation.proof-refused', params, cause: reason });
    expect(here.kept().earlierCertificates).toHaveLength(1);
    const untold = Object.assign(failure('unauthenticated', 401), { code: reason.code, serverTime: null });
    const again = rolling({ reads: [both()], removeKey: () => Promise.reject(untold) }, { ...published(), retired: [old] });
    await expect(again.roll()).rejects.toMatchObject({ code: 'rotation.proof-refused', params: { direction: 'unknown' } });
  });

  it.each([
    ['invalid', 'Update to existing credential is not allowed.'],
    ['forbidden', 'No credentials found to be removed.'],
  ] as const)('is not taken for unknown where Microsoft refuses it otherwise (%s: %s)', async (kind, message) => {
    const reason = Object.assign(failure(kind), { message });
    const here = rolling({ reads: [null], removeKey: () => Promise.reject(reason) }, { ...published(), retired: [old] });
    await expect(here.roll()).rejects.toBe(reason);
    expect(here.kept().earlierCertificates).toMatchObject([{ keyId: old.keyId }]);
  });
});
