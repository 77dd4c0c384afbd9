import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { Log } from '../log/index.ts';
import { busyTimeout, createEmptyFile, damageOf, freeName, pragma, stamp } from './database-file.ts';
import type { Database } from './database.ts';
import { applicationId, migrations } from './migrations.ts';

/** So many are kept; older ones go when a new one was written and checked. */
export const keptBackups = 14;
const day = 24 * 60 * 60 * 1000;

/** Counts the rows that cannot be read: what a row means is known above this room. */
export type CountDamaged = (connection: DatabaseSync) => number;

/** One copy of the store, as it was found when somebody looked. */
export interface Backup {
  /** Of the file, in the folder `backups`. */
  readonly name: string;
  /** ISO 8601 UTC, by the clock of this computer at that time. */
  readonly at: string;
  /** Bytes. */
  readonly size: number;
  /** Credentials in it, those in the bin too; null where it cannot be opened. */
  readonly credentials: number | null;
  /** Rows that cannot be read. */
  readonly damaged: number;
  /** What is wrong with the file, in technical words; null when it can be restored. */
  readonly fault: string | null;
}

export const backupFolder = (directory: string): string => join(directory, 'backups');

/** `keyring-20261124T103000Z.sqlite`, and with the format it had before a migration `keyring-version-2-…`. */
const backupName = /^keyring-(?:version-\d+-)?(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z(?:-\d+)?\.sqlite$/;

const timeOf = (name: string): string | null => {
  const parts = backupName.exec(name);
  if (parts === null) return null;
  const [, year, month, date, hour, minute, second] = parts;
  const at = new Date(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

/** None where there is no such folder, or none that can be read: then there is no backup to be had. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Names and times, the newest first; reads no file. */
export function backupNames(directory: string): { readonly name: string; readonly at: string }[] {
  return filesIn(backupFolder(directory))
    .flatMap((name) => {
      const at = timeOf(name);
      return at === null ? [] : [{ name, at }];
    })
    .toSorted((one, other) => other.at.localeCompare(one.at) || other.name.localeCompare(one.name));
}

type Inspected = Pick<Backup, 'credentials' | 'damaged' | 'fault'>;

const unusable = (fault: string): Inspected => ({ credentials: null, damaged: 0, fault });

/** Opens a copy read-only: SQLite's check of the file, our mark, a format that is known, and rows that can be read. */
export function inspectBackup(path: string, countDamaged: CountDamaged): Inspected {
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(path, { readOnly: true, timeout: busyTimeout });
    const damage = damageOf(connection);
    if (damage !== null) return unusable(damage);
    if (pragma(connection, 'application_id') !== applicationId) return unusable('a database of another program');
    const version = pragma(connection, 'user_version');
    if (version > migrations.length) return unusable(`format ${version}`);
    const rows = connection.prepare('SELECT count(*) AS count, sum(json_valid(document)) AS readable FROM credential').get();
    const count = Number(rows?.['count']);
    // What an older format meant by a row, only its migration knows.
    const damaged = version === migrations.length ? countDamaged(connection) : count - Number(rows?.['readable'] ?? 0);
    return { credentials: count, damaged, fault: null };
  } catch (error) {
    return unusable(error instanceof Error ? error.message : String(error));
  } finally {
    connection?.close();
  }
}

/** All copies of a store, the newest first, each as it is found now. */
export function listBackups(directory: string, countDamaged: CountDamaged): Backup[] {
  return backupNames(directory).map(({ name, at }) => {
    const path = join(backupFolder(directory), name);
    return { name, at, size: statSync(path).size, ...inspectBackup(path, countDamaged) };
  });
}

/** The newest copy whose file is whole; null without one. For messages: reads until it has found one. */
export function newestWhole(directory: string): string | null {
  return (
    backupNames(directory).find(({ name }) => inspectBackup(join(backupFolder(directory), name), () => 0).fault === null)?.name ?? null
  );
}

/** The newest ones stay, and whatever else happened the newest one in which every row can be read. */
function prune(directory: string, countDamaged: CountDamaged): void {
  const names = backupNames(directory);
  if (names.length <= keptBackups) return;
  const whole = names.find(({ name }) => {
    const { fault, damaged } = inspectBackup(join(backupFolder(directory), name), countDamaged);
    return fault === null && damaged === 0;
  });
  for (const { name } of names.slice(keptBackups)) if (name !== whole?.name) rmSync(join(backupFolder(directory), name), { force: true });
}

export interface DailyBackup {
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly countDamaged: CountDamaged;
}

/**
 * Copies the store with SQLite's online backup unless there is a copy of the last 24 hours; other programs go on reading and
 * writing. The copy has its name only after it was checked. What stands in the way is logged, and stops nobody's work.
 *
 * @returns name of the new copy; null where none was due or possible
 */
export async function backUpDaily(database: Database, { directory, clock, log, countDamaged }: DailyBackup): Promise<string | null> {
  const now = clock.now().getTime();
  // A time that is still to come was another clock's, and says nothing.
  if (backupNames(directory).some(({ at }) => Date.parse(at) <= now && now - Date.parse(at) < day)) return null;
  const folder = backupFolder(directory);
  let part: string | null = null;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const target = freeName(join(folder, `keyring-${stamp(clock.now())}`), '.sqlite');
    part = `${target}.part-${process.pid}`;
    createEmptyFile(part); // so that the copy is 0600 too
    await database.backUpTo(part);
    const { fault, damaged } = inspectBackup(part, countDamaged);
    if (fault !== null) throw new Error(fault);
    renameSync(part, target);
    prune(directory, countDamaged);
    const name = target.slice(folder.length + 1);
    log.info('store.backed-up', { name, damaged });
    return name;
  } catch (error) {
    log.warn('store.not-backed-up', { cause: error });
    if (part !== null) rmSync(part, { force: true });
    return null;
  }
}
