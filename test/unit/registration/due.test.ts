import { describe, expect, it } from 'vitest';
import { withFacts, type CredentialRecord, type Proof, type Rotation } from '../../../main/credential/index.ts';
import { isDue, isHandedOut, rotationTask, type RotationWish } from '../../../main/registration/certificates/due.ts';
import { predecessorRetirableFrom, retirable, retirableFrom } from '../../../main/registration/certificates/retirable.ts';
import {
  isHandoverPending,
  isOpen,
  isRemovalPending,
  provenRotation,
  reachedAt,
  reaching,
  withOverlap,
} from '../../../main/registration/certificates/timeline.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';

const day = 86_400_000;
const now = new Date('2026-11-24T12:00:00.000Z');
const later = (days: number) => new Date(now.getTime() + days * day);
const print = (letter: string) => ({ thumbprint: letter.repeat(40), thumbprintSha256: letter.repeat(64) });
const old = sampleCertificate({ ...print('A'), notBefore: '2025-11-24T12:00:00Z', notAfter: '2027-11-24T12:00:00Z' });
const next = sampleCertificate({ ...print('B'), notBefore: '2026-11-24T12:00:00Z', notAfter: '2028-11-24T12:00:00Z' });
type State = Rotation['timeline'][number]['state'];
const rotation = (...states: State[]): Rotation => ({
  from: old.thumbprint,
  to: next.thumbprint,
  overlapDays: 3,
  timeline: states.map((state, index) => ({ state, at: new Date(now.getTime() + index * 1000).toISOString() })),
  pfx: null,
});
const record = sampleRecord({ clientId: '5a1f3c0e-7a52-4c1e-9d51-0f5b6f3d1a01', certificate: next, earlierCertificates: [old] });
const rotating = (states: State[], changes: Partial<CredentialRecord> = {}): CredentialRecord => ({
  ...record,
  rotation: rotation(...states),
  ...changes,
});
const handed = (each: CredentialRecord, at: Date, thumbprint = next.thumbprint): CredentialRecord => ({
  ...each,
  ...withFacts(each, thumbprint, {
    handover: { confirmedAt: at.toISOString(), by: 'Anna', profile: { id: each.profile.id, version: each.profile.version } },
  }),
});
const alone = (each: CredentialRecord): CredentialRecord => ({
  ...each,
  certificate: each.certificate && { ...each.certificate, usedHereOnly: true },
  earlierCertificates: each.earlierCertificates.map((one) => ({ ...one, usedHereOnly: true })),
});

describe('a certificate is due', () => {
  it('so many days before its end, to the moment', () => {
    const end = Date.parse(old.notAfter);
    expect(isDue(old, new Date(end - 60 * day), 60)).toBe(true);
    expect(isDue(old, new Date(end - 60 * day - 1), 60)).toBe(false);
    expect(isDue(old, new Date(end + day), 60)).toBe(true);
  });

  it('in the second half of a life that is shorter than twice that', () => {
    const short = { ...old, notBefore: '2026-11-24T12:00:00Z', notAfter: '2026-12-04T12:00:00Z' };
    expect(isDue(short, new Date(later(5).getTime() - 1), 60)).toBe(false);
    expect(isDue(short, later(5), 60)).toBe(true);
  });

  it('before the end that its key credential has in the tenant', () => {
    const inTenant = { notBefore: old.notBefore, notAfter: '2026-12-24T12:00:00.000Z', seenAt: now.toISOString() };
    expect(isDue({ ...old, inTenant }, now, 60)).toBe(true);
    expect(isDue(old, now, 60)).toBe(false);
  });
});

describe('a certificate is handed out', () => {
  it('when it, and no other, went into a file', () => {
    const presented = (thumbprint: string, how: 'exported' | 'shown') => ({
      ...record,
      presented: { thumbprint, how, at: now.toISOString() },
    });
    expect(isHandedOut(presented(next.thumbprint, 'exported'))).toBe(true);
    expect(isHandedOut(presented(next.thumbprint, 'shown'))).toBe(false);
    expect(isHandedOut(presented(old.thumbprint, 'exported'))).toBe(false);
    expect(isHandedOut(record)).toBe(false);
    expect(isHandedOut({ ...presented(next.thumbprint, 'exported'), certificate: null })).toBe(false);
  });
});

