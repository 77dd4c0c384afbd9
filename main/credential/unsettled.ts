import type { DatabaseSync } from 'node:sqlite';
import type { Database } from '../vault/database.ts';

/**
 * Credentials of which their tenant may have more than this store knows: it was restored from a backup, or their row was
 * damaged and taken out. Until the tenant was read, nothing of them is rotated or removed, and none of their keys is called
 * unneeded.
 */
export interface Unsettled {
  has(credentialId: string): boolean;
  /** The tenant was read, and what it has is in the record. */
  settle(credentialId: string): void;
  /** This store was once restored from a backup, so it may never have known a credential whose key is in the keychain. */
  wasRestored(): boolean;
}

/** As the trail names the restoration of a store. */
export const restoration = 'restore-store';

/** Within a transaction of the caller's. */
export function unsettle(connection: DatabaseSync, credentialIds: readonly string[], at: Date): void {
  const insert = connection.prepare('INSERT OR REPLACE INTO unsettled (credential_id, since) VALUES (?, ?)');
  for (const id of credentialIds) insert.run(id, at.toISOString());
}

export function createUnsettled(database: Database): Unsettled {
  return {
    has: (id) => database.read((connection) => connection.prepare('SELECT 1 FROM unsettled WHERE credential_id = ?').get(id) !== undefined),
    settle: (id) => void database.write((connection) => connection.prepare('DELETE FROM unsettled WHERE credential_id = ?').run(id)),
    wasRestored: () =>
      database.read((connection) => connection.prepare('SELECT 1 FROM audit WHERE change = ? LIMIT 1').get(restoration) !== undefined),
  };
}
