import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLeases, thisProcess } from '../../../main/credential/index.ts';
import type { LeaseOwner, Leases } from '../../../main/credential/index.ts';
import type { Database } from '../../../main/vault/index.ts';
import { scratch, testClock, testDatabase } from '../vault/samples.ts';
import type { TestClock } from '../vault/samples.ts';

const here = thisProcess('window');
const elsewhere: LeaseOwner = { program: 'command line', process: 4711, host: 'another-pc', user: 'jd' };
const credential = 'c0ffee00-0000-4000-8000-000000000000';

function setUp(): { database: Database; clock: TestClock; leases: Leases } {
  const database = testDatabase();
  const clock = testClock();
  return { database, clock, leases: createLeases(database, { clock }) };
}

/** Work that lasts until it is told to end. */
function openEnded(leases: Leases, owner = here): { signal: Promise<AbortSignal>; end: () => void; done: Promise<void> } {
  const signal = Promise.withResolvers<AbortSignal>();
  const ending = Promise.withResolvers<void>();
  const done = leases.withLease(credential, owner, async (given) => {
    signal.resolve(given);
    await ending.promise;
  });
  return { signal: signal.promise, end: ending.resolve, done };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('within one process', () => {
  test('the outcome of the work comes through and the lease is given back, also after a failure', async () => {
    const { leases } = setUp();
    await expect(leases.withLease(credential, here, async () => leases.holder(credential)?.owner)).resolves.toEqual(here);
    await expect(leases.withLease(credential, here, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(leases.holder(credential)).toBeNull();
  });

  test('a second operation is told who holds it since when; another credential is free', async () => {
    const { leases } = setUp();
    const first = openEnded(leases);
    await first.signal;
    await expect(leases.withLease(credential, here, async () => 'never')).rejects.toMatchObject({
      code: 'lease.held',
      params: { program: 'window', owner: `${here.user} @ ${here.host} (${process.pid})`, since: '2026-11-24T10:30:00.000Z' },
    });
    await expect(leases.withLease('another', here, async () => 'done')).resolves.toBe('done');
    first.end();
    await first.done;
    await expect(leases.withLease(credential, here, async () => 'done')).resolves.toBe('done');
  });

  test('it is renewed while the work runs', async () => {
    vi.useFakeTimers();
    const { leases, clock } = setUp();
    const first = openEnded(leases, elsewhere);
    const signal = await first.signal;
    for (let seconds = 0; seconds < 300; seconds += 20) {
      clock.advance(20_000);
      vi.advanceTimersByTime(20_000);
    }
    await expect(leases.withLease(credential, here, async () => 'never')).rejects.toMatchObject({ code: 'lease.held' });
    expect(signal.aborted).toBe(false);
    first.end();
    await first.done;
  });

  test('one that ran out is taken over, and the loser is told', async () => {
    vi.useFakeTimers();
    const { leases, clock } = setUp();
    const first = openEnded(leases, elsewhere);
    const signal = await first.signal;
    clock.advance(60_001); // standby: time passed, the timer did not
    const second = openEnded(leases);
    await second.signal;
    vi.advanceTimersByTime(20_000);
    expect(signal.reason).toMatchObject({ code: 'lease.lost' });
    first.end();
    await first.done;
    expect(leases.holder(credential)?.owner).toEqual(here);
    second.end();
    await second.done;
  });
});

/** A lease as another process would have written it a moment ago. */
function leaseOf(owner: LeaseOwner, database: Database, clock: TestClock): void {
  const now = clock.now().getTime();
  database.write((connection) =>
    connection
      .prepare('INSERT INTO lease VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(credential, 'token', owner.program, owner.process, owner.host, owner.user, now, now + 60_000),
  );
}

describe('an owner that is gone', () => {
  test('from this computer is noticed at once', async () => {
    const { database, clock } = setUp();
    leaseOf({ ...elsewhere, host: hostname() }, database, clock);
    const leases = createLeases(database, { clock, isRunning: (id) => id !== elsewhere.process });
    await expect(leases.withLease(credential, here, async () => 'done')).resolves.toBe('done');
  });

  test('from another computer is waited for: its process id means nothing here', async () => {
    const { database, clock } = setUp();
    leaseOf(elsewhere, database, clock);
    const leases = createLeases(database, { clock, isRunning: () => false });
    await expect(leases.withLease(credential, here, async () => 'never')).rejects.toMatchObject({
      code: 'lease.held',
      params: { owner: 'jd @ another-pc (4711)' },
    });
    clock.advance(60_001);
    await expect(leases.withLease(credential, here, async () => 'done')).resolves.toBe('done');
  });
});

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
    const leases = createLeases(testDatabase(directory), { clock: realTime });
    const holder = await startHolder(directory);
    expect(leases.holder(credential)?.owner).toEqual({ ...thisProcess('command line'), process: holder.pid });
    await expect(leases.withLease(credential, here, async () => 'never')).rejects.toMatchObject({ code: 'lease.held' });
    holder.stdin.end();
    await once(holder, 'exit');
    await expect(leases.withLease(credential, here, async () => 'done')).resolves.toBe('done');
  });

  test('a killed one does not block', async () => {
    const directory = scratch();
    const leases = createLeases(testDatabase(directory), { clock: realTime });
    const holder = await startHolder(directory);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await expect(leases.withLease(credential, here, async () => 'done')).resolves.toBe('done');
  });
});
