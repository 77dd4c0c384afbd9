import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import { credentialSchema, type CredentialRecord } from './record.ts';
import type { Database } from '../vault/database.ts';
import { isUniqueViolation, storeCorrupted } from '../vault/store-faults.ts';

/** What may change of a stored credential; `updatedAt` is set by the store, `deletedAt` by `softDelete` and `undelete`. */
export type CredentialPatch = Partial<Omit<CredentialRecord, 'id' | 'version' | 'createdAt' | 'updatedAt' | 'deletedAt'>>;

/** Looks, in the transaction of a write, whether its writer may still write. @throws Fault('lease.lost') */
export type WriteGuard = () => void;

/** The credentials of one data directory. Synchronous; every record read is schema-checked. Besides the faults named: those of `Database`. */
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
  /** Also one in the bin; null when there is none. */
  get(id: string): CredentialRecord | null;
  /**
   * What the administrator means: an id, or a name in any case. Looks among the live ones, or with `deleted` in the bin.
   *
   * @throws Fault input.credential.unknown; input.credential.ambiguous when several in the bin have this name
   */
  find(idOrName: string, options?: { readonly deleted?: boolean }): CredentialRecord;
  /** The live one of this name in any case; null when the name is free. */
  withName(name: string): CredentialRecord | null;
  /** Ids of the live ones by name. Reads no record, where `list` reads and checks them all at once. */
  ids(): string[];
  /** Names by id, live ones and those in the bin; reads no record either. */
  names(): ReadonlyMap<string, string>;
  /** The live ones by name; with `deleted` those in the bin, the latest first. */
  list(options?: { readonly deleted?: boolean }): CredentialRecord[];
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

export function createCredentialStore(database: Database, clock: Clock, guard: WriteGuard = () => undefined): CredentialStore {
  const read = (row: Record<string, SQLOutputValue>): CredentialRecord => fromRow(row, database.path);

  const get = (id: string): CredentialRecord | null =>
    database.read((connection) => {
      const row = connection.prepare('SELECT document, version FROM credential WHERE id = ?').get(id);
      return row === undefined ? null : read(row);
    });

  const list: CredentialStore['list'] = ({ deleted = false } = {}) =>
    database.read((connection) =>
      connection
        .prepare(
          deleted
            ? 'SELECT document, version FROM credential WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id'
            : 'SELECT document, version FROM credential WHERE deleted_at IS NULL ORDER BY name_key',
        )
        .all()
        .map(read),
    );

  const byName = (name: string, deleted: boolean): CredentialRecord[] =>
    database.read((connection) =>
      connection
        .prepare('SELECT document, version FROM credential WHERE name_key = ? AND (deleted_at IS NOT NULL) = ?')
        .all(nameKey(name), Number(deleted))
        .map(read),
    );

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
              .prepare(`SELECT id, document ->> '$.name' AS name FROM credential`)
              .all()
              .map(({ id, name }) => [String(id), String(name)]),
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

function fromRow(row: Record<string, SQLOutputValue>, path: string): CredentialRecord {
  const checked = credentialSchema.safeParse(JSON.parse(String(row['document'])));
  if (checked.success) return { ...checked.data, version: Number(row['version']) };
  const where = checked.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw storeCorrupted(path, `credential: ${where}`, checked.error);
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
