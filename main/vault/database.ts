import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import { newestWhole } from './backups.ts';
import { backUp, busyTimeout, createEmptyFile, databaseFile, inspectFile, moveAside, versionOf } from './database-file.ts';
import { migrations as released } from './migrations.ts';
import type { Migration } from './migrations.ts';
import { asStoreFault } from './store-faults.ts';

export interface DatabaseOptions {
  readonly clock: Clock;
  /** `--reset-store`: move what is there aside, whatever its condition, and begin anew. */
  readonly reset?: boolean;
  /** Only tests pass their own. */
  readonly migrations?: readonly Migration[];
}

/**
 * The database file of a data directory, shared by credential store, leases and audit trail, and by every process that
 * opened the same directory. All calls are synchronous and throw Fault store.busy, store.corrupted, data.full,
 * data.not-writable.
 */
export interface Database {
  readonly path: string;
  /** Where `reset` put the previous store. */
  readonly setAside: string | null;
  read<T>(work: (connection: DatabaseSync) => T): T;
  /** Runs `work` in one `BEGIN IMMEDIATE` transaction; inside another `write` it becomes part of that one. */
  write<T>(work: (connection: DatabaseSync) => T): T;
  /**
   * The same for what a power failure may take back. It does not wait for the disk (`synchronous = NORMAL`, which in WAL
   * mode loses the last transactions at worst and never damages the file: sqlite.org/pragma.html#pragma_synchronous).
   */
  writeFleeting<T>(work: (connection: DatabaseSync) => T): T;
  /**
   * Copies the store as one moment has it, while others go on, to this file (SQLite's online backup). The copy is one file,
   * without a journal beside it.
   */
  backUpTo(target: string): Promise<void>;
  /** A number that changes when another connection has committed (`PRAGMA data_version`). */
  dataVersion(): number;
  close(): void;
}

/**
 * Opens the store of a data directory, creating or migrating it.
 *
 * @throws Fault store.newer, store.corrupted (both leave the file as it is), store.busy, data.not-writable, data.full
 */
export function openDatabase(directory: string, options: DatabaseOptions): Database {
  const path = join(directory, databaseFile);
  const migrations = options.migrations ?? released;
  const setAside = options.reset === true ? moveAside(path, options.clock.now()) : null;
  try {
    inspectFile(path, migrations.length);
    createEmptyFile(path);
    const connection = connect(path);
    try {
      migrate(connection, migrations, (version) => backUp(connection, path, version, options.clock.now()));
    } catch (error) {
      connection.close();
      throw error;
    }
    return shared(connection, path, setAside);
  } catch (error) {
    throw named(error, path);
  }
}

/** As a fault; that of a damaged store names the newest backup that could take its place. */
function named(error: unknown, path: string): unknown {
  const fault = asStoreFault(error, path);
  if (!(fault instanceof Fault) || fault.code !== 'store.corrupted') return fault;
  const params = { ...fault.params, backup: newestWhole(dirname(path)) ?? 'none' };
  return new Fault(fault.code, { params, cause: fault.cause, correlationId: fault.correlationId });
}

function connect(path: string): DatabaseSync {
  const connection = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: true, defensive: true });
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF');
  return connection;
}

/** @param keep is called with the version that is there, before the first step changes it; not where nothing could be lost */
export function migrate(
  connection: DatabaseSync,
  migrations: readonly Migration[],
  keep: (version: number) => void = () => undefined,
): void {
  // A store that only now begins has nothing that could be lost.
  let kept = versionOf(connection) === 0;
  // A damaged row is no reason to refuse all the others: ALTER TABLE would ask the rules of every row.
  connection.exec('PRAGMA ignore_check_constraints = ON');
  try {
    for (const [done, migration] of migrations.entries()) {
      if (versionOf(connection) > done) continue;
      // As it was before all of them.
      if (!kept) keep(done);
      kept = true;
      inTransaction(connection, () => {
        // Another process may have been quicker.
        if (versionOf(connection) > done) return;
        if (typeof migration === 'string') connection.exec(migration);
        else migration(connection);
        connection.exec(`PRAGMA user_version = ${done + 1}`);
      });
    }
  } finally {
    connection.exec('PRAGMA ignore_check_constraints = OFF');
  }
}

function shared(connection: DatabaseSync, path: string, setAside: string | null): Database {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw named(error, path);
    }
  };
  return {
    path,
    setAside,
    read: (work) => guarded(() => work(connection)),
    write: (work) => guarded(() => (connection.isTransaction ? work(connection) : inTransaction(connection, () => work(connection)))),
    writeFleeting: (work) =>
      guarded(() =>
        connection.isTransaction ? work(connection) : withoutWaiting(connection, () => inTransaction(connection, () => work(connection))),
      ),
    backUpTo: async (target) => {
      await backup(connection, target);
      const copy = new DatabaseSync(target);
      // A journal of its own would be left beside it by whoever reads it.
      copy.exec('PRAGMA journal_mode = DELETE');
      copy.close();
    },
    dataVersion: () => guarded(() => Number(connection.prepare('PRAGMA data_version').get()?.['data_version'])),
    close: () => {
      if (connection.isOpen) connection.close();
    },
  };
}

function withoutWaiting<T>(connection: DatabaseSync, work: () => T): T {
  connection.exec('PRAGMA synchronous = NORMAL');
  try {
    return work();
  } finally {
    connection.exec('PRAGMA synchronous = FULL');
  }
}

/** IMMEDIATE takes the write lock first, so that what was read cannot have changed when it is written. */
export function inTransaction<T>(connection: DatabaseSync, work: () => T): T {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has already rolled back after some errors, e.g. a full disk.
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
