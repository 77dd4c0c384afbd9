import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
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
  inspectFile(path, migrations.length);
  createEmptyFile(path);
  try {
    const connection = connect(path);
    try {
      migrate(connection, path, migrations, options.clock);
    } catch (error) {
      connection.close();
      throw error;
    }
    return shared(connection, path, setAside);
  } catch (error) {
    throw asStoreFault(error, path);
  }
}

function connect(path: string): DatabaseSync {
  const connection = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: true, defensive: true });
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF');
  return connection;
}

function migrate(connection: DatabaseSync, path: string, migrations: readonly Migration[], clock: Clock): void {
  // A store that only now begins has nothing that could be lost.
  const begins = versionOf(connection) === 0;
  for (const [done, migration] of migrations.entries()) {
    if (versionOf(connection) > done) continue;
    if (!begins) backUp(connection, path, done, clock.now());
    inTransaction(connection, () => {
      // Another process may have been quicker.
      if (versionOf(connection) > done) return;
      if (typeof migration === 'string') connection.exec(migration);
      else migration(connection);
      connection.exec(`PRAGMA user_version = ${done + 1}`);
    });
  }
}

function shared(connection: DatabaseSync, path: string, setAside: string | null): Database {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw asStoreFault(error, path);
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
function inTransaction<T>(connection: DatabaseSync, work: () => T): T {
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
