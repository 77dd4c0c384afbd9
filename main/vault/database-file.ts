import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { Fault } from '../faults.ts';
import { applicationId } from './migrations.ts';
import { asStoreFault, needsRecovery, storeCorrupted } from './store-faults.ts';
import { systemErrorCode } from './system-error.ts';

export const databaseFile = 'keyring.sqlite';

/** How long one connection waits for the other program's write before it gives up, in milliseconds. */
export const busyTimeout = 5000;

/** SQLite gives WAL and shared-memory file the permissions of the database file, so that one is made first. */
export function createEmptyFile(path: string): void {
  try {
    writeFileSync(path, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const reason = systemErrorCode(error);
    if (reason !== 'EEXIST') throw new Fault('data.not-writable', { cause: error, params: { path, reason } });
  }
}

/**
 * Looks at an existing store read-only, so that a damaged or newer one is left exactly as it is.
 *
 * @throws Fault store.corrupted, store.newer, store.busy
 */
export function inspectFile(path: string, known: number): void {
  if (!existsSync(path)) return;
  if (!statSync(path).isFile()) throw storeCorrupted(path, 'not a file');
  const header = firstBytes(path, 16);
  if (header.length === 0) return;
  if (header.toString('latin1') !== 'SQLite format 3\0') throw storeCorrupted(path, 'no SQLite header');
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(path, { readOnly: true, timeout: busyTimeout });
    const found = versionOf(connection);
    const damage = damageOf(connection);
    if (damage !== null) throw storeCorrupted(path, damage);
    if (!isOurs(connection, found)) throw storeCorrupted(path, 'a database of another program');
    if (found > known) throw new Fault('store.newer', { params: { path, found, known } });
  } catch (error) {
    // After a crash a journal may have to be rolled back first, which only a writing connection can do.
    if (!needsRecovery(error)) throw asStoreFault(error, path);
  } finally {
    connection?.close();
  }
}

/** Of a row, not of the file: whoever reads the row meets it, and all others can be read. */
const ofOneRow = /^(?:NULL|NUMERIC|TEXT|non-\w+) value in /;

/**
 * What is wrong with the file as such, in SQLite's words; null where nothing is. Rules for single rows are left to those who
 * read them: one that is broken must not close the whole store (and a rule that looks into what is no JSON is an error here).
 */
export function damageOf(connection: DatabaseSync): string | null {
  connection.exec('PRAGMA ignore_check_constraints = ON');
  const found = connection
    .prepare('PRAGMA quick_check(10000)')
    .all()
    .map((row) => String(row['quick_check']));
  return found.find((line) => line !== 'ok' && !ofOneRow.test(line)) ?? null;
}

/** A file that was created but whose first migration never ran carries no mark and no table. */
function isOurs(connection: DatabaseSync, version: number): boolean {
  const mark = pragma(connection, 'application_id');
  return mark === applicationId || (mark === 0 && version === 0 && connection.prepare('SELECT 1 FROM sqlite_schema').get() === undefined);
}

/** `PRAGMA user_version`: the number of migrations done. */
export function versionOf(connection: DatabaseSync): number {
  return pragma(connection, 'user_version');
}

export function pragma(connection: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return z.int().parse(connection.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function firstBytes(path: string, count: number): Buffer {
  const buffer = Buffer.alloc(count);
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    return buffer.subarray(0, readSync(file, buffer, 0, count, 0));
  } catch (error) {
    throw new Fault('data.not-writable', { cause: error, params: { path, reason: systemErrorCode(error) } });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Renames a store and its WAL so that a new one can begin; nothing is deleted. Answers the new path, null when there
 * was no store.
 *
 * @throws Fault store.busy while another program has it open: its next write would be lost with the moved file
 */
export function moveAside(path: string, now: Date): string | null {
  if (!existsSync(path)) return null;
  refuseWhileOpen(path);
  const target = freeName(path.replace(/\.sqlite$/, `.set-aside-${stamp(now)}`), '.sqlite');
  try {
    renameSync(path, target);
    for (const tail of ['-wal', '-shm']) if (existsSync(path + tail)) renameSync(path + tail, target + tail);
  } catch (error) {
    // Windows refuses to rename a file that another program holds.
    throw new Fault('store.busy', { cause: error, params: { path } });
  }
  return target;
}

/** @throws Fault store.busy while another program has the store open */
export function refuseWhileOpen(path: string): void {
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(path, { timeout: 0 });
    // In WAL mode this needs every other connection to be closed (sqlite.org/pragma.html#pragma_locking_mode).
    connection.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK');
  } catch (error) {
    const fault = asStoreFault(error, path);
    // Whatever else is wrong with it is the reason why it is moved aside.
    if (fault instanceof Fault && fault.code === 'store.busy') throw fault;
  } finally {
    connection?.close();
  }
}

/** Copies the store as one transaction sees it into `backups/`, before a migration changes it. */
export function backUp(connection: DatabaseSync, path: string, version: number, now: Date): string {
  const folder = join(dirname(path), 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const target = freeName(join(folder, `keyring-version-${version}-${stamp(now)}`), '.sqlite');
  createEmptyFile(target); // VACUUM INTO takes an empty file; so the copy is 0600 too
  connection.prepare('VACUUM INTO ?').run(target);
  return target;
}

/** A name that no file has yet. */
export function freeName(stem: string, ending: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem + ending : `${stem}-${number}${ending}`;
    if (!existsSync(name)) return name;
  }
}

/** `20261124T103000Z`: sorts by time and is a file name everywhere. */
export function stamp(now: Date): string {
  return now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}
