import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import type { Database } from '../vault/database.ts';
import { systemErrorCode } from '../vault/system-error.ts';

/** Who works on a credential, in a form that another process can show and check. */
export interface LeaseOwner {
  readonly program: 'window' | 'command line';
  /** Process id on `host`. */
  readonly process: number;
  readonly host: string;
  readonly user: string;
}

/** A lease as others see it. */
export interface Lease {
  readonly credentialId: string;
  readonly owner: LeaseOwner;
  readonly since: Date;
}

/** A lease as its holder has it. Its token is its own: whoever takes the lease over has another one. */
export interface LeaseHolder {
  /** Aborted with Fault lease.lost as soon as it is known that somebody has taken it over. */
  readonly signal: AbortSignal;
  /** Part of the transaction it is called in, so that what is written there is written under the lease. @throws Fault('lease.lost') */
  check(): void;
  /** The same, and tells others anew that the holder is alive: directly before a request that writes. @throws Fault('lease.lost') */
  renew(): void;
}

export interface LeaseWait {
  readonly signal?: AbortSignal;
  /** Called once when somebody else has it and may be dead, before the wait for a sign of life. */
  readonly onWait?: (lease: Lease) => void;
}

/** Only tests pass their own times; all in milliseconds. */
export interface LeaseTimes {
  /** Between two renewals of a holder. */
  readonly renewEvery: number;
  /** Between two looks of one who waits. */
  readonly lookEvery: number;
  /** Without a renewal for so long a holder counts as dead. */
  readonly silence: number;
}

/**
 * No request that writes under a lease may take longer than this many milliseconds, counted from the renewal before it: a wait
 * for a silent holder takes longer, so nobody takes the lease over while the request is under way.
 */
export const longestLeasedRequest = 45_000;

const usual: LeaseTimes = { renewEvery: 5_000, lookEvery: 500, silence: 60_000 };

export interface LeaseOptions {
  readonly clock: Clock;
  readonly times?: LeaseTimes;
  /** Whether a process id of this computer is still in use; replaced in tests. */
  readonly isRunning?: (processId: number) => boolean;
}

/**
 * One operation per credential across all processes that share a data directory. Where the holder's process is gone from this
 * computer the lease is free at once. A process that exists proves nothing (ids are used again): it is waited for, and where it
 * does not renew for a minute by the waiter's own counting the lease is taken over. No clock time is compared, so a clock that is
 * set takes no lease from anybody. Leases need not outlive a power failure, which ends their owner too.
 */
export interface Leases {
  /**
   * Runs `work` while this process holds the lease, renewed on a timer.
   *
   * @throws Fault lease.held (owner, program, since) when the holder shows that it is alive; lease.lost through the holder; the
   *   faults of `Database`; the reason of `wait.signal`
   */
  withLease<T>(credentialId: string, owner: LeaseOwner, work: (lease: LeaseHolder) => Promise<T>, wait?: LeaseWait): Promise<T>;
  /** Who holds it now, as far as a look can tell; null when nobody does. */
  holder(credentialId: string): Lease | null;
}

/** This process as the owner of a lease. */
export function thisProcess(program: LeaseOwner['program']): LeaseOwner {
  return { program, process: process.pid, host: hostname(), user: userName() };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // a user id without an account, as in containers
  }
}

const leaseRow = z.object({
  token: z.string(),
  program: z.enum(['window', 'command line']),
  process: z.int(),
  host: z.string(),
  user: z.string(),
  since: z.int(),
  renewals: z.int(),
});

type LeaseRow = z.infer<typeof leaseRow>;

/** The tokens of this process, whatever opened the store: they are alive as long as it is, and no other row with its id is. */
const heldHere = new Set<string>();

