import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireOverlapWithin } from '../../../main/registration/certificates/overlap.ts';
import { isDue, rotationTask } from '../../../main/registration/certificates/due.ts';
import { retirable, retirableFrom } from '../../../main/registration/certificates/retirable.ts';
import { isHandoverPending, isOpen, provenRotation, reaching, withSuccessor } from '../../../main/registration/certificates/timeline.ts';
import { withFacts, type CredentialRecord, type Proof, type Rotation } from '../../../main/credential/index.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';

const day = 86_400_000;
const now = new Date('2026-11-24T12:00:00.000Z');
const later = (days: number) => new Date(now.getTime() + days * day);
const clientId = '5a1f3c0e-7a52-4c1e-9d51-0f5b6f3d1a01';
const print = (letter: string) => ({ thumbprint: letter.repeat(40), thumbprintSha256: letter.repeat(64) });
const old = sampleCertificate({ ...print('A'), notBefore: '2025-10-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z' });
const next = sampleCertificate({ ...print('B'), notBefore: '2026-11-24T11:50:00Z', notAfter: '2028-02-24T11:50:00Z' });
const registered = sampleRecord({ clientId, certificate: old });
const rotated = withSuccessor(registered, next, now);
const handed = (record: CredentialRecord, at: Date, thumbprint = next.thumbprint): CredentialRecord => ({
  ...record,
  ...withFacts(record, thumbprint, {
    handover: { confirmedAt: at.toISOString(), by: 'Anna', profile: { id: record.profile.id, version: record.profile.version } },
  }),
});
/** The administrator's word that no other software uses any of its keys. */
const usedHereOnly = (record: CredentialRecord): CredentialRecord =>
  [old, next].reduce((each, { thumbprint }) => ({ ...each, ...withFacts(each, thumbprint, { usedHereOnly: true }) }), record);
const reached = (record: CredentialRecord, ...states: Parameters<typeof reaching>[1][]): CredentialRecord => ({
  ...record,
  rotation: states.reduce<Rotation | null>(
    (rotation, state) => (rotation === null ? null : reaching(rotation, state, now)),
    record.rotation,
  ),
});

describe('a certificate in the place of another', () => {
  it('begins a rotation and keeps the old one known', () => {
    expect(rotated).toMatchObject({
      certificate: next,
      earlierCertificates: [old],
      rotation: { from: old.thumbprint, to: next.thumbprint, overlapDays: 7, timeline: [{ state: 'created', at: now.toISOString() }] },
    });
    expect(isOpen(rotated)).toBe(true);
  });

  it('begins none where there was none, or nothing is registered', () => {
    expect(withSuccessor({ ...registered, certificate: null }, next, now).rotation).toBeNull();
    expect(withSuccessor({ ...registered, clientId: null }, next, now)).toMatchObject({ rotation: null, earlierCertificates: [old] });
  });

  it('says nothing of what was proven before: that was the old one', () => {
    const proof: Proof = { ok: true, state: 'proven', checks: [], at: now.toISOString() };
    const before = { ...registered, proof, state: 'proven' } as const;
    expect(withSuccessor(before, next, now)).toMatchObject({ proof: null, state: 'never-checked' });
    // Where nothing is registered nothing was proven with it, and nothing is replaced.
    expect(withSuccessor({ ...before, clientId: null }, next, now)).toMatchObject({ proof, state: 'proven' });
  });

  it('does not give the consent that is still waited for', () => {
    expect(withSuccessor({ ...registered, state: 'waiting-consent' }, next, now).state).toBe('waiting-consent');
  });

  it('takes over the word that no other software uses the key, where it was made here', () => {
    const alone = usedHereOnly(registered);
    expect(withSuccessor(alone, next, now).certificate?.usedHereOnly).toBe(true);
    expect(withSuccessor(alone, { ...next, otherHolders: 'possible' }, now).certificate?.usedHereOnly).toBe(false);
    expect(withSuccessor(registered, next, now).certificate?.usedHereOnly).toBe(false);
  });

  it('knows each certificate once, also one that comes back', () => {
    expect(withSuccessor(rotated, old, now)).toMatchObject({
      certificate: old,
      earlierCertificates: [next],
      rotation: { from: next.thumbprint, to: old.thumbprint },
    });
    expect(withSuccessor({ ...rotated, certificate: null }, next, now)).toMatchObject({ rotation: { from: old.thumbprint } });
  });
});

