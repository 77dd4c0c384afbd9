import { Fault } from '../faults.ts';

interface SqliteError extends Error {
  readonly code: 'ERR_SQLITE_ERROR';
  /** Extended result code (sqlite.org/rescode.html). */
  readonly errcode: number;
}

function isSqliteError(error: unknown): error is SqliteError {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_SQLITE_ERROR' &&
    'errcode' in error &&
    typeof error.errcode === 'number'
  );
}

/** SQLITE_CONSTRAINT_UNIQUE: an index other than the primary key refused the row. */
export function isUniqueViolation(error: unknown): boolean {
  return isSqliteError(error) && error.errcode === 2067;
}

/** SQLITE_READONLY_RECOVERY, SQLITE_READONLY_ROLLBACK: a read-only connection met the journal of a crashed writer. */
export function needsRecovery(error: unknown): boolean {
  return isSqliteError(error) && (error.errcode === 264 || error.errcode === 776);
}

/** Turns what SQLite reports about the file and its neighbours into faults; everything else stays what it is: a bug. */
export function asStoreFault(error: unknown, path: string): unknown {
  if (!isSqliteError(error)) return error;
  // The low byte is the primary result code.
  switch (error.errcode & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return new Fault('store.busy', { cause: error, params: { path } });
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return storeCorrupted(path, error.message, error);
    case 13: // SQLITE_FULL
      return new Fault('data.full', { cause: error, params: { path } });
    case 3: // SQLITE_PERM
    case 8: // SQLITE_READONLY
    case 10: // SQLITE_IOERR
    case 14: // SQLITE_CANTOPEN
      return new Fault('data.not-writable', { cause: error, params: { path, reason: error.message } });
    default:
      return error;
  }
}

/** `detail` names the damage in technical words. */
export function storeCorrupted(path: string, detail: string, cause?: unknown): Fault {
  return new Fault('store.corrupted', { cause, params: { path, detail, backup: 'none' } });
}
