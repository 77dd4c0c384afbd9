import { describe, expect, it } from 'vitest';
import { ewsBlockedFrom, ewsGoneFrom } from '../../../main/registration/ews.ts';
import { datedChanges, profileById } from '../../../main/servers/index.ts';
import { changesAhead } from '../../../main/watch/index.ts';
import { sampleRecord } from '../vault/records.ts';

const guide = sampleRecord({ name: 'Contoso', profile: profileById('mailstore-guide') });
const graph = sampleRecord({ name: 'Fabrikam', profile: profileById('mailstore-graph') });
const ahead = (date: string, records = [guide, graph]) =>
  changesAhead(records, new Date(date)).map(({ id, days, level, credentials }) => [id, days, level, credentials.map(({ name }) => name)]);

describe('changes at Microsoft', () => {
  it('are told of the credentials that they touch, nearer and nearer, and not once they have come', () => {
    expect(ahead('2026-09-30T00:00:00Z')).toEqual([
      ['ews-blocked', 1, 7, ['Contoso']],
      ['ews-gone', 183, null, ['Contoso']],
    ]);
    expect(ahead('2026-11-30T12:00:00Z')).toEqual([['ews-gone', 122, null, ['Contoso']]]);
    expect(
      [ahead('2027-01-01T00:00:00Z'), ahead('2027-03-02T00:00:00Z'), ahead('2027-03-25T00:00:00Z')].map(([each]) => each?.slice(1, 3)),
    ).toEqual([
      [90, 90],
      [30, 30],
      [7, 7],
    ]);
    expect(ahead('2027-04-01T00:00:00Z')).toEqual([]);
  });

  it('are not told where they touch nobody', () => {
    expect(ahead('2027-03-01T00:00:00Z', [graph])).toEqual([]);
    expect(ahead('2026-12-01T00:00:00Z', [])).toEqual([]);
  });

  it('are of the same days as what refuses and warns of EWS itself', () => {
    const day = (wanted: string) => datedChanges().find(({ id }) => id === wanted)?.date;
    expect([day('ews-blocked'), day('ews-gone')]).toEqual([ewsBlockedFrom, ewsGoneFrom]);
  });

  it('have each a source and a date', () => {
    for (const { id, source, date } of datedChanges()) {
      expect(source.page.length, id).toBeGreaterThan(10);
      expect(Number.isNaN(Date.parse(date)), id).toBe(false);
    }
  });
});
