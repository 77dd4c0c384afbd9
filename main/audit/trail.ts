import type { SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { redactSecrets } from '../log/redact.ts';
import type { Database } from '../vault/database.ts';
import { storeCorrupted } from '../vault/store-faults.ts';

/**
 * `intent` is written before a request that writes in the tenant, the others after it. `uncertain`: the answer never
 * came, so the tenant has to be read. An `intent` alone means that the process ended in between.
 */
export const auditPhases = ['intent', 'done', 'failed', 'uncertain'] as const;
export type AuditPhase = (typeof auditPhases)[number];

export interface AuditEntry {
  /** Ascending in the order of writing. */
  readonly id: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** One id for everything one run of a verb did. */
  readonly operation: string;
  readonly credentialId: string;
  readonly tenantId: string;
  /** User principal name of the administrator, or what else acted. */
  readonly actor: string;
  readonly phase: AuditPhase;
  /** Kind of the change, e.g. `add-key-credential`. */
  readonly change: string;
  /** What it belongs to, e.g. `consent`; earlier versions wrote the number of the guide's step, e.g. `G18`. */
  readonly step: string | null;
  /** What was changed, e.g. the object id of the application. */
  readonly target: string | null;
  /** What exactly; secrets in it are blanked before it is written. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** Microsoft's request id where there was an answer. */
  readonly correlationId: string | null;
}

export type NewAuditEntry = Omit<AuditEntry, 'id' | 'at' | 'step' | 'target' | 'detail' | 'correlationId'> &
  Partial<Pick<AuditEntry, 'step' | 'target' | 'detail' | 'correlationId'>>;

export interface AuditQuery {
  readonly credentialId?: string;
  readonly operation?: string;
  /**
   * What may have been written at this time or later, by the order of writing: from the first on that says so. Where none does,
   * what comes after the latest: that was written by a clock that was behind.
   */
  readonly since?: Date;
  /** The latest so many. */
  readonly limit?: number;
}

/** Every change made in a tenant, append-only; outlives the credential. Throws the faults of `Database`. */
export interface AuditTrail {
  /** @param check runs before it in the same transaction; what it throws keeps the entry from being written */
  append(entry: NewAuditEntry, check?: () => void): AuditEntry;
  /** In the order of writing. */
  list(query?: AuditQuery): AuditEntry[];
  /** Every write that was begun in the tenant for this credential, whether or not its answer came. */
  writesTo(credentialId: string): AuditEntry[];
}

const auditEntry = z.strictObject({
  id: z.int(),
  at: z.iso.datetime(),
  operation: z.string(),
  credentialId: z.string(),
  tenantId: z.string(),
  actor: z.string(),
  phase: z.enum(auditPhases),
  change: z.string(),
  step: z.string().nullable(),
  target: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  correlationId: z.string().nullable(),
}) satisfies z.ZodType<AuditEntry>;

/** An entry whose detail was spoiled is still evidence that something was done: it is shown, and what stood there with it. */
function detailIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { unreadable: text };
  }
}

const columns = `id, at, operation, credential_id AS credentialId, tenant_id AS tenantId, actor, phase, change, step, target, detail, correlation_id AS correlationId`;

export function createAuditTrail(database: Database, clock: Clock): AuditTrail {
  const read = (row: Record<string, SQLOutputValue>): AuditEntry => {
    const checked = auditEntry.safeParse({ ...row, detail: detailIn(String(row['detail'])) });
    if (checked.success) return checked.data;
    throw storeCorrupted(database.path, `audit ${String(row['id'])}`, checked.error);
  };

  return {
    append: (entry, check) =>
      database.write((connection) => {
        check?.();
        const row = connection
          .prepare(
            `INSERT INTO audit (at, operation, credential_id, tenant_id, actor, phase, change, step, target, detail, correlation_id)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${columns}`,
          )
          .get(
            clock.now().toISOString(),
            entry.operation,
            entry.credentialId,
            entry.tenantId,
            entry.actor,
            entry.phase,
            entry.change,
            entry.step ?? null,
            entry.target ?? null,
            JSON.stringify(redactSecrets(entry.detail ?? {})),
            entry.correlationId ?? null,
          );
        if (row === undefined) throw new Error('INSERT … RETURNING returned no row');
        return read(row);
      }),
    list: ({ credentialId, operation, since, limit = -1 } = {}) =>
      database.read((connection) => {
        const asked = {
          ...(credentialId === undefined ? {} : { credential_id: credentialId }),
          ...(operation === undefined ? {} : { operation }),
        };
        // Only what is asked for, so that an index finds it.
        const own = ['TRUE', ...Object.keys(asked).map((column) => `${column} = :${column}`)].join(' AND ');
        const later = `AND id >= coalesce(
          (SELECT min(id) FROM audit WHERE ${own} AND at >= :since),
          (SELECT id + 1 FROM audit WHERE ${own} ORDER BY at DESC, id DESC LIMIT 1))`;
        return connection
          .prepare(`SELECT ${columns} FROM audit WHERE ${own} ${since === undefined ? '' : later} ORDER BY id DESC LIMIT :limit`)
          .all({ ...asked, ...(since === undefined ? {} : { since: since.toISOString() }), limit })
          .map(read)
          .toReversed();
      }),
    writesTo: (credentialId) =>
      database.read((connection) =>
        connection
          .prepare(`SELECT ${columns} FROM audit WHERE credential_id = ? AND phase = 'intent' ORDER BY id`)
          .all(credentialId)
          .map(read),
      ),
  };
}