describe('an old key credential', () => {
  it('is never removed because time has passed, while it is valid', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 37 }), fc.subarray(['published', 'proven'] as const), (days, states) => {
        expect(retirable(reached(rotated, ...states), later(days))).toEqual([]);
        // Only its own end makes it useless to everybody.
        expect(retirable(reached(rotated, ...states), later(days + 38))).toEqual([old]);
      }),
    );
  });

  it('of the server’s own is not taken for ended by a clock that nobody has checked', () => {
    expect(retirable({ ...rotated, custody: 'external' }, later(400))).toEqual([]);
    expect(retirable(handed({ ...rotated, custody: 'external' }, now), later(7))).toEqual([old]);
  });

  it('of a server that can be asked goes only after a run has archived with the new one, whatever anybody said', () => {
    const server = { name: 'Archive', instance: null, archived: null };
    const archived = { run: 7, items: 12, completedAt: '2026-11-29T10:00:00', seenAt: later(5).toISOString() };
    const said = (held: Partial<NonNullable<typeof next.handover>>, custody: 'external' | 'keyring' = 'external') => {
      const record = handed(reached({ ...rotated, custody }, 'published'), later(1));
      const handover = record.certificate?.handover ?? null;
      if (handover === null) throw new Error('it was handed over');
      return { ...record, ...withFacts(record, next.thumbprint, { handover: { ...handover, ...held } }) };
    };
    const waiting = said({ server });
    expect([retirable(waiting, later(400)), retirableFrom(waiting, old), isHandoverPending(waiting)]).toEqual([[], null, true]);
    const shown = said({ server: { ...server, archived } });
    expect(retirableFrom(shown, old)).toBe(later(12).getTime());
    // Where the key is ours, a token has shown that it works; the word is about the import.
    expect(retirableFrom(said({ server }, 'keyring'), old)).toBe(later(8).getTime());
    expect(retirableFrom(said({}), old)).toBe(later(8).getTime());
  });

  it('may go when the handover was confirmed and the overlap is over, not a moment before', () => {
    const done = handed(rotated, later(3));
    expect(retirableFrom(done, old)).toBe(later(10).getTime());
    expect(retirable(done, new Date(later(10).getTime() - 1))).toEqual([]);
    expect(retirable(done, later(10))).toEqual([old]);
    expect(retirable(handed({ ...rotated, rotation: { ...(rotated.rotation as Rotation), overlapDays: 0 } }, now), now)).toEqual([old]);
  });

  it('is not given free by the handover of another certificate, nor by one from before', () => {
    expect(retirable(handed(rotated, now, old.thumbprint), later(30))).toEqual([]);
    expect(retirable(handed(rotated, later(-1)), later(30))).toEqual([]);
  });

  it('may go without handover only where no other software uses the key, and the new one is proven', () => {
    const mine = usedHereOnly(rotated);
    expect(retirable(mine, later(30))).toEqual([]);
    expect(retirable(reached(mine, 'published'), later(30))).toEqual([]);
    expect(retirable(reached(mine, 'published', 'proven'), later(6))).toEqual([]);
    expect(retirable(reached(mine, 'published', 'proven'), later(7))).toEqual([{ ...old, usedHereOnly: true }]);
    // A word about the new key says nothing of who has the old one.
    const shared = { ...mine, ...withFacts(mine, old.thumbprint, { otherHolders: 'possible' as const }) };
    const unknown = { ...mine, ...withFacts(mine, old.thumbprint, { holder: 'unknown' as const, otherHolders: 'unknown' as const }) };
    for (const each of [shared, unknown]) expect(retirable(reached(each, 'published', 'proven'), later(30))).toEqual([]);
    expect(retirable(reached({ ...mine, custody: 'external' }, 'published', 'proven'), later(30))).toEqual([]);
  });

  it('waits for a new word after a roll back', () => {
    const back = reached({ ...handed(rotated, later(-400), old.thumbprint), certificate: old, earlierCertificates: [next] }, 'rolled-back');
    expect(retirable(back, later(30))).toEqual([]);
    expect(retirable(handed(back, later(1), old.thumbprint), later(8))).toEqual([next]);
  });
});

describe('an overlap', () => {
  const allowed = (days: number, end: Date) => () => requireOverlapWithin(days, end, now);

  it('lasts no longer than the new certificate', () => {
    expect(allowed(30, later(30))).not.toThrow();
    expect(allowed(31, later(30.9))).toThrow(
      expect.objectContaining({ code: 'rotation.overlap-too-long', params: { days: 31, limit: 30 } }),
    );
  });

  it('of no day at all can be asked for of any certificate, also of one that has ended', () => {
    expect(allowed(0, later(0.5))).not.toThrow();
    expect(allowed(0, later(-3))).not.toThrow();
    expect(allowed(1, later(-3))).toThrow(expect.objectContaining({ params: { days: 1, limit: 0 } }));
  });
});

