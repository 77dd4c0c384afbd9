import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createAuditTrail } from '../../../main/audit/index.ts';
import { createCredentialStore } from '../../../main/credential/index.ts';
import { scratch, testClock, testDatabase } from './samples.ts';

const run = promisify(execFile);

test('four processes create one store together and lose nothing', async () => {
  const directory = scratch();
  const fixture = join(import.meta.dirname, 'fixtures', 'write-many.ts');
  await Promise.all(['a', 'b', 'c', 'd'].map((prefix) => run(process.execPath, [fixture, directory, prefix, '25'])));
  const database = testDatabase(directory);
  expect(createCredentialStore(database, testClock()).list()).toHaveLength(100);
  expect(createAuditTrail(database, testClock()).list()).toHaveLength(100);
});
