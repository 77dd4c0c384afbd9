import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { Fault } from '../faults.ts';

import { credentialSchema, type CredentialRecord } from './record.ts';

/** A row of the store that cannot be read: set aside, never deleted by itself, and no hindrance to the others. */
export interface DamagedRow {
  /** As it stands in the row; whatever names it on the command line. */
  readonly id: string;
  /** Of the credential; null where that cannot be read either. */
  readonly name: string | null;
  /** What is wrong, in technical words. */
  readonly reason: string;
  /** In the bin. */
  readonly deleted: boolean;
}

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** What `readRow` needs of a row. */
export const rowColumns = 'id, name_key, deleted_at, document, version';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const nameIn = (document: unknown): string | null =>
  typeof document === 'object' && document !== null && 'name' in document ? text(document.name) : null;

/** The record of a row, or what is wrong with it. Never throws: whatever stands in a row stops nothing else. */
export function readRow(row: Row): CredentialRecord | DamagedRow {
  const id = String(row['id']);
  const deleted = row['deleted_at'] !== null;
  const damaged = (reason: string, document?: unknown): DamagedRow => ({
    id,
    name: nameIn(document) ?? text(row['name_key']),
    reason,
    deleted,
  });
  let document: unknown;
  try {
    document = JSON.parse(String(row['document']));
  } catch (error) {
    return damaged(error instanceof Error ? error.message : String(error));
  }
  const checked = credentialSchema.safeParse(document);
  if (!checked.success)
    return damaged(
      checked.error.issues
        .map((issue) => (issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys.join(' ')] : issue.path).join('.'))
        .join(', '),
      document,
    );
  const { data } = checked;
  if (data.id.toLowerCase() !== id.toLowerCase()) return damaged(`id ${data.id}`, document);
  if (data.deletedAt !== row['deleted_at']) return damaged(`deletedAt ${String(row['deleted_at'])}`, document);
  return { ...data, version: Number(row['version']) };
}

export const isDamaged = (row: CredentialRecord | DamagedRow): row is DamagedRow => 'reason' in row;
export const isReadable = (row: CredentialRecord | DamagedRow): row is CredentialRecord => !isDamaged(row);

/** What is read of a store, or the fault of the damaged row that stands there: for those whose work goes on all the same. */
export function orDamaged<T>(read: () => T): T | Fault {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault && error.code === 'store.row-damaged') return error;
    throw error;
  }
}

/** As `get` of a store, for those who go through many: a damaged row is an answer. */
export function readable(store: { get(id: string): CredentialRecord | null }, id: string): CredentialRecord | 'damaged' | null {
  const found = orDamaged(() => store.get(id));
  return found instanceof Fault ? 'damaged' : found;
}

/** All rows that cannot be read, those in the bin too. */
export function damagedRows(connection: DatabaseSync): DamagedRow[] {
  const found: DamagedRow[] = [];
  // One after another: of thousands of good ones nothing has to be kept.
  for (const row of connection.prepare(`SELECT ${rowColumns} FROM credential ORDER BY name_key, id`).iterate()) {
    const read = readRow(row);
    if (isDamaged(read)) found.push(read);
  }
  return found;
}

/** The fault that stands for a damaged row wherever it is asked for by itself. */
export const damagedFault = ({ id, name, reason }: DamagedRow): Fault =>
  new Fault('store.row-damaged', { params: { id, name: name ?? id, reason } });
