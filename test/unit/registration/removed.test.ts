import { describe, expect, it } from 'vitest';
import type { AuditPhase } from '../../../main/audit/index.ts';
import { blindChanges } from '../../../main/registration/run/blind-changes.ts';
import { provenRemovals, removalsBegun } from '../../../main/registration/run/removed.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';
import { desired } from './generated-tenant.ts';
import { lone, refusal, type Lone } from './lone-engine.ts';

const print = (letter: string) => ({ thumbprint: letter.repeat(40), thumbprintSha256: letter.repeat(64) });
const old = sampleCertificate({ ...print('A'), keyId: 'a0000000-0000-4000-8000-000000000001' });
const older = sampleCertificate({ ...print('B'), keyId: 'b0000000-0000-4000-8000-000000000001' });
const current = sampleCertificate(print('C'));
const record = sampleRecord({ clientId: '5a1f3c0e-7a52-4c1e-9d51-0f5b6f3d1a01', certificate: current, earlierCertificates: [older, old] });
const A = old.thumbprintSha256;
const gone = refusal('token.key-not-found');

async function proof(answers: Parameters<typeof lone>[1], how: { seen: boolean; waits: boolean }, without: string[] = [], which = [old]) {
  const each = lone(record, answers, without);
  const { proven, open } = await provenRemovals(each.engine, each.connection, record, which, how, each.run);
  const names = (list: readonly { thumbprint: string }[]) => list.map(({ thumbprint }) => thumbprint[0]).join('');
  return { proven: names(proven), open: names(open), tries: each.asked.length, pauses: each.events };
}

describe('a key credential that was removed', () => {
  it('is proven to be by a refused token request, whether or not a read shows it', async () => {
    for (const seen of [true, false])
      expect(await proof({ [A]: gone }, { seen, waits: false })).toMatchObject({ proven: 'A', open: '', tries: 1 });
  });

  it.each<[string, Parameters<typeof lone>[1], boolean, string]>([
    ['ended, and a read shows it no more', { [A]: refusal('token.key-expired') }, true, 'A'],
    ['ended, which says nothing of the tenant', { [A]: refusal('token.key-expired') }, false, ''],
    ['still accepted', {}, true, ''],
    ['answered by something else', { [A]: refusal('token.application-unknown') }, true, ''],
    ['answered by nobody', { [A]: refusal('service.unreachable') }, true, ''],
  ])('or not, where its key is %s', async (_, answers, seen, proven) => {
    expect(await proof(answers, { seen, waits: false })).toMatchObject({ proven, open: proven === '' ? 'A' : '' });
  });

  it('is told by the read alone where its key is not here', async () => {
    expect(await proof({}, { seen: true, waits: true }, [old.thumbprint])).toMatchObject({ proven: 'A', tries: 0 });
    expect(await proof({}, { seen: false, waits: false }, [old.thumbprint])).toMatchObject({ proven: '', open: 'A', tries: 0 });
  });

  it('is asked about until its key is refused, for half a minute at most', async () => {
    expect(await proof({ [A]: [null, null, gone] }, { seen: true, waits: true })).toMatchObject({ proven: 'A', tries: 3 });
    const never = await proof({}, { seen: true, waits: true });
    expect(never).toMatchObject({ proven: '', open: 'A' });
    expect(never.pauses.every((event) => event.kind === 'pause' && event.waitingFor === 'replication')).toBe(true);
    const waited = never.pauses.reduce((sum, event) => sum + (event.kind === 'pause' ? event.ms : 0), 0);
    expect(waited).toBeGreaterThan(15_000);
    expect(waited).toBeLessThanOrEqual(30_000);
    expect(await proof({}, { seen: true, waits: false })).toMatchObject({ tries: 1 });
  });

  it('is not asked about again once it is proven, while another is', async () => {
    const answers = { [A]: gone, [older.thumbprintSha256]: [null, gone] };
    expect(await proof(answers, { seen: true, waits: true }, [], [old, older])).toMatchObject({ proven: 'AB', tries: 3 });
    expect(await proof({}, { seen: true, waits: true }, [], [])).toEqual({ proven: '', open: '', tries: 0, pauses: [] });
  });

  it('is not waited for by a run that was interrupted', async () => {
    const each = lone(record, { [A]: gone });
    const run = { ...each.run, signal: AbortSignal.abort(new Error('stopped')) };
    await expect(provenRemovals(each.engine, each.connection, record, [old], { seen: true, waits: true }, run)).rejects.toThrow('stopped');
  });
});

