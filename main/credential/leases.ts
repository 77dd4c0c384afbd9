import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import type { Database } from '../vault/database.ts';
import { systemErrorCode } from '../vault/system-error.ts';

/** Who works on a credential, in a form that another process can show and validate. */
export interface LeaseOwner {
  readonly program: 'window' | 'command line';
  /** Process id on `host`. */
  readonly process: number;
  readonly host: string;
  readonly user: string;
}

export interface Lease {
  readonly credentialId: string;
  readonly owner: LeaseOwner;
  readonly since: Date;
  readonly expires: Date;
}

export interface LeaseOptions {
  readonly clock: Clock;
  /** How long a lease lasts without renewal, in milliseconds. */
  readonly duration?: number;
  /** Whether a process id of this computer is still in use; replaced in tests. */
  readonly isRunning?: (processId: number) => boolean;
}

/**
 * One operation per credential across all processes that share a data directory. A lease that ran out, or whose
 * process is gone from this computer, is taken over. Leases need not outlive a power failure, which ends their owner too.
 */
export interface Leases {
  /**
   * Runs `work` while this process holds the lease, renewed on a timer. `signal` is aborted with Fault lease.lost when
   * another process took it over meanwhile (after standby, for instance); `work` must then stop writing.
   *
   * @throws Fault lease.held (owner, program, since); lease.lost through `signal`; the faults of `Database`
   */
  withLease<T>(credentialId: string, owner: LeaseOwner, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Who holds it now; null when nobody does. */
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
  expires: z.int(),
});

type LeaseRow = z.infer<typeof leaseRow>;

export function createLeases(database: Database, { clock, duration = 60_000, isRunning = processIsRunning }: LeaseOptions): Leases {
  const rowOf = (credentialId: string): LeaseRow | null =>
    database.read((connection) =>
      leaseRow.nullable().parse(connection.prepare('SELECT * FROM lease WHERE credential_id = ?').get(credentialId) ?? null),
    );

  const inForce = (row: LeaseRow): boolean => row.expires > clock.now().getTime() && (row.host !== hostname() || isRunning(row.process));

  const take = (credentialId: string, owner: LeaseOwner, token: string): void =>
    database.writeFleeting((connection) => {
      const row = rowOf(credentialId);
      if (row !== null && inForce(row)) throw held(row);
      const now = clock.now().getTime();
      connection
        .prepare(
          'INSERT OR REPLACE INTO lease (credential_id, token, program, process, host, user, since, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        )
        .run(credentialId, token, owner.program, owner.process, owner.host, owner.user, now, now + duration);
    });

  const renew = (token: string): boolean =>
    database.writeFleeting(
      (connection) =>
        connection.prepare('UPDATE lease SET expires = ? WHERE token = ?').run(clock.now().getTime() + duration, token).changes === 1,
    );

  const release = (token: string): void => {
    database.writeFleeting((connection) => connection.prepare('DELETE FROM lease WHERE token = ?').run(token));
  };

  return {
    holder: (credentialId) => {
      const row = rowOf(credentialId);
      return row !== null && inForce(row) ? asLease(credentialId, row) : null;
    },
    withLease: async (credentialId, owner, work) => {
      const token = randomUUID();
      take(credentialId, owner, token);
      const lost = new AbortController();
      const timer = setInterval(() => {
        if (!tryRenew(() => renew(token))) lost.abort(new Fault('lease.lost'));
      }, duration / 3);
      timer.unref();
      try {
        return await work(lost.signal);
      } finally {
        clearInterval(timer);
        releaseQuietly(() => release(token));
      }
    },
  };
}

/** A store that is busy for a moment does not lose the lease: there are two more tries before it runs out. */
function tryRenew(renew: () => boolean): boolean {
  try {
    return renew();
  } catch {
    return true;
  }
}

/** The outcome of the work counts more than its lease, which runs out by itself. */
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
  return { credentialId, owner: { program, process, host, user }, since: new Date(row.since), expires: new Date(row.expires) };
}

function processIsRunning(id: number): boolean {
  try {
    // Signal 0 only asks whether the process exists (kill(2)); Node does the same on Windows.
    return process.kill(id, 0);
  } catch (error) {
    return systemErrorCode(error) !== 'ESRCH'; // EPERM: it runs as somebody else
  }
}
