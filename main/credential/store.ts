import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import { damagedFault, damagedRows, isDamaged, isReadable, readRow, rowColumns, type DamagedRow, type Row } from './damaged.ts';
import { credentialSchema, type CredentialRecord } from './record.ts';
import { unsettle } from './unsettled.ts';
import type { Database } from '../vault/database.ts';
import { isUniqueViolation } from '../vault/store-faults.ts';

/** What may change of a stored credential; `updatedAt` is set by the store, `deletedAt` by `softDelete` and `undelete`. */
export type CredentialPatch = Partial<Omit<CredentialRecord, 'id' | 'version' | 'createdAt' | 'updatedAt' | 'deletedAt'>>;

/** Looks, in the transaction of a write, whether its writer may still write. @throws Fault('lease.lost') */
export type WriteGuard = () => void;

/**
 * The credentials of one data directory. Synchronous; every record read is schema-checked. A row that cannot be read stops
 * no other: lists leave it out, `damaged` names it, and who asks for it by itself gets Fault store.row-damaged. Besides the
 * faults named: those of `Database`.
 */
export interface CredentialStore {
  /** @throws Fault input.name.taken when a live credential has this name in any case */
  insert(record: CredentialRecord): void;
  /** All of them, or none. @throws as `insert` */
  insertAll(records: readonly CredentialRecord[]): void;
  /**
   * Changes these fields of the credential as it was read: compare and set.
   *
   * @param version of the record that the caller read
   * @throws Fault store.changed when somebody has changed it since: read again; input.credential.unknown, input.name.taken
   */
  update(id: string, version: number, patch: CredentialPatch): CredentialRecord;
  /**
   * Reads and changes in one transaction: `decide` gets the credential as it is now, also one in the bin, and names the fields
   * it owns; with null nothing is written. Nothing else may happen in it.
   *
   * @throws Fault input.credential.unknown, input.name.taken, and what `decide` throws
   */
  change(id: string, decide: (record: CredentialRecord) => CredentialPatch | null): CredentialRecord;
  /** Also one in the bin; null when there is none. @throws Fault store.row-damaged */
  get(id: string): CredentialRecord | null;
  /**
   * What the administrator means: an id, or a name in any case. Looks among the live ones, or with `deleted` in the bin.
   *
   * @throws Fault input.credential.unknown; input.credential.ambiguous when several in the bin have this name; store.row-damaged
   */
  find(idOrName: string, options?: { readonly deleted?: boolean }): CredentialRecord;
  /** The live one of this name in any case; null when the name is free. @throws Fault store.row-damaged */
  withName(name: string): CredentialRecord | null;
  /** Ids of the live ones by name, damaged rows too. Reads no record, where `list` reads and checks them all at once. */
  ids(): string[];
  /** Names by id, live ones and those in the bin; reads no record either. */
  names(): ReadonlyMap<string, string>;
  /** The live ones by name; with `deleted` those in the bin, the latest first. */
  list(options?: { readonly deleted?: boolean }): CredentialRecord[];
  /** The rows that cannot be read, live ones and those in the bin. */
  damaged(): DamagedRow[];
  /** What stands in a damaged row, to the letter; null when there is none of this id, or it can be read. */
  damagedDocument(id: string): string | null;
  /**
   * Removes a damaged row for good, if this still stands in it. Its keys stay in the keychain, and count as needed: what the
   * tenant has of it is not known here.
   */
  discardDamaged(id: string, document: string, at: Date): boolean;
  /** Puts a credential in the bin; its name becomes free. @throws Fault input.credential.unknown */
  softDelete(id: string, at: Date): CredentialRecord;
  /** @throws Fault input.credential.unknown, input.name.taken */
  undelete(id: string): CredentialRecord;
  /** Removes the row for good; the audit trail stays. False when there was none. */
  purge(id: string): boolean;
  /** Changes when another process or connection has written. */
  dataVersion(): number;
  /** The same store for a run that holds a lease: each of its writes is checked by `guard` in its own transaction. */
  guardedBy(guard: WriteGuard): CredentialStore;
}

function read(row: Row): CredentialRecord {
  const found = readRow(row);
  if (isDamaged(found)) throw damagedFault(found);
  return found;
}

