import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { profileById } from '../../../main/servers/index.ts';
import { changesAhead, changesTouching, dismissChange, dismissedChanges } from '../../../main/watch/index.ts';
import { sampleRecord } from '../vault/records.ts';
import { scratch } from '../vault/samples.ts';

const guide = sampleRecord({ name: 'Contoso', profile: profileById('mailstore-guide') });
const now = new Date('2026-11-30T12:00:00Z');

it('a change that was dismissed is told no more, by whomever', async () => {
  const directory = scratch();
  expect(changesAhead([guide], now, await dismissedChanges(directory)).map(({ id }) => id)).toEqual(['ews-gone']);
  await dismissChange(directory, 'ews-gone', now);
  await dismissChange(directory, 'smtp-basic', now);
  await dismissChange(directory, 'ews-gone', new Date('2027-01-01T00:00:00Z'));
  expect(await dismissedChanges(directory)).toEqual(new Set(['ews-gone', 'smtp-basic']));
  expect(JSON.parse(readFileSync(join(directory, 'changes-dismissed.json'), 'utf8'))).toMatchObject({ 'ews-gone': now.toISOString() });
  expect(changesAhead([guide], now, await dismissedChanges(directory))).toEqual([]);
  // What touches a credential is known all the same.
  expect(changesTouching([guide], now).map(({ id, days }) => [id, days])).toEqual([
    ['ews-blocked', 0],
    ['ews-gone', 122],
  ]);
});

it('what cannot be read back was dismissed by nobody, and what cannot be written is said', async () => {
  const directory = scratch();
  writeFileSync(join(directory, 'changes-dismissed.json'), '{"ews-gone": 1}');
  expect(await dismissedChanges(directory)).toEqual(new Set());
  const other = scratch();
  mkdirSync(join(other, 'changes-dismissed.json'));
  await expect(dismissChange(other, 'ews-gone', now)).rejects.toMatchObject({ code: 'file.is-folder' });
});
