import { z } from 'zod';
import type { Database } from '../vault/database.ts';

const time = z.iso.datetime();

/** By the server's own clock, and the number of the last run that it told then. */
const look = z.strictObject({ at: time, lastRun: z.int().min(0) });
export type Look = z.infer<typeof look>;

const linkSchema = z.strictObject({
  serverId: z.guid(),
  /** Of a Service Provider Edition. */
  instance: z.string().nullable(),
  /** When the server first showed this certificate, with this permission profile as the current one. */
  shown: look
    .extend({
      thumbprint: z.string(),
      profile: z.string(),
      /** Number of the first run that certainly started since; null while there is none. */
      certain: z.int().nullable(),
    })
    .nullable(),
  /** The latest look at its runs. */
  looked: look.nullable(),
});

/** Which server, and which of its instances, a credential is in. */
export type ServerLink = Readonly<z.infer<typeof linkSchema>>;

/** Kept beside the credentials. Synchronous; throws the faults of `Database`. */
export interface ServerLinks {
  /** Null where there is none, or it cannot be read. */
  of(credentialId: string): ServerLink | null;
  keep(credentialId: string, link: ServerLink): void;
  /** Ids of the credentials that are in this server. */
  credentialsIn(serverId: string): string[];
  forget(credentialId: string): void;
  /** Forgets every link to this server. */
  forgetServer(serverId: string): void;
}

function read(document: unknown): ServerLink | null {
  try {
    return linkSchema.safeParse(JSON.parse(String(document))).data ?? null;
  } catch {
    return null;
  }
}

export function createServerLinks(database: Database): ServerLinks {
  return {
    of: (id) => {
      const row = database.read((connection) => connection.prepare('SELECT document FROM server_link WHERE credential_id = ?').get(id));
      return row === undefined ? null : read(row['document']);
    },
    keep: (id, link) =>
      void database.write((connection) =>
        connection
          .prepare(
            'INSERT INTO server_link (credential_id, document) VALUES (?, ?) ON CONFLICT (credential_id) DO UPDATE SET document = excluded.document',
          )
          .run(id, JSON.stringify(linkSchema.parse(link))),
      ),
    credentialsIn: (serverId) =>
      database
        .read((connection) =>
          connection
            .prepare(`SELECT credential_id FROM server_link WHERE document ->> '$.serverId' = ? ORDER BY credential_id`)
            .all(serverId),
        )
        .map((row) => String(row['credential_id'])),
    forget: (id) => void database.write((connection) => connection.prepare('DELETE FROM server_link WHERE credential_id = ?').run(id)),
    forgetServer: (serverId) =>
      void database.write((connection) => connection.prepare(`DELETE FROM server_link WHERE document ->> '$.serverId' = ?`).run(serverId)),
  };
}
