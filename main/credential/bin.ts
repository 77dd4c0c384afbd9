import type { Database } from '../vault/database.ts';

/** How long a removed credential and its key can at least be restored, in days; Microsoft keeps a deleted application as long. */
export const binDays = 30;
const day = 24 * 60 * 60 * 1000;

/**
 * What has been in the bin for how long, by the clock of a server: this computer's may have been wrong when the credential
 * was removed, or be wrong now. The days begin when a server's time first finds the credential there.
 */
export interface Bin {
  /** Remembers what is in the bin at this time. */
  sight(now: Date): void;
  /** Whether a credential that was removed then has been in the bin for `binDays`. */
  isOver(credentialId: string, deletedAt: string, now: Date): boolean;
  /** Removes the row for good, if the credential is still in the bin since then; false where it is not. */
  purge(credentialId: string, deletedAt: string): boolean;
}

export function createBin(database: Database): Bin {
  return {
    sight: (now) =>
      void database.write((connection) =>
        connection
          .prepare(
            `INSERT INTO bin_sighting (credential_id, deleted_at, seen_at)
             SELECT id, deleted_at, ?1 FROM credential WHERE deleted_at IS NOT NULL
             ON CONFLICT (credential_id) DO UPDATE SET deleted_at = excluded.deleted_at, seen_at = excluded.seen_at
               WHERE deleted_at IS NOT excluded.deleted_at`,
          )
          .run(now.toISOString()),
      ),
    isOver: (id, deletedAt, now) =>
      database.read(
        (connection) =>
          connection
            .prepare('SELECT 1 FROM bin_sighting WHERE credential_id = ? AND deleted_at = ? AND seen_at <= ?')
            .get(id, deletedAt, new Date(now.getTime() - binDays * day).toISOString()) !== undefined,
      ),
    purge: (id, deletedAt) =>
      database.write((connection) => {
        if (connection.prepare('DELETE FROM credential WHERE id = ? AND deleted_at = ?').run(id, deletedAt).changes !== 1) return false;
        connection.prepare('DELETE FROM bin_sighting WHERE credential_id = ?').run(id);
        return true;
      }),
  };
}
