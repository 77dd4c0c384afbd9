import { expect, test } from 'vitest';
import { binDays, createBin, createCredentialStore } from '../../../main/credential/index.ts';
import { sampleRecord } from '../vault/records.ts';
import { testClock, testDatabase } from '../vault/samples.ts';

test('a credential has been in the bin for long enough when 30 days have gone, not a moment before', () => {
  const database = testDatabase();
  const clock = testClock();
  const store = createCredentialStore(database, clock);
  const bin = createBin(database);
  const { id } = sampleRecord();
  store.insert(sampleRecord({ id }));
  const deleted = store.softDelete(id, clock.now()).deletedAt ?? '';
  const days = (count: number, ms = 0) => new Date(clock.now().getTime() + count * 86_400_000 + ms);
  expect(bin.isOver(id, deleted, days(400))).toBe(false);
  bin.sight(days(0));
  expect(bin.isOver(id, deleted, days(binDays, -1))).toBe(false);
  expect(bin.isOver(id, deleted, days(binDays))).toBe(true);
  // Another removal than the one that was seen.
  expect(bin.isOver(id, days(1).toISOString(), days(400))).toBe(false);
  expect(bin.purge(id, days(1).toISOString())).toBe(false);
  expect(bin.purge(id, deleted)).toBe(true);
  expect(store.get(id)).toBeNull();
  expect(bin.isOver(id, deleted, days(400))).toBe(false);
});