export function createLeases(database: Database, { clock, times = usual, isRunning = processIsRunning }: LeaseOptions): Leases {
  const rowOf = (credentialId: string): LeaseRow | null =>
    database.read((connection) =>
      leaseRow.nullable().parse(connection.prepare('SELECT * FROM lease WHERE credential_id = ?').get(credentialId) ?? null),
    );

  const isFree = (row: LeaseRow): boolean => {
    if (row.host !== hostname() || heldHere.has(row.token)) return false;
    return row.process === process.pid || !isRunning(row.process);
  };

  /** Takes it where it is free, or still as `silent` was; else answers who has it. */
  const take = (credentialId: string, owner: LeaseOwner, token: string, silent: LeaseRow | null): LeaseRow | null =>
    database.writeFleeting((connection) => {
      const row = rowOf(credentialId);
      const dead = row !== null && silent !== null && row.token === silent.token && row.renewals === silent.renewals;
      if (row !== null && !dead && !isFree(row)) return row;
      connection
        .prepare(
          'INSERT OR REPLACE INTO lease (credential_id, token, program, process, host, user, since, renewals) VALUES (?, ?, ?, ?, ?, ?, ?, 0)',
        )
        .run(credentialId, token, owner.program, owner.process, owner.host, owner.user, clock.now().getTime());
      return null;
    });

  /** @throws Fault('lease.held') when the holder renews, or is this process itself */
  const waitFor = async (credentialId: string, owner: LeaseOwner, token: string, wait: LeaseWait): Promise<void> => {
    let seen = take(credentialId, owner, token, null);
    if (seen !== null) wait.onWait?.(asLease(credentialId, seen));
    for (let silence = 0; seen !== null;) {
      if (heldHere.has(seen.token)) throw held(seen);
      const before = performance.now();
      await delay(times.lookEvery, undefined, wait.signal ? { signal: wait.signal } : {}).catch(() => undefined);
      wait.signal?.throwIfAborted();
      // Standby and a busy machine stop everybody: a long look is not a long silence.
      silence += Math.min(performance.now() - before, 2 * times.lookEvery);
      const now = take(credentialId, owner, token, silence >= times.silence ? seen : null);
      if (now !== null && now.token === seen.token && now.renewals !== seen.renewals) throw held(now);
      if (now?.token !== seen.token) silence = 0;
      seen = now;
    }
  };

  const isMine = (token: string): boolean =>
    database.read((connection) => connection.prepare('SELECT 1 FROM lease WHERE token = ?').get(token) !== undefined);

  const renew = (token: string): boolean =>
    database.writeFleeting(
      (connection) => connection.prepare('UPDATE lease SET renewals = renewals + 1 WHERE token = ?').run(token).changes === 1,
    );

  const release = (token: string): void => {
    database.writeFleeting((connection) => connection.prepare('DELETE FROM lease WHERE token = ?').run(token));
  };

  return {
    holder: (credentialId) => {
      const row = rowOf(credentialId);
      return row === null || isFree(row) ? null : asLease(credentialId, row);
    },
    withLease: async (credentialId, owner, work, wait = {}) => {
      const token = randomUUID();
      // Before it is taken: another look of this process in between must not take it for a dead one's.
      heldHere.add(token);
      try {
        await waitFor(credentialId, owner, token, wait);
      } catch (error) {
        heldHere.delete(token);
        throw error;
      }
      const lost = new AbortController();
      const orLost = (mine: boolean) => {
        if (mine) return;
        lost.abort(new Fault('lease.lost'));
        throw lost.signal.reason;
      };
      const timer = setInterval(() => {
        if (!tryRenew(() => renew(token))) lost.abort(new Fault('lease.lost'));
      }, times.renewEvery);
      timer.unref();
      try {
        return await work({ signal: lost.signal, check: () => orLost(isMine(token)), renew: () => orLost(renew(token)) });
      } finally {
        clearInterval(timer);
        heldHere.delete(token);
        releaseQuietly(() => release(token));
      }
    },
  };
}

/** A store that is busy for a moment does not lose the lease: there are many more tries before it counts as silent. */
function tryRenew(renew: () => boolean): boolean {
  try {
    return renew();
  } catch {
    return true;
  }
}

/** The outcome of the work counts more than its lease, which nobody renews any more. */
function releaseQuietly(release: () => void): void {
  try {
    release();
  } catch {
    // nothing to do: see above
  }
}

function held(row: LeaseRow): Fault {
  const owner = `${row.user} @ ${row.host} (${row.process})`;
  return new Fault('lease.held', { params: { owner, program: row.program, since: new Date(row.since).toISOString() } });
}

function asLease(credentialId: string, row: LeaseRow): Lease {
  const { program, process, host, user } = row;
  return { credentialId, owner: { program, process, host, user }, since: new Date(row.since) };
}

function processIsRunning(id: number): boolean {
  try {
    // Signal 0 only asks whether the process exists (kill(2)); Node does the same on Windows.
    return process.kill(id, 0);
  } catch (error) {
    return systemErrorCode(error) !== 'ESRCH'; // EPERM: it runs as somebody else
  }
}