const proof = (results: Readonly<Record<string, string>>): Proof =>
  ({
    ok: true,
    state: 'proven',
    at: now.toISOString(),
    checks: Object.entries(results).map(([check, result]) => ({ check, result, evidence: 'x' })),
  }) as unknown as Proof;

describe('a proof', () => {
  const states = (record: CredentialRecord, results: Readonly<Record<string, string>>) =>
    provenRotation(record, proof(results), now)?.timeline.map(({ state }) => state);

  it.each([
    [{ 'token-graph': 'passed', 'token-exchange': 'passed' }, ['created', 'published', 'proven']],
    [{ 'token-graph': 'passed', 'token-exchange': 'failed' }, ['created']],
    [{ 'token-graph': 'pending', 'key-credential': 'passed' }, ['created', 'published']],
    [{ 'key-credential': 'failed' }, ['created']],
    [{}, ['created']],
  ])('%o takes it to %o', (results, expected) => expect(states(rotated, results)).toEqual(expected));

  it('of the server’s key is no token', () => {
    expect(states({ ...rotated, custody: 'external' }, { 'token-graph': 'not-testable', 'key-credential': 'passed' })).toEqual([
      'created',
      'published',
    ]);
  });

  it('of another certificate says nothing of it', () => {
    expect(states({ ...rotated, certificate: old }, { 'token-graph': 'passed' })).toEqual(['created']);
  });
});

describe('what is to do', () => {
  const task = (record: CredentialRecord, at = now, asked = false) => rotationTask(record, at, { asked, withinDays: 60 });

  it.each<[string, CredentialRecord, Date, boolean, string]>([
    ['nothing is due', { ...registered, certificate: next }, now, false, 'nothing'],
    ['asked by name', { ...registered, certificate: next }, now, true, 'begin'],
    ['due', registered, now, false, 'begin'],
    ['no certificate yet', { ...registered, certificate: null }, now, false, 'nothing'],
    ['begun, not published', rotated, now, false, 'continue'],
    ['published, not proven', reached(rotated, 'published'), now, false, 'continue'],
    ['waiting for the handover', reached(rotated, 'published', 'proven'), now, false, 'nothing'],
    ['waiting, asked by name', reached(rotated, 'published', 'proven'), now, true, 'continue'],
    ['handed over, in the overlap', handed(reached(rotated, 'published', 'proven', 'handed-over'), now), later(6), false, 'nothing'],
    ['handed over, overlap passed', handed(reached(rotated, 'published', 'proven', 'handed-over'), now), later(7), false, 'continue'],
    ['never handed over, and itself due', reached(rotated, 'published', 'proven'), later(420), false, 'begin'],
    ['finished', reached({ ...rotated, earlierCertificates: [] }, 'published', 'proven', 'handed-over', 'old-removed'), now, true, 'begin'],
    ['rolled back', reached({ ...rotated, certificate: next }, 'rolled-back'), now, true, 'begin'],
    [
      'rolled back, and the other one may go',
      handed(reached({ ...rotated, certificate: next, earlierCertificates: [old] }, 'rolled-back'), now),
      later(7),
      true,
      'continue',
    ],
  ])('%s', (_, record, at, asked, expected) => expect(task(record, at, asked)).toBe(expected));

  it('a short-lived certificate is due in the second half of its life only', () => {
    const short = sampleCertificate({ notBefore: '2026-11-20T12:00:00Z', notAfter: '2026-12-20T12:00:00Z' });
    expect(isDue(short, now, 60)).toBe(false);
    expect(isDue(short, later(11), 60)).toBe(true);
  });

  it('handover is pending from the proof to the administrator’s word', () => {
    expect(isHandoverPending(rotated)).toBe(false);
    expect(isHandoverPending(reached(rotated, 'published', 'proven'))).toBe(true);
    expect(isHandoverPending(usedHereOnly(reached(rotated, 'published', 'proven')))).toBe(false);
    expect(isHandoverPending(reached(rotated, 'published', 'proven', 'handed-over'))).toBe(false);
    expect(isHandoverPending({ ...reached(rotated, 'published'), custody: 'external' })).toBe(true);
  });
});
