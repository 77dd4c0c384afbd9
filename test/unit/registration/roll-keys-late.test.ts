import { describe, expect, it } from 'vitest';
import type { StoredCertificate } from '../../../main/credential/index.ts';
import { refusal } from './lone-engine.ts';
import { certificateOf, type Entry } from './rolling-tenant.ts';
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
  type RollingKeys,
} from './rolling-keys.ts';
import { failure } from './writes.ts';

useCertificates();

const published = () => ({
  changes: { rotation: rotationOf('created', 'published', 'proven'), certificate: { ...current, keyId: microsofts } },
});
const both = () => [entryOf(old), entryOf(current, microsofts)];
const alone = () => [entryOf(current, microsofts)];
/** What another run has done before. */
const before = ({ engine }: RollingKeys, phase: 'intent' | 'done', detail: Record<string, unknown>) =>
  engine.trail.append({
    operation: 'before',
    credentialId: record.id,
    tenantId: record.tenantId,
    actor: 'Anna',
    phase,
    change: 'add-key-credential',
    target: objectId,
    detail,
  });
const added = () => ({ changes: [{ change: 'add-key-credential', thumbprint: current.thumbprint }] });
const pauses = ({ events }: RollingKeys) => events.filter(({ kind }) => kind === 'pause');
/** Milliseconds that a run took, and what it ended with. */
async function taken(here: RollingKeys) {
  const began = here.clock.now().getTime();
  const ended = await here.roll().catch((error: unknown) => error);
  return { ended, ms: here.clock.now().getTime() - began };
}

describe('a look at a replica that is behind another run', () => {
  it('is not decided on: what was published then is not published again', async () => {
    const here = rolling({ reads: [[entryOf(old)], [entryOf(old)], both()] }, published());
    before(here, 'done', added());
    expect((await here.roll()).applied).toEqual([]);
    expect(here.asked).toEqual([]);
    expect(pauses(here)).toMatchObject([{ waitingFor: 'replication' }, { waitingFor: 'replication' }]);
  });

  it('is taken as it is after a minute, where no token is issued for the key: somebody has removed it', async () => {
    const reads = [[entryOf(old)]];
    const add = () => Promise.resolve(reads.push(both())).then(() => ({ keyId: microsofts }));
    const here = rolling(
      { reads, addKey: add },
      { ...published(), answers: { [current.thumbprintSha256]: refusal('token.key-not-found') } },
    );
    before(here, 'done', added());
    const { ms } = await taken(here);
    expect(here.asked).toHaveLength(1);
    expect(pauses(here).length).toBeGreaterThan(3);
    expect(ms).toBeLessThan(1.5 * minute);
  });

  it('is not taken as it is where a token is issued for the key, which says that it is published', async () => {
    const here = rolling({ reads: [[entryOf(old)]] }, published());
    before(here, 'done', added());
    const { ended, ms } = await taken(here);
    expect(ended).toMatchObject({ code: 'registration.not-yet-replicated' });
    expect(here.asked).toEqual([]);
    expect(ms).toBeLessThan(7 * minute);
  });

  it('is taken as it is where it shows the key, and something else of the last write is missing', async () => {
    const reads = [both()];
    const remove = () => Promise.resolve(void reads.push(alone()));
    const here = rolling({ reads, removeKey: remove }, { ...published(), answers: refused(), retired: [old] });
    before(here, 'done', { changes: [{ change: 'remove-key-credential', keyId: old.keyId }] });
    expect(kinds((await here.roll()).applied)).toEqual(['remove-key-credential']);
    expect(here.requests.filter(({ thumbprintSha256 }) => thumbprintSha256 === current.thumbprintSha256)).toEqual([]);
  });
});

