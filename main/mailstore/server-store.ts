import { Fault } from '../faults.ts';
import type { Database } from '../vault/database.ts';
import { isUniqueViolation } from '../vault/store-faults.ts';
import { serverSchema, type ServerRecord } from './server-record.ts';

/** The servers of one data directory. Synchronous. Throws the faults of `Database` besides those named. */
export interface ServerStore {
  /** By name; what cannot be read is left out. */
  list(): ServerRecord[];
  /** Ids of all rows, also of those that cannot be read: their passwords are needed as long as they are there. */
  ids(): string[];
  /** By id, or by name in any case. @throws Fault server.unknown */
  find(idOrName: string): ServerRecord;
  /** @throws Fault server.name-taken */
  insert(record: ServerRecord): void;
  /**
   * Changes these fields of the server as it is now, and no others.
   *
   * @throws Fault server.unknown, server.name-taken
   */
  change(id: string, patch: Partial<Omit<ServerRecord, 'id'>>): ServerRecord;
  /** False when there was none. */
  remove(id: string): boolean;
}

const nameKey = (name: string): string => name.trim().normalize('NFC').toLowerCase();

function readRow(document: unknown): ServerRecord | null {
  try {
    const read = serverSchema.safeParse(JSON.parse(String(document)));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** A name that is taken, as a fault. */
function naming<T>(name: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw isUniqueViolation(error) ? new Fault('server.name-taken', { params: { name }, cause: error }) : error;
  }
}

export function createServerStore(database: Database): ServerStore {
  const rows = () => database.read((connection) => connection.prepare('SELECT id, document FROM server ORDER BY name_key').all());
  const list = () => rows().flatMap(({ document }) => readRow(document) ?? []);
  const find = (idOrName: string): ServerRecord => {
    const key = nameKey(idOrName);
    const found = list().find(({ id, name }) => id === key || nameKey(name) === key);
    if (found === undefined) throw new Fault('server.unknown', { params: { name: idOrName } });
    return found;
  };
  return {
    list,
    ids: () => rows().map(({ id }) => String(id)),
    find,
    insert: (record) =>
      naming(record.name, () =>
        database.write((connection) => {
          connection
            .prepare('INSERT INTO server (id, name_key, document) VALUES (?, ?, ?)')
            .run(record.id, nameKey(record.name), JSON.stringify(serverSchema.parse(record)));
        }),
      ),
    change: (id, patch) =>
      naming(patch.name ?? '', () =>
        database.write((connection) => {
          const changed = serverSchema.parse({ ...find(id), ...patch, id });
          connection
            .prepare('UPDATE server SET name_key = ?, document = ? WHERE id = ?')
            .run(nameKey(changed.name), JSON.stringify(changed), id);
          return changed;
        }),
      ),
    remove: (id) => database.write((connection) => connection.prepare('DELETE FROM server WHERE id = ?').run(id).changes === 1),
  };
}
