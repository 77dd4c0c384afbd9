import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import { backupFolder, backupNames, inspectBackup } from './backups.ts';
import { databaseFile, freeName, refuseWhileOpen, stamp } from './database-file.ts';
import { inTransaction, migrate } from './database.ts';
import { migrations } from './migrations.ts';
import { asStoreFault } from './store-faults.ts';

export interface RestoredStore {
  /** Where the store that was there is now; null where there was none. */
  readonly setAside: string | null;
}

export interface RestoreRequest {
  readonly directory: string;
  /** Of the copy. */
  readonly name: string;
  readonly clock: Clock;
  /** Who asked for it, for the trail. */
  readonly actor: string;
}

type Row = Record<string, SQLOutputValue>;

const entryColumns = 'id, at, operation, credential_id, tenant_id, actor, phase, change, step, target, detail, correlation_id';
const entryNames = entryColumns.split(', ');

/** What the store that is replaced knows and its older copy does not: entries of the trail, and ids of credentials. */
function newerThan(copy: DatabaseSync, path: string): { readonly entries: readonly Row[]; readonly credentialIds: readonly string[] } {
  if (!existsSync(path)) return { entries: [], credentialIds: [] };
  let replaced: DatabaseSync | undefined;
  try {
    replaced = new DatabaseSync(path, { readOnly: true });
    const credentialIds = replaced
      .prepare('SELECT id FROM credential')
      .all()
      .map(({ id }) => String(id));
    const last = copy.prepare(`SELECT ${entryColumns} FROM audit ORDER BY id DESC LIMIT 1`).get();
    const same = last === undefined ? null : replaced.prepare(`SELECT ${entryColumns} FROM audit WHERE id = ?`).get(last['id'] ?? 0);
    // A store that was begun anew counts its own entries: they continue nothing.
    const continues = last === undefined || JSON.stringify(same) === JSON.stringify(last);
    const entries = continues ? replaced.prepare(`SELECT ${entryColumns} FROM audit WHERE id > ? ORDER BY id`).all(last?.['id'] ?? 0) : [];
    return { entries, credentialIds };
  } catch {
    return { entries: [], credentialIds: [] }; // it is damaged, which may be why it is replaced
  } finally {
    replaced?.close();
  }
}

/** Makes a copy of today's format out of the backup, in which is written that it was restored. */
function prepare(prepared: string, path: string, { name, clock, actor }: RestoreRequest): void {
  const copy = new DatabaseSync(prepared, { enableForeignKeyConstraints: true, defensive: true });
  try {
    migrate(copy, migrations);
    const { entries, credentialIds } = newerThan(copy, path);
    const now = clock.now().toISOString();
    inTransaction(copy, () => {
      copy.exec('DELETE FROM lease; DELETE FROM bin_sighting');
      // The trail is never shorter than it was: it tells what was written in which tenant.
      const append = copy.prepare(`INSERT INTO audit (${entryColumns}) VALUES (${entryNames.map(() => '?').join(', ')})`);
      for (const entry of entries) append.run(...entryNames.map((column) => entry[column] ?? null));
      copy
        .prepare(
          `INSERT INTO audit (at, operation, credential_id, tenant_id, actor, phase, change, target, detail)
           VALUES (?, ?, '', '', ?, 'done', 'restore-store', ?, '{}')`,
        )
        .run(now, randomUUID(), actor, name);
      const unsettle = copy.prepare('INSERT OR REPLACE INTO unsettled (credential_id, since) VALUES (?, ?)');
      const own = copy.prepare('SELECT id FROM credential').all();
      for (const id of new Set([...own.map((row) => String(row['id'])), ...credentialIds])) unsettle.run(id, now);
    });
    copy.exec('PRAGMA journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

/** The store as a copy under another name; its journal moves there, so that it is never taken for the next one's. */
function setAside(path: string, now: Date): string | null {
  if (!existsSync(path)) return null;
  const target = freeName(path.replace(/\.sqlite$/, `.set-aside-${stamp(now)}`), '.sqlite');
  copyFileSync(path, target);
  for (const tail of ['-wal', '-shm']) if (existsSync(path + tail)) renameSync(path + tail, target + tail);
  return target;
}

/**
 * Puts a backup in the place of the store. What was there is set aside and nothing is deleted; a stop at any moment leaves
 * the old store or the new one. In the restored one every credential is unsettled: its tenant may have what happened since.
 *
 * @throws Fault store.backup-unknown, store.backup-damaged, store.busy while another program has the store open, data.*
 */
export function restoreBackup(request: RestoreRequest): RestoredStore {
  const { directory, name, clock } = request;
  const path = join(directory, databaseFile);
  const source = join(backupFolder(directory), name);
  if (!backupNames(directory).some((backup) => backup.name === name))
    throw new Fault('store.backup-unknown', { params: { name, folder: backupFolder(directory) } });
  const { fault } = inspectBackup(source, () => 0);
  if (fault !== null) throw new Fault('store.backup-damaged', { params: { name, detail: fault } });
  const prepared = freeName(join(directory, `keyring.restoring-${stamp(clock.now())}`), '.sqlite');
  try {
    // A second line of defence, so that nothing is prepared in vain: what counts is the look directly before the store is replaced.
    if (existsSync(path)) refuseWhileOpen(path);
    copyFileSync(source, prepared);
    prepare(prepared, path, request);
    if (existsSync(path)) refuseWhileOpen(path);
    const aside = setAside(path, clock.now());
    renameSync(prepared, path);
    return { setAside: aside };
  } catch (error) {
    rmSync(prepared, { force: true });
    throw asStoreFault(error, path);
  }
}