describe('a run', () => {
  const task = (each: CredentialRecord, wish: Partial<RotationWish> = {}, at = later(1)) =>
    rotationTask(each, at, { asked: false, withinDays: 60, ...wish });
  const due = later(700);

  it('without a certificate begins only when it is asked to', () => {
    expect(task({ ...record, certificate: null })).toBe('nothing');
    expect(task({ ...record, certificate: null }, { asked: true })).toBe('begin');
  });

  it('begins when the certificate is due, also while a rotation is open', () => {
    expect(task(record, {}, due)).toBe('begin');
    expect(task(rotating(['created', 'published', 'proven']), {}, due)).toBe('begin');
    expect(task(rotating(['created', 'published', 'proven'], { custody: 'external' }), {}, due)).toBe('begin');
  });

  it('with the server’s key first removes what may go: the next certificate is the server’s to make', () => {
    const done = handed(rotating(['created', 'published'], { custody: 'external' }), now);
    expect(task(done, {}, due)).toBe('continue');
    expect(task({ ...done, custody: 'keyring' }, {}, due)).toBe('begin');
  });

  it('that is asked for begins where nothing is open, else it continues', () => {
    expect(task(record, { asked: true })).toBe('begin');
    expect(task(rotating(['created']), { asked: true })).toBe('continue');
    const finished = handed(rotating(['created', 'published', 'proven', 'handed-over', 'old-removed'], { earlierCertificates: [] }), now);
    expect(task(finished, { asked: true })).toBe('begin');
    expect(task(rotating(['created', 'rolled-back'], { certificate: old, earlierCertificates: [next] }), { asked: true })).toBe('begin');
  });

  it('continues where something may go, unasked', () => {
    const free = handed(rotating(['created', 'published', 'proven', 'handed-over']), now);
    expect(task(free, {}, later(2.9))).toBe('nothing');
    expect(task(free, {}, later(3))).toBe('continue');
  });

  it('continues while the new certificate is not proven, where the key is ours', () => {
    expect(task(rotating(['created', 'published']))).toBe('continue');
    expect(task(rotating(['created', 'published', 'proven']))).toBe('nothing');
    expect(task(rotating(['created', 'published'], { custody: 'external' }))).toBe('nothing');
    expect(task(rotating(['created', 'rolled-back']))).toBe('nothing');
    expect(task(record)).toBe('nothing');
  });

  it('that hands out continues until the file is written, as long as the handover is pending', () => {
    const pending = rotating(['created', 'published', 'proven']);
    const written = { ...pending, presented: { thumbprint: next.thumbprint, how: 'exported' as const, at: now.toISOString() } };
    expect(task(pending, { handsOut: true })).toBe('continue');
    expect(task(written, { handsOut: true })).toBe('nothing');
    expect(task(rotating(['created', 'published', 'proven', 'handed-over']), { handsOut: true })).toBe('nothing');
  });
});

describe('an earlier certificate', () => {
  it('may go the overlap of the rotation after the handover, or a week after it where there is none', () => {
    expect(retirableFrom(handed(rotating(['created']), later(1)), old)).toBe(later(4).getTime());
    expect(retirableFrom(handed(record, later(1)), old)).toBe(later(8).getTime());
    expect(retirableFrom(rotating(['created', 'published', 'proven']), old)).toBeNull();
  });

  it('is not given free by a handover from before the current one was current', () => {
    expect(retirableFrom(handed(rotating(['created']), now), old)).toBe(later(3).getTime());
    expect(retirableFrom(handed(rotating(['created']), new Date(now.getTime() - 1)), old)).toBeNull();
    const other = { ...rotating(['created']), rotation: { ...rotation('created'), to: 'F'.repeat(40) } };
    expect(retirableFrom(handed(other, later(9)), old)).toBeNull();
    // A timeline that begins later than it should counts from its first step.
    expect(retirableFrom(handed(rotating(['published']), now), old)).toBe(later(3).getTime());
    expect(retirableFrom(handed(rotating(['published']), new Date(now.getTime() - 1)), old)).toBeNull();
  });

  it('that nobody else can use may go the overlap after the token of the current one, or after the roll back', () => {
    const proven = alone(rotating(['created', 'published', 'proven']));
    expect(retirableFrom(proven, { ...old, usedHereOnly: true })).toBe(later(3).getTime() + 2000);
    expect(retirableFrom(proven, old)).toBeNull();
    expect(retirableFrom(proven, { ...old, usedHereOnly: true, holder: 'external' })).toBeNull();
    expect(retirableFrom(proven, { ...old, usedHereOnly: true, otherHolders: 'possible' })).toBeNull();
    expect(retirableFrom({ ...proven, custody: 'external' }, { ...old, usedHereOnly: true })).toBeNull();
    expect(retirableFrom({ ...proven, rotation: null }, { ...old, usedHereOnly: true })).toBeNull();
    const back = alone(rotating(['created', 'rolled-back'], { certificate: old, earlierCertificates: [next] }));
    expect(retirableFrom(back, { ...next, usedHereOnly: true })).toBe(later(3).getTime() + 1000);
  });

  it('of the latest rotation is the one it replaces, or else the latest', () => {
    const third = sampleCertificate(print('C'));
    const free = (changes: Partial<CredentialRecord>) => predecessorRetirableFrom(handed(rotating(['created'], changes), now));
    expect(free({})).toBe(later(3).getTime());
    expect(free({ earlierCertificates: [] })).toBeNull();
    const mine = alone(rotating(['created', 'published', 'proven'], { earlierCertificates: [old, third] }));
    const [first, second] = mine.earlierCertificates;
    if (first === undefined || second === undefined) throw new Error('no certificates');
    expect(predecessorRetirableFrom({ ...mine, earlierCertificates: [first, { ...second, usedHereOnly: false }] })).not.toBeNull();
    expect(predecessorRetirableFrom({ ...mine, earlierCertificates: [{ ...first, usedHereOnly: false }, second] })).toBeNull();
    const unnamed = { ...mine, rotation: { ...rotation('created', 'published', 'proven'), from: 'F'.repeat(40) } };
    expect(predecessorRetirableFrom({ ...unnamed, earlierCertificates: [{ ...first, usedHereOnly: false }, second] })).not.toBeNull();
  });

  it('that has ended may go, where the key is ours, to the moment; none may where nothing takes its place', () => {
    const end = new Date(old.notAfter);
    expect(retirable(record, end)).toEqual([old]);
    expect(retirable(record, new Date(end.getTime() - 1))).toEqual([]);
    expect(retirable({ ...record, custody: 'external' }, end)).toEqual([]);
    expect(retirable({ ...record, certificate: null }, end)).toEqual([]);
  });
});