function tell({ engine }: Lone, phase: AuditPhase, keyId: string, detail: object = {}): void {
  engine.trail.append({
    operation: 'run',
    credentialId: record.id,
    tenantId: record.tenantId,
    actor: 'somebody',
    phase,
    change: 'remove-key-credential',
    detail: { changes: [{ change: 'remove-key-credential', keyId, thumbprint: `of ${keyId}` }], ...detail },
  });
}

describe('what was removed from here', () => {
  it('is what Microsoft said it did, and what it never answered', () => {
    const each = lone(record);
    for (const [phase, keyId] of [
      ['intent', 'done'],
      ['done', 'done'],
      ['intent', 'refused'],
      ['failed', 'refused'],
      ['intent', 'lost'],
      ['uncertain', 'lost'],
      ['intent', 'crashed'],
      ['intent', 'lost, then refused'],
      ['uncertain', 'lost, then refused'],
      ['intent', 'lost, then refused'],
      ['failed', 'lost, then refused'],
    ] as const)
      tell(each, phase, keyId);
    tell(each, 'done', 'no list', { changes: 'spoiled' });
    tell(each, 'done', 'another change', {
      changes: [{ change: 'add-key-credential', keyId: 'added' }, null, 7, { change: 'remove-key-credential', keyId: 9 }],
    });
    const { done, begun } = removalsBegun(each.engine.trail, record.id);
    expect([...done]).toEqual(['done', 'of done']);
    expect([...begun].filter((name) => !name.startsWith('of ')).toSorted()).toEqual(['crashed', 'done', 'lost', 'lost, then refused']);
    expect(removalsBegun(each.engine.trail, 'another').begun.size).toBe(0);
  });
});

describe('changes that nobody can see', () => {
  const rotation = (states: readonly ('created' | 'published')[]) => ({
    from: old.thumbprint,
    to: current.thumbprint,
    overlapDays: 7,
    timeline: states.map((state) => ({ state, at: '2026-11-24T10:00:00Z' })),
    pfx: null,
  });
  const blind = (each: Lone, changes: Partial<typeof record>, retired = [old]) =>
    blindChanges(each.engine, each.connection, { ...record, ...changes }, desired, retired, each.run);
  const add = [{ change: { change: 'add-key-credential', certificate: desired.certificate }, step: 'key-credential', removes: false }];
  const removal = {
    change: { change: 'remove-key-credential', keyId: old.keyId, displayName: old.subject, ours: true, thumbprint: old.thumbprint },
    step: 'key-credential',
    removes: true,
  };
  const refused = { [current.thumbprintSha256]: gone };

  it('add the certificate where no token is issued for it, and it was not published before', async () => {
    expect(await blind(lone(record, refused), { rotation: rotation(['created']) })).toEqual(add);
    expect(await blind(lone(record), { rotation: rotation(['created']) }, [])).toEqual([]);
    expect(await blind(lone(record, refused), { rotation: rotation(['created', 'published']) }, [])).toEqual([]);
    expect(await blind(lone(record, refused), { rotation: null }, [])).toEqual([]);
  });

  it('remove what may go by the keyId that Microsoft gave it, once', async () => {
    const each = lone(record);
    expect(await blind(each, {})).toEqual([removal]);
    expect(await blind(each, {}, [{ ...old, keyId: null }])).toEqual([]);
    tell(each, 'uncertain', old.keyId ?? '');
    expect(await blind(each, {})).toEqual([removal]);
    tell(each, 'done', old.keyId ?? '');
    expect(await blind(each, {})).toEqual([]);
  });

  it('are none without a certificate', async () => {
    const each = lone(record);
    await expect(blindChanges(each.engine, each.connection, record, { ...desired, certificate: null }, [], each.run)).rejects.toMatchObject(
      {
        code: 'rotation.no-certificate',
        params: { name: record.name },
      },
    );
  });
});
