import { describe, expect, it } from 'vitest';
import type { CredentialRecord } from '../../../main/credential/index.ts';
import { createTexts } from '../../../main/texts/index.ts';
import { eventsOf, findingText, lastRunWithoutEws, serverFindings, watchReport, type AskedAnswer } from '../../../main/watch/index.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';

const now = new Date('2026-11-30T08:00:00Z');
const clientId = '00000000-0000-4000-8000-000000000003';
const day = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();

type State = NonNullable<CredentialRecord['migration']>['timeline'][number]['state'];

/** A credential whose move has come to these states, so many days ago. */
const moved = (...steps: readonly (readonly [State, number])[]) => {
  const record = sampleRecord({ clientId });
  const timeline = steps.map(([state, ago]) => ({ state, at: day(-ago) }));
  return { ...record, migration: { from: record.profile, to: { id: 'mailstore-graph', version: 1 }, timeline } };
};

/** Runs that have failed since this time of the server. */
const answerOf = (record: CredentialRecord, since: string, thumbprint = 'A'.repeat(40)): AskedAnswer => ({
  server: '00000000-0000-4000-8000-000000000009',
  name: 'Archive',
  askedAt: now.toISOString(),
  fault: null,
  archives: [
    {
      instance: null,
      credentials: [{ id: 1, name: 'Contoso', clientId, tenantId: record.tenantId, thumbprint, notAfter: sampleCertificate().notAfter }],
      runs: { failing: { since, runs: 2, reason: 'Forbidden' }, emptySince: null, lastArchived: null },
      fault: null,
    },
  ],
});

const found = (record: CredentialRecord, since = '2026-11-29T23:00:00', at = now) =>
  serverFindings([answerOf(record, since)], [record], at, 30);
const kinds = (...of: Parameters<typeof found>) => found(...of).map(({ finding }) => finding);

describe('runs that fail after a move from EWS', () => {
  it('are an alarm with the way back, once its permissions are granted and for a month after EWS went', () => {
    expect(kinds(moved(['begun', 2], ['granted', 2]))).toEqual(['failing-after-move']);
    expect(kinds(moved(['begun', 5], ['granted', 5], ['handed-over', 4], ['ews-removed', 29]))).toEqual(['failing-after-move']);
  });

  it('are failing runs as any others before, long after, once it was taken back, and without a move', () => {
    expect(kinds(moved(['begun', 2]))).toEqual(['failing']);
    expect(kinds(moved(['begun', 40], ['granted', 40], ['ews-removed', 31]))).toEqual(['failing']);
    expect(kinds(moved(['begun', 2], ['granted', 2], ['rolled-back', 1]))).toEqual(['failing']);
    expect(kinds(sampleRecord({ clientId }))).toEqual(['failing']);
  });

  it('are none of its consequence where they surely failed before, in whatever zone the server is', () => {
    const record = moved(['begun', 2], ['granted', 2]);
    expect(kinds(record, '2026-11-27T19:59:00')).toEqual(['failing']);
    expect(kinds(record, '2026-11-27T20:01:00')).toEqual(['failing-after-move']);
  });

  it('send nobody back to what is gone', () => {
    const record = moved(['begun', 2], ['granted', 2]);
    expect(kinds(record, '2027-03-31T08:00:00', new Date('2027-03-31T23:59:00Z'))).toEqual(['failing-after-move']);
    expect(kinds(record, '2027-03-31T08:00:00', new Date('2027-04-01T00:00:00Z'))).toEqual(['failing']);
  });

  it('are told as what they are where the server has another certificate', () => {
    const record = moved(['begun', 2], ['granted', 2]);
    const answers = [answerOf(record, '2026-11-29T23:00:00', 'C'.repeat(40))];
    expect(serverFindings(answers, [record], now, 30).map(({ finding }) => finding)).toEqual(['other-certificate', 'failing']);
  });

  it('are an event of their own, and name the command; the window has a button for it', () => {
    const record = moved(['begun', 2], ['granted', 2]);
    const [alarm] = found(record);
    if (alarm === undefined) throw new Error('not found');
    expect(alarm).toMatchObject({ credential: record.id, name: 'Contoso', params: { credential: record.name, runs: 2 } });
    expect(findingText(alarm, createTexts('en'))).toMatch(/Forbidden “Contoso archive” .*“migrate Contoso archive --back”/);
    expect(findingText(alarm, createTexts('en', 'window'))).not.toContain('--');
    const [, event] = eventsOf(watchReport([], now, 30, [alarm]), [], false, createTexts('en'));
    expect(event).toMatchObject({ id: 220, type: 'Error' });
    expect(event?.message).toMatch(new RegExp(`--back.*\\nfinding=failing-after-move\\n.*\\n.*\\ncredential=${record.id}`));
  });
});

describe('the last run without EWS', () => {
  const archived = (record: CredentialRecord, lastArchived: string) => {
    const answer = answerOf(record, '');
    const archives = answer.archives.map((each) => ({ ...each, runs: { failing: null, emptySince: null, lastArchived } }));
    return { ...answer, archives };
  };
  const done = moved(['begun', 5], ['granted', 5], ['ews-removed', 2]);

  it('is the last that surely ran after EWS was removed, in whatever zone the server is', () => {
    // Removed on 28 November at 08:00 UTC, which is 22:00 in the easternmost zone.
    expect(lastRunWithoutEws([archived(done, '2026-11-28T22:00:00')], [done])).toBeNull();
    expect(lastRunWithoutEws([archived(done, '2026-11-28T22:00:01')], [done])).toBe('2026-11-28T22:00:01');
  });

  it('is the latest of all, and none of what still has EWS, went back, or is one of several', () => {
    const [late, early] = [archived(done, '2026-11-30T03:12:00'), archived(done, '2026-11-29T03:12:00')];
    expect(lastRunWithoutEws([early, late, early], [done])).toBe('2026-11-30T03:12:00');
    const open = moved(['begun', 5], ['granted', 5]);
    const back = moved(['begun', 5], ['granted', 5], ['ews-removed', 4], ['rolled-back', 3]);
    for (const record of [open, back]) expect(lastRunWithoutEws([archived(record, '2026-11-30T03:12:00')], [record])).toBeNull();
    const several = late.archives.map((each) => ({ ...each, credentials: [...each.credentials, ...each.credentials] }));
    expect(lastRunWithoutEws([{ ...late, archives: several }], [done])).toBeNull();
  });
});
