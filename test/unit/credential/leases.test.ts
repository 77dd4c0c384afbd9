import { hostname } from 'node:os';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createCredentialStore, createLeases, thisProcess } from '../../../main/credential/index.ts';
import type { Lease, LeaseHolder, LeaseOwner, Leases } from '../../../main/credential/index.ts';
import type { Database } from '../../../main/vault/index.ts';
import { sampleRecord } from '../vault/records.ts';
import { testClock, testDatabase } from '../vault/samples.ts';
import type { TestClock } from '../vault/samples.ts';

const here = thisProcess('window');
const elsewhere: LeaseOwner = { program: 'command line', process: 4711, host: 'another-pc', user: 'jd' };
const credential = 'c0ffee00-0000-4000-8000-000000000000';

/** Quick, and in the same proportions: a renewal comes several times before a holder counts as dead. */
const times = { renewEvery: 40, lookEvery: 20, silence: 600 };

function setUp(): { database: Database; clock: TestClock; leases: Leases } {
  const database = testDatabase();
  const clock = testClock();
  return { database, clock, leases: createLeases(database, { clock, times }) };
}

/** Work that lasts until it is told to end. */
function openEnded(
  leases: Leases,
  owner = here,
): {
  signal: Promise<AbortSignal>;
  holder: Promise<LeaseHolder>;
  end: () => void;
  done: Promise<void>;
} {
  const holder = Promise.withResolvers<LeaseHolder>();
  const signal = Promise.withResolvers<AbortSignal>();
  const ending = Promise.withResolvers<void>();
  const done = leases.withLease(credential, owner, async (given) => {
    signal.resolve(given.signal);
    holder.resolve(given);
    await ending.promise;
  });
  return { signal: signal.promise, holder: holder.promise, end: ending.resolve, done };
}

