import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLeases, thisProcess } from '../../../main/credential/index.ts';
import { scratch, testDatabase } from '../vault/samples.ts';

const here = thisProcess('window');
const credential = 'c0ffee00-0000-4000-8000-000000000000';
const times = { renewEvery: 40, lookEvery: 20, silence: Number.POSITIVE_INFINITY };

type Holder = ChildProcessByStdio<Writable, Readable, null>;

/** Another process that holds the lease until its input ends. */
async function startHolder(directory: string): Promise<Holder> {
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'fixtures', 'work-under-lease.ts'), directory, credential], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  const [said] = await once(holder.stdout, 'data');
  expect(String(said)).toBe('held\n');
  return holder;
}

describe('between two processes', () => {
  const realTime = { now: () => new Date(), sleep: async () => {} };

  test('the second waits its turn', async () => {
    const directory = scratch();
    const leases = createLeases(testDatabase(directory), { clock: realTime, times });
    const holder = await startHolder(directory);
    expect(leases.holder(credential)?.owner).toEqual({ ...thisProcess('command line'), process: holder.pid });
    await expect(leases.withLease(credential, here, async () => 'never')).rejects.toMatchObject({ code: 'lease.held' });
    holder.stdin.end();
    await once(holder, 'exit');
    await expect(leases.withLease(credential, here, async () => 'done')).resolves.toBe('done');
  });

  test('a killed one does not block', async () => {
    const directory = scratch();
    const leases = createLeases(testDatabase(directory), { clock: realTime, times });
    const holder = await startHolder(directory);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await expect(leases.withLease(credential, here, async () => 'done')).resolves.toBe('done');
  });
});