export function createCredentialStore(database: Database, clock: Clock, guard: WriteGuard = () => undefined): CredentialStore {
  const get = (id: string): CredentialRecord | null =>
    database.read((connection) => {
      const row = connection.prepare(`SELECT ${rowColumns} FROM credential WHERE id = ?`).get(id);
      return row === undefined ? null : read(row);
    });

  const list: CredentialStore['list'] = ({ deleted = false } = {}) =>
    database.read((connection) =>
      connection
        .prepare(
          deleted
            ? `SELECT ${rowColumns} FROM credential WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id`
            : `SELECT ${rowColumns} FROM credential WHERE deleted_at IS NULL ORDER BY name_key`,
        )
        .all()
        .map(readRow)
        .filter(isReadable),
    );

  /** The readable ones; where there is none, the damaged one speaks for itself. */
  const byName = (name: string, deleted: boolean): CredentialRecord[] => {
    const rows = database.read((connection) =>
      connection
        .prepare(`SELECT ${rowColumns} FROM credential WHERE name_key = ? AND (deleted_at IS NOT NULL) = ?`)
        .all(nameKey(name), Number(deleted)),
    );
    const readable = rows.map(readRow).filter(isReadable);
    return readable.length > 0 ? readable : rows.map(read);
  };

  const find: CredentialStore['find'] = (typed, { deleted = false } = {}) => {
    const idOrName = typed.trim();
    const byId = get(idOrName);
    if (byId !== null && (byId.deletedAt !== null) === deleted) return byId;
    const found = byName(idOrName, deleted);
    if (found.length > 1)
      throw new Fault('input.credential.ambiguous', { params: { credential: idOrName, ids: found.map(({ id }) => id).join(', ') } });
    return found[0] ?? unknown(idOrName);
  };

  const write = <T>(work: (connection: DatabaseSync) => T): T =>
    database.write((connection) => {
      guard();
      return work(connection);
    });

  const replace = (id: string, changed: (record: CredentialRecord) => CredentialRecord | null): CredentialRecord =>
    write((connection) => {
      const before = get(id) ?? unknown(id);
      const after = changed(before);
      if (after === null) return before;
      const record = { ...after, updatedAt: now(), version: before.version + 1 };
      const row = toRow(record);
      return named(record, () => {
        connection
          .prepare('UPDATE credential SET name_key = ?, deleted_at = ?, document = ?, version = ? WHERE id = ?')
          .run(row.nameKey, row.deletedAt, row.document, record.version, row.id);
        return record;
      });
    });

  const now = (): string => clock.now().toISOString();

  const insert = (record: CredentialRecord): void =>
    write((connection) => {
      const row = toRow(record);
      named(record, () =>
        connection
          .prepare('INSERT INTO credential (id, name_key, deleted_at, document, version) VALUES (?, ?, ?, ?, 1)')
          .run(row.id, row.nameKey, row.deletedAt, row.document),
      );
    });

  return {
    get,
    list,
    find,
    withName: (name) => byName(name, false)[0] ?? null,
    ids: () =>
      database.read((connection) =>
        connection
          .prepare('SELECT id FROM credential WHERE deleted_at IS NULL ORDER BY name_key')
          .all()
          .map(({ id }) => String(id)),
      ),
    names: () =>
      database.read(
        (connection) =>
          new Map(
            connection
              // What is no JSON, SQLite refuses to look into.
              .prepare(`SELECT id, CASE WHEN json_valid(document) THEN document ->> '$.name' END AS name, name_key FROM credential`)
              .all()
              .map(({ id, name, name_key }) => [String(id), String(name ?? name_key)]),
          ),
      ),
    insert,
    insertAll: (records) => write(() => records.forEach(insert)),
    update: (id, version, patch) =>
      replace(id, (record) => {
        if (record.version !== version) throw new Fault('store.changed', { params: { name: record.name } });
        return patched(record, patch);
      }),
    change: (id, decide) => replace(id, (record) => patched(record, decide(record))),
    softDelete: (id, at) => replace(id, (record) => ({ ...record, deletedAt: at.toISOString() })),
    undelete: (id) => replace(id, (record) => ({ ...record, deletedAt: null })),
    purge: (id) => write((connection) => connection.prepare('DELETE FROM credential WHERE id = ?').run(id).changes === 1),
    damaged: () => database.read(damagedRows),
    damagedDocument: (id) =>
      database.read((connection) => {
        const row = connection.prepare(`SELECT ${rowColumns} FROM credential WHERE id = ?`).get(id);
        return row === undefined || isReadable(readRow(row)) ? null : String(row['document']);
      }),
    discardDamaged: (id, document, at) =>
      write((connection) => {
        if (connection.prepare('DELETE FROM credential WHERE id = ? AND document = ?').run(id, document).changes !== 1) return false;
        unsettle(connection, [id], at);
        return true;
      }),
    dataVersion: () => database.dataVersion(),
    guardedBy: (given) => createCredentialStore(database, clock, given),
  };
}

const patched = (record: CredentialRecord, patch: CredentialPatch | null): CredentialRecord | null =>
  patch === null ? null : { ...record, ...patch };

/** Names are one and the same when they differ in case or in how accents are composed; not the user's locale, so that a store reads alike everywhere. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Writing what could not be read back is a bug, so it throws a plain error. */
function toRow(record: CredentialRecord): { id: string; nameKey: string; deletedAt: string | null; document: string } {
  const { version: _version, ...document } = record;
  const checked = credentialSchema.parse(document);
  return { id: checked.id, nameKey: nameKey(checked.name), deletedAt: checked.deletedAt, document: JSON.stringify(checked) };
}

function named<T>(record: CredentialRecord, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isUniqueViolation(error) ? new Fault('input.name.taken', { cause: error, params: { name: record.name } }) : error;
  }
}

function unknown(credential: string): never {
  throw new Fault('input.credential.unknown', { params: { credential } });
}
