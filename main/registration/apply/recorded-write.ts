import type { AuditTrail } from '../../audit/index.ts';
import type { LeaseHolder } from '../../credential/index.ts';
import { GraphFailure, wasNeverSent } from '../../directory/index.ts';
import type { PlannedChange } from '../change.ts';
import { madeOnce } from './unanswered.ts';

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
  /** Looks in the transaction of the intent whether these changes may still be made. @throws Fault('store.changed') */
  readonly allows?: (changes: readonly PlannedChange[]) => void;
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
 * @param once it makes something new each time it is executed, so after a lost answer it is looked up before it is repeated
 * @throws GraphFailure of any other kind; Fault lease.lost, and what `allows` throws, before anything is sent
 */
export async function recordedWrite<T>(
  record: WriteRecord,
  changes: readonly PlannedChange[],
  target: string,
  request: () => Promise<T>,
  { once = false }: { readonly once?: boolean } = {},
): Promise<T | null> {
  const [first] = changes;
  if (first === undefined) return null;
  const { trail, lease, allows, ...who } = record;
  const names = once ? changes.map(({ change }) => madeOnce(change)).filter((name) => name !== null) : [];
  const detail = { changes: changes.map(detailOf), ...(names.length > 0 ? { once: names } : {}) };
  const entry = { ...who, change: first.change.change, step: first.step, target, detail };
  // Its lease is checked and renewed in the same transaction.
  trail.append({ ...entry, phase: 'intent' }, () => {
    lease.renew();
    allows?.(changes);
  });
  try {
    const result = await request();
    trail.append({ ...entry, phase: 'done' });
    return result;
  } catch (error) {
    const failure = error instanceof GraphFailure ? error : null;
    const told = { ...detail, error: failure ? `${failure.status} ${failure.code}: ${failure.message}` : String(error) };
    const correlationId = failure?.requestId ?? null;
    if (failure?.kind === 'already-there') {
      trail.append({ ...entry, phase: 'done', detail: told, correlationId });
      return null;
    }
    // An abort or anything else unexpected leaves open whether Microsoft executed the request.
    const certain = failure !== null && (failure.kind !== 'uncertain' || wasNeverSent(failure));
    trail.append({ ...entry, phase: certain ? 'failed' : 'uncertain', detail: told, correlationId });
    throw error;
  }
}
