import type { AuditTrail } from '../../audit/index.ts';
import type { LeaseHolder } from '../../credential/index.ts';
import { GraphFailure } from '../../directory/directory.ts';
import type { PlannedChange } from '../change.ts';

/** Who writes, for whom, in which run: the same for every write of one apply. */
export interface WriteRecord {
  readonly trail: AuditTrail;
  /** Of the run: without it nothing is written. */
  readonly lease: LeaseHolder;
  readonly operation: string;
  readonly credentialId: string;
  readonly tenantId: string;
  /** User principal name of the administrator. */
  readonly actor: string;
}

/** What the trail says about one change; certificates by thumbprint, never the whole. */
function detailOf({ change, step }: PlannedChange): Record<string, unknown> {
  if (change.change !== 'add-key-credential') return { ...change, step };
  const { keyId, thumbprint, notAfter, subject } = change.certificate;
  return { change: change.change, step, keyId, thumbprint, notAfter, subject };
}

/**
 * Runs one writing request with its entries in the trail: `intent` before it, then `done`, `failed` or `uncertain`.
 * `alreadyThere` is success: somebody, perhaps an interrupted run, did it before.
 *
 * @throws GraphFailure of any other kind; Fault('lease.lost') before anything is sent
 */
export async function recordedWrite<T>(
  record: WriteRecord,
  changes: readonly PlannedChange[],
  target: string,
  request: () => Promise<T>,
): Promise<T | null> {
  const [first] = changes;
  if (first === undefined) return null;
  const { trail, lease, ...who } = record;
  const entry = { ...who, change: first.change.change, step: first.step, target, detail: { changes: changes.map(detailOf) } };
  // Its lease is checked and renewed in the same transaction.
  trail.append({ ...entry, phase: 'intent' }, () => lease.renew());
  try {
    const result = await request();
    trail.append({ ...entry, phase: 'done' });
    return result;
  } catch (error) {
    const failure = error instanceof GraphFailure ? error : null;
    const detail = { ...entry.detail, error: failure ? `${failure.status} ${failure.code}: ${failure.message}` : String(error) };
    const correlationId = failure?.requestId ?? null;
    if (failure?.kind === 'already-there') {
      trail.append({ ...entry, phase: 'done', detail, correlationId });
      return null;
    }
    // An abort or anything else unexpected leaves open whether Microsoft executed the request.
    trail.append({ ...entry, phase: failure !== null && failure.kind !== 'uncertain' ? 'failed' : 'uncertain', detail, correlationId });
    throw error;
  }
}