describe('a rotation', () => {
  it('is open until the old one is removed and the new one is handed over, or nobody else uses it', () => {
    expect(isOpen({ ...record, rotation: null })).toBe(false);
    expect(isOpen(rotating(['created', 'handed-over']))).toBe(true);
    expect(isOpen(rotating(['created', 'old-removed']))).toBe(true);
    expect(isOpen(rotating(['created', 'handed-over', 'old-removed']))).toBe(false);
    expect(isOpen(alone(rotating(['created', 'old-removed'])))).toBe(false);
    expect(isOpen(rotating(['created', 'rolled-back']))).toBe(false);
  });

  it('waits for the handover of its own certificate alone', () => {
    expect(isHandoverPending(rotating(['created', 'published', 'proven'], { certificate: old }))).toBe(false);
    expect(isHandoverPending({ ...record, rotation: null })).toBe(false);
    expect(isHandoverPending(rotating(['created', 'published']))).toBe(false);
    expect(isHandoverPending(rotating(['created'], { custody: 'external' }))).toBe(false);
    expect(isHandoverPending(rotating(['created', 'published', 'proven', 'rolled-back']))).toBe(false);
  });

  it('removes until the old one is removed', () => {
    expect(isRemovalPending({ rotation: null })).toBe(false);
    expect(isRemovalPending({ rotation: rotation('created') })).toBe(false);
    expect(isRemovalPending({ rotation: rotation('created', 'removing') })).toBe(true);
    expect(isRemovalPending({ rotation: rotation('created', 'removing', 'old-removed') })).toBe(false);
  });

  it('reaches each state once, and keeps when', () => {
    const once = reaching(rotation('created'), 'published', later(1));
    expect(once.timeline).toEqual([
      { state: 'created', at: now.toISOString() },
      { state: 'published', at: later(1).toISOString() },
    ]);
    expect(reaching(once, 'published', later(2))).toBe(once);
    expect(reachedAt(once, 'published')).toBe(later(1).toISOString());
    expect(reachedAt(once, 'proven')).toBeNull();
  });

  it('has the overlap that was asked for last', () => {
    expect(withOverlap(rotating(['created']), 9).rotation?.overlapDays).toBe(9);
    expect(withOverlap(rotating(['created']), 0).rotation?.overlapDays).toBe(0);
    expect(withOverlap(rotating(['created']), null).rotation?.overlapDays).toBe(3);
    expect(withOverlap({ ...record, rotation: null }, 9).rotation).toBeNull();
  });

  it('is proven by tokens alone, and not after a roll back', () => {
    const proof = (results: Readonly<Record<string, 'passed' | 'failed'>>): Proof => ({
      ok: true,
      state: 'proven',
      at: now.toISOString(),
      checks: Object.entries(results).map(([check, result]) => ({ check, result, evidence: 'x' })),
    });
    const states = (each: CredentialRecord, results: Readonly<Record<string, 'passed' | 'failed'>>) =>
      provenRotation(each, proof(results), later(1))?.timeline.map(({ state }) => state);
    expect(states({ ...record, rotation: null }, { 'token-graph': 'passed' })).toBeUndefined();
    expect(states(rotating(['created', 'rolled-back']), { 'token-graph': 'passed' })).toEqual(['created', 'rolled-back']);
    expect(states(rotating(['created']), { 'token-exchange': 'passed' })).toEqual(['created', 'published', 'proven']);
    expect(states(rotating(['created'], { custody: 'external' }), { 'token-graph': 'passed' })).toEqual(['created']);
    expect(states(rotating(['created']), { 'graph-read': 'passed' })).toEqual(['created']);
    expect(states(rotating(['created']), { 'key-credential': 'passed', 'graph-read': 'failed' })).toEqual(['created', 'published']);
  });
});
