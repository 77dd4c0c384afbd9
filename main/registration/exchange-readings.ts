import { z } from 'zod';
import type { Database } from '../vault/database.ts';
import type { EwsSwitch, ExchangeLosses } from './exchange-result.ts';

/**
 * What Exchange administrators have read of their tenants, by the results of their scripts: the newest for each tenant. No secret is in
 * it. Synchronous. Throws the faults of `Database`.
 */
export interface ExchangeReadings<T> {
  /** Null where nobody has read it, or it cannot be read back. */
  of(tenantId: string): T | null;
  /** An older result does not take the place of a newer one. @returns what is kept now */
  keep(read: T): T;
}

interface Kind<T> {
  /** Its table; no name from outside. */
  readonly table: 'ews_switch' | 'ews_losses';
  readonly shape: z.ZodType<T>;
  /** When it was read, ISO 8601 UTC. */
  readonly readAt: (read: T) => string;
}

function createReadings<T extends { readonly tenantId: string }>(
  database: Database,
  { table, shape, readAt }: Kind<T>,
): ExchangeReadings<T> {
  const readBack = (document: unknown): T | null => {
    try {
      return shape.safeParse(JSON.parse(String(document))).data ?? null;
    } catch {
      return null;
    }
  };
  const of = (tenantId: string): T | null =>
    database.read((connection) => {
      const row = connection.prepare(`SELECT document FROM ${table} WHERE tenant_id = ?`).get(tenantId);
      return row === undefined ? null : readBack(row['document']);
    });
  return {
    of,
    keep: (read) =>
      database.write((connection) => {
        const kept = shape.parse(read);
        const before = of(kept.tenantId);
        if (before !== null && readAt(before) > readAt(kept)) return before;
        connection
          .prepare(
            `INSERT INTO ${table} (tenant_id, document) VALUES (?, ?) ON CONFLICT (tenant_id) DO UPDATE SET document = excluded.document`,
          )
          .run(kept.tenantId, JSON.stringify(kept));
        return kept;
      }),
  };
}

const tenantId = z.guid().toLowerCase();
const time = z.iso.datetime();

/** The switch of a tenant for EWS and its list. */
export type EwsSwitches = ExchangeReadings<EwsSwitch>;

export const createEwsSwitches = (database: Database): EwsSwitches =>
  createReadings(database, {
    table: 'ews_switch',
    shape: z.strictObject({ tenantId, enabled: z.boolean().nullable(), allowed: z.array(z.guid()).nullable(), source: time }),
    readAt: ({ source }) => source,
  });

/** What a move from EWS would cost a tenant. */
export type ReadLosses = Pick<ExchangeLosses, 'tenantId' | 'at' | 'archives' | 'publicFolders' | 'withoutImap'>;
export type EwsLosses = ExchangeReadings<ReadLosses>;

export const createEwsLosses = (database: Database): EwsLosses =>
  createReadings(database, {
    table: 'ews_losses',
    shape: z.object({
      tenantId,
      at: time,
      archives: z.array(z.string()),
      publicFolders: z.int().nonnegative(),
      withoutImap: z.array(z.string()),
    }),
    readAt: ({ at }) => at,
  });
