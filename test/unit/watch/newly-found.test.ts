import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newlyFound, type ServerFinding } from '../../../main/watch/index.ts';
import { scratchFolder } from '../certificates/samples.ts';
import { silentLog } from '../../../main/log/index.ts';

const ending: ServerFinding = {
  finding: 'expiring',
  server: 'one',
  serverName: 'Archive',
  instance: null,
  name: 'M365',
  credential: null,
  askedAt: '2026-11-30T08:00:00.000Z',
  params: { days: 10, thumbprint: 'AB'.repeat(20) },
  fault: null,
};
const failing: ServerFinding = { ...ending, finding: 'failing', name: null, params: { runs: 3, since: '2026-11-29T08:00:00' } };
const place = () => join(scratchFolder(), 'servers-told.json');

it('tells of each finding once, however many days and runs pass', async () => {
  const file = place();
  expect(await newlyFound([ending], file, silentLog)).toEqual([ending]);
  const later = { ...ending, params: { ...ending.params, days: 9 } };
  expect(await newlyFound([later, failing], file, silentLog)).toEqual([failing]);
  expect(await newlyFound([later, { ...failing, params: { ...failing.params, runs: 4 } }], file, silentLog)).toEqual([]);
});

it('tells again of what was over and comes again, and of another certificate', async () => {
  const file = place();
  await newlyFound([ending], file, silentLog);
  expect(await newlyFound([], file, silentLog)).toEqual([]);
  expect(await newlyFound([ending], file, silentLog)).toEqual([ending]);
  const other = { ...ending, params: { ...ending.params, thumbprint: 'CD'.repeat(20) } };
  expect(await newlyFound([other], file, silentLog)).toEqual([other]);
});

it('tells once more where what it remembered cannot be read', async () => {
  const file = place();
  await newlyFound([ending], file, silentLog);
  writeFileSync(file, '{');
  expect(await newlyFound([ending], file, silentLog)).toEqual([ending]);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(1);
});