describe('within one process', () => {
  test('the outcome of the work comes through and the lease is given back, also after a failure', async () => {
    const { leases } = setUp();
    await expect(leases.withLease(credential, here, async () => leases.holder(credential)?.owner)).resolves.toEqual(here);
    await expect(leases.withLease(credential, here, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(leases.holder(credential)).toBeNull();
  });

  test('nothing is left in the store or on a timer when the work has ended, for other processes to find', async () => {
    const { database, leases } = setUp();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const rows = () => database.read((connection) => connection.prepare('SELECT * FROM lease').all().length);
    await leases.withLease(credential, here, async () => expect([rows(), vi.getTimerCount()]).toEqual([1, 1]));
    expect([rows(), vi.getTimerCount()]).toEqual([0, 0]);
  });

  test('a holder shows every five seconds that it is alive, and who finds the lease free is told of nobody', async () => {
    const { database, clock } = setUp();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const leases = createLeases(database, { clock });
    const onWait = vi.fn<(lease: Lease) => void>();
    const renewals = () => database.read((connection) => connection.prepare('SELECT renewals FROM lease').get()?.['renewals']);
    const work = async () => {
      vi.advanceTimersByTime(4999);
      const before = renewals();
      vi.advanceTimersByTime(10_001);
      return [before, renewals()];
    };
    await expect(leases.withLease(credential, here, work, { onWait })).resolves.toEqual([0, 3]);
    expect(onWait).not.toHaveBeenCalled();
  });

  test('a second operation is refused at once: this process is alive, and need not be waited for', async () => {
    const { database, clock } = setUp();
    const leases = createLeases(database, { clock, times: { renewEvery: 3_600_000, lookEvery: 1, silence: 5 } });
    const first = openEnded(leases);
    await first.signal;
    await expect(leases.withLease(credential, here, async () => 'never')).rejects.toMatchObject({ code: 'lease.held' });
    first.end();
    await first.done;
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

  test('a store that is busy for a moment does not take the lease away', async () => {
    const { database, leases } = setUp();
    const first = openEnded(leases);
    const signal = await first.signal;
    const busy = vi.spyOn(database, 'writeFleeting').mockImplementation(() => {
      throw new Error('database is locked');
    });
    await vi.waitFor(() => expect(busy.mock.calls.length).toBeGreaterThanOrEqual(2));
    busy.mockRestore();
    expect(signal.aborted).toBe(false);
    (await first.holder).renew();
    first.end();
    await first.done;
    expect(leases.holder(credential)).toBeNull();
  });

  test('what came of the work counts, also where the lease cannot be given back', async () => {
    const { database, leases } = setUp();
    const work = leases.withLease(credential, here, async () => {
      vi.spyOn(database, 'writeFleeting').mockImplementationOnce(() => {
        throw new Error('database is locked');
      });
      return 'done';
    });
    await expect(work).resolves.toBe('done');
    // What it left is of nobody who works.
    expect(leases.holder(credential)).toBeNull();
    await expect(leases.withLease(credential, here, async () => 'next')).resolves.toBe('next');
  });

  test('a lease that somebody else has taken ends the work by the next renewal on the timer', async () => {
    const { database, leases } = setUp();
    const first = openEnded(leases);
    const signal = await first.signal;
    database.write((connection) => connection.prepare('UPDATE lease SET token = ?, host = ?').run('another', 'another-pc'));
    await vi.waitFor(() => expect(signal.aborted).toBe(true));
    expect(signal.reason).toMatchObject({ code: 'lease.lost' });
    first.end();
    await first.done;
    expect(leases.holder(credential)?.owner).toEqual({ ...here, host: 'another-pc' });
  });

  test('a write of a holder that was replaced is refused in its own transaction, and so is its next request', async () => {
    const { database, clock, leases } = setUp();
    const store = createCredentialStore(database, clock);
    const record = sampleRecord({ id: credential });
    store.insert(record);
    const first = openEnded(leases);
    const holder = await first.holder;
    const guarded = store.guardedBy(() => holder.check());
    expect(guarded.change(credential, () => ({ notes: 'under the lease' })).notes).toBe('under the lease');
    holder.renew();
    // As another process takes it over after this one stood still.
    database.write((connection) => connection.prepare('UPDATE lease SET token = ?, host = ?').run('another', 'another-pc'));
    expect(() => guarded.change(credential, () => ({ notes: 'too late' }))).toThrow(expect.objectContaining({ code: 'lease.lost' }));
    expect(() => guarded.update(credential, 2, { notes: 'too late' })).toThrow(expect.objectContaining({ code: 'lease.lost' }));
    expect(() => guarded.softDelete(credential, clock.now())).toThrow(expect.objectContaining({ code: 'lease.lost' }));
    expect(() => holder.renew()).toThrow(expect.objectContaining({ code: 'lease.lost' }));
    expect((await first.signal).reason).toMatchObject({ code: 'lease.lost' });
    expect(store.get(credential)?.notes).toBe('under the lease');
    first.end();
    await first.done;
  });
});

/** A lease as another process would have written it a moment ago. */
function leaseOf(owner: LeaseOwner, database: Database, clock: TestClock): void {
  const now = clock.now().getTime();
  database.write((connection) =>
    connection
      .prepare('INSERT INTO lease VALUES (?, ?, ?, ?, ?, ?, ?, 0)')
      .run(credential, 'token', owner.program, owner.process, owner.host, owner.user, now),
  );
}

/** Another process that shows again and again that it is alive. */
function renewing(database: Database): void {
  const timer = setInterval(() => {
    database.write((connection) => connection.exec('UPDATE lease SET renewals = renewals + 1'));
  }, times.renewEvery);
  onTestFinished(() => clearInterval(timer));
}

describe('an owner that is gone', () => {
  test('from this computer is noticed at once', async () => {
    const { database, clock } = setUp();
    leaseOf({ ...elsewhere, host: hostname() }, database, clock);
    const leases = createLeases(database, {
      clock,
      times: { ...times, silence: Number.POSITIVE_INFINITY },
      isRunning: (id) => id !== elsewhere.process,
    });
    await expect(leases.withLease(credential, here, async () => 'done')).resolves.toBe('done');
  });

  test('whose process id has been given to this process does not block either', async () => {
    const { database, clock } = setUp();
    leaseOf({ ...here, process: process.pid, host: hostname() }, database, clock);
    const leases = createLeases(database, { clock, times: { ...times, silence: Number.POSITIVE_INFINITY } });
    expect(leases.holder(credential)).toBeNull();
    await expect(leases.withLease(credential, here, async () => 'done')).resolves.toBe('done');
  });

  test.each([
    ['whose process id is in use again', hostname()],
    ['from another computer, whose process ids mean nothing here', 'another-pc'],
  ])('%s is waited for, naming it, and replaced when it stays silent', async (_, host) => {
    const { database, clock } = setUp();
    const owner = { ...elsewhere, host };
    leaseOf(owner, database, clock);
    const leases = createLeases(database, { clock, times, isRunning: () => true });
    const onWait = vi.fn<(lease: Lease) => void>();
    const began = performance.now();
    await expect(leases.withLease(credential, here, async () => leases.holder(credential)?.owner, { onWait })).resolves.toEqual(here);
    expect(performance.now() - began).toBeGreaterThanOrEqual(times.silence / 2);
    expect(onWait.mock.calls).toEqual([[{ credentialId: credential, owner, since: clock.now() }]]);
  });

  test('is not one that renews, whatever the clock says', async () => {
    const { database, clock } = setUp();
    leaseOf(elsewhere, database, clock);
    renewing(database);
    const leases = createLeases(database, { clock, times: { ...times, silence: Number.POSITIVE_INFINITY } });
    clock.advance(40 * 24 * 60 * 60 * 1000);
    await expect(leases.withLease(credential, here, async () => 'never')).rejects.toMatchObject({
      code: 'lease.held',
      params: { owner: 'jd @ another-pc (4711)' },
    });
  });

  test('need not be waited for when the run ends', async () => {
    const { database, clock } = setUp();
    leaseOf(elsewhere, database, clock);
    const leases = createLeases(database, { clock, times: { ...times, lookEvery: 3_600_000, silence: Number.POSITIVE_INFINITY } });
    const stop = new AbortController();
    const waiting = leases.withLease(credential, here, async () => 'never', {
      signal: stop.signal,
      onWait: () => stop.abort(new Error('stopped')),
    });
    await expect(waiting).rejects.toThrow('stopped');
  });
});

describe('waiting for a silent owner', () => {
  /** Waits with a look every few milliseconds, each of which lasted an hour, or as told, by this computer's own count. */
  function waiting(onLook: (look: number, database: Database) => void, lasted = 3_600_000) {
    const { database, clock } = setUp();
    leaseOf(elsewhere, database, clock);
    let time = 0;
    const now = vi.spyOn(performance, 'now').mockImplementation(() => (time += lasted));
    onTestFinished(() => now.mockRestore());
    let looks = 0;
    const own = database.writeFleeting.bind(database);
    vi.spyOn(database, 'writeFleeting').mockImplementation((work) => {
      looks += 1;
      onLook(looks, database);
      return own(work);
    });
    const leases = createLeases(database, { clock, times: { ...times, renewEvery: 3_600_000, lookEvery: 2, silence: 40 } });
    const done = leases.withLease(credential, here, async () => looks);
    return { done, leases };
  }

  test('a look that lasted long, as in a standby, is no long silence', async () => {
    // 40 milliseconds of silence, of which each look counts for 4 at most; the first look begins the wait.
    await expect(waiting(() => undefined).done).resolves.toBe(11);
  });

  test('counts each look for as long as it lasted', async () => {
    await expect(waiting(() => undefined, 1).done).resolves.toBe(41);
  });

  // The last look is the one that would take it.
  test.each([
    [6, 0, 16],
    [6, 7, 16],
    [11, 0, 21],
  ])('begins anew when the lease has changed hands before look %d', async (changed, renewals, taken) => {
    const { done } = waiting((look, database) => {
      if (look === changed)
        database.write((connection) => connection.prepare("UPDATE lease SET token = 'of another', renewals = ?").run(renewals));
    });
    await expect(done).resolves.toBe(taken);
  });

  test.each([6, 11])('is over when its owner renews before look %d', async (renewed) => {
    const { done } = waiting((look, database) => {
      if (look === renewed) database.write((connection) => connection.exec('UPDATE lease SET renewals = renewals + 1'));
    });
    await expect(done).rejects.toMatchObject({ code: 'lease.held', params: { owner: 'jd @ another-pc (4711)' } });
  });

  test.each([4, 11])('ends at once when the lease is given back before look %d', async (given) => {
    const { done } = waiting((look, database) => {
      if (look === given) database.write((connection) => connection.exec('DELETE FROM lease'));
    });
    await expect(done).resolves.toBe(given);
  });
});

test('a process of this computer is looked for by its id: one that runs holds its lease, one that does not has lost it', () => {
  const { database, clock, leases } = setUp();
  const owner = { ...elsewhere, host: hostname(), process: process.ppid };
  leaseOf(owner, database, clock);
  expect(leases.holder(credential)).toEqual({ credentialId: credential, owner, since: clock.now() });
  // No system gives ids as high.
  database.write((connection) => connection.exec('UPDATE lease SET process = 2147483646'));
  expect(leases.holder(credential)).toBeNull();
  // One that belongs to somebody else runs all the same.
  database.write((connection) => connection.exec('UPDATE lease SET process = 1'));
  const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
  });
  expect(leases.holder(credential)?.owner.process).toBe(1);
  expect(kill).toHaveBeenCalledWith(1, 0);
  kill.mockRestore();
});

test('a waiter that gives up holds nothing, and keeps nobody else out', async () => {
  const { database, clock } = setUp();
  leaseOf(elsewhere, database, clock);
  const leases = createLeases(database, { clock, times: { ...times, silence: Number.POSITIVE_INFINITY } });
  await expect(leases.withLease(credential, here, async () => 'never', { signal: AbortSignal.timeout(30) })).rejects.toThrow();
  expect(leases.holder(credential)?.owner).toEqual(elsewhere);
});

test('this process is told by program, id, computer and user', () => {
  expect(thisProcess('window')).toEqual({ program: 'window', process: process.pid, host: hostname(), user: expect.stringMatching(/./) });
});