describe('a write whose answer was lost', () => {
  it('in an earlier run is looked up for longer than other things are waited for', async () => {
    const behind: Entry[] = [entryOf(old)];
    const here = rolling({ reads: [...Array.from({ length: 20 }, () => behind), both()] });
    before(here, 'intent', { ...added(), once: [`add-key-credential ${current.thumbprint}`] });
    const { ms } = await taken(here);
    expect(here.asked).toEqual([]);
    expect(here.kept().certificate?.keyId).toBe(microsofts);
    expect(ms).toBeGreaterThan(6 * minute);
  });

  it('and that is sent again at once, because its repetition changes nothing, is waited for no longer than others', async () => {
    const lost = rolling(
      { reads: [both()], removeKey: () => Promise.reject(failure('uncertain', 503)) },
      { ...published(), retired: [old] },
    );
    const { ended, ms } = await taken(lost);
    expect(ended).toMatchObject({ kind: 'uncertain' });
    expect(ms).toBeLessThan(6 * minute);
  });

  it('and was answered when it was sent again is no reason why a read does not show it', async () => {
    let tries = 0;
    const removeKey = () => ((tries += 1) === 1 ? Promise.reject(failure('uncertain', 503)) : Promise.resolve());
    const here = rolling({ reads: [both()], removeKey }, { ...published(), retired: [old] });
    expect((await taken(here)).ended).toMatchObject({ code: 'registration.not-yet-replicated' });
    expect(here.asked).toHaveLength(2);
  });

  it('is sent again though another of its kind was answered', async () => {
    const older: StoredCertificate = { ...(await certificateOf('older')), keyId: 'e0000000-0000-4000-8000-000000000001' };
    let tries = 0;
    const removeKey = () => ((tries += 1) === 2 ? Promise.reject(failure('uncertain', 503)) : Promise.resolve());
    const all = [entryOf(older), ...both()];
    const here = rolling(
      { reads: [all, all, alone()], removeKey },
      {
        changes: { ...published().changes, earlierCertificates: [older, old] },
        answers: { ...refused(), [older.thumbprintSha256]: refusal('token.key-not-found') },
        retired: [older, old],
      },
    );
    await here.roll();
    const keyIds = here.asked.map(([, , keyId]) => keyId);
    expect(new Set(keyIds)).toEqual(new Set([older.keyId, old.keyId]));
    expect(keyIds[2]).toBe(keyIds[1]);
    expect(keyIds).toHaveLength(3);
    expect(here.kept().earlierCertificates).toEqual([]);
  });

  it('and whose keyId Microsoft does not know any more was carried out', async () => {
    let tries = 0;
    const unknown = Object.assign(failure('invalid'), { message: 'No credentials found to be removed.' });
    const removeKey = () => Promise.reject((tries += 1) === 1 ? failure('uncertain', 503) : unknown);
    const here = rolling({ reads: [null], removeKey }, { ...published(), retired: [old] });
    await here.roll();
    expect(here.kept().earlierCertificates).toMatchObject([{ keyId: old.keyId }]);
    expect(states(here.kept())?.at(-1)).toBe('removing');
  });
});

describe('a removed key that works for a while', () => {
  const accepted = () => ({ [old.thumbprintSha256]: [null, refusal('token.key-not-found')] });

  it.each([
    ['in sight', () => [both(), alone()]],
    ['blindly', () => [null]],
  ] as const)('is asked for until Microsoft refuses it (%s)', async (_, reads) => {
    const here = rolling({ reads: reads() }, { ...published(), answers: accepted(), retired: [old] });
    await here.roll();
    expect(here.kept().earlierCertificates).toEqual([]);
    expect(here.forgotten).toEqual([old.thumbprint]);
  });

  it('and has ended meanwhile counts as removed only where it was seen to be gone', async () => {
    const ended = { [old.thumbprintSha256]: refusal('token.key-expired') };
    const seen = rolling({ reads: [both(), alone()] }, { ...published(), answers: ended, retired: [old] });
    await seen.roll();
    expect(seen.kept().earlierCertificates).toEqual([]);
    const blind = rolling({ reads: [null] }, { ...published(), answers: ended, retired: [old] });
    await blind.roll();
    expect(blind.kept().earlierCertificates).toHaveLength(1);
  });
});

describe('what Microsoft does not tell', () => {
  it('takes nothing of what is known: the keyId of an entry that was added again', async () => {
    const here = rolling(
      { reads: [null], addKey: () => Promise.resolve({}) },
      {
        changes: { certificate: { ...current, keyId: microsofts } },
        answers: { [current.thumbprintSha256]: refusal('token.key-not-found') },
      },
    );
    await here.roll();
    expect(here.asked).toHaveLength(1);
    expect(here.kept().certificate?.keyId).toBe(microsofts);
  });
});

it('a credential without a current certificate is left as it is', async () => {
  const here = rolling({ reads: [[entryOf(old)]] }, { changes: { certificate: null, rotation: null }, retired: [old] });
  expect((await here.roll()).applied).toEqual([]);
  expect(here.kept()).toMatchObject({ certificate: null, earlierCertificates: [{ thumbprint: old.thumbprint }] });
});
