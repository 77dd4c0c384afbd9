import { z } from 'zod';
import type { Database } from '../vault/database.ts';
import type { EwsSwitch } from './exchange-result.ts';

const shape = z.strictObject({
  tenantId: z.guid().toLowerCase(),
  enabled: z.boolean().nullable(),
  allowed: z.array(z.guid()).nullable(),
  source: z.iso.datetime(),
});

/**
 * What Exchange administrators have read of their tenants' switches for EWS, by the script's result; no secret is in it. Synchronous.
 * Throws the faults of `Database`.
 */
export interface EwsSwitches {
  /** Null where nobody has read it, or it cannot be read back. */
  of(tenantId: string): EwsSwitch | null;
  /** An older result does not take the place of a newer one. @returns what is kept now */
  keep(read: EwsSwitch): EwsSwitch;
}

function readRow(document: unknown): EwsSwitch | null {
  try {
    const read = shape.safeParse(JSON.parse(String(document)));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

export function createEwsSwitches(database: Database): EwsSwitches {
  const of = (tenantId: string): EwsSwitch | null =>
    database.read((connection) => {
      const row = connection.prepare('SELECT document FROM ews_switch WHERE tenant_id = ?').get(tenantId);
      return row === undefined ? null : readRow(row['document']);
    });
  return {
    of,
    keep: (read) =>
      database.write((connection) => {
        const kept = shape.parse(read);
        const before = of(kept.tenantId);
        if (before !== null && before.source > kept.source) return before;
        connection
          .prepare(
            'INSERT INTO ews_switch (tenant_id, document) VALUES (?, ?) ON CONFLICT (tenant_id) DO UPDATE SET document = excluded.document',
          )
          .run(kept.tenantId, JSON.stringify(kept));
        return kept;
      }),
  };
}
