import { Fault } from '../../faults.ts';
import type { Engine, Run } from '../engine.ts';
import { underLease } from '../run/under-lease.ts';
import { recordAct } from '../run/act.ts';
import { certificatesOf, type CredentialRecord } from '../../credential/index.ts';
import { requireSettled } from '../run/settled.ts';
import { deleteRegistration, type RegistrationDeletion } from './delete-registration.ts';

export interface RemoveRequest extends RegistrationDeletion {
  /** Id or name; with `purge` also one in the bin. */
  readonly credential: string;
  /** Forget the key now instead of after at least 30 days. */
  readonly purge: boolean;
  /** Also delete application and service principal in the tenant. */
  readonly deleteRegistration: boolean;
}

/** Forgets key and record for good; the audit trail stays. */
async function purge(engine: Engine, record: CredentialRecord): Promise<void> {
  recordAct(engine, record, 'purge-credential', null, { thumbprints: certificatesOf(record).map(({ thumbprint }) => thumbprint) });
  // Earlier certificates may be of ours also where the server holds the key today; what is not here is forgotten already.
  for (const { thumbprint } of certificatesOf(record)) await engine.secrets.forget({ credentialId: record.id, thumbprint });
  engine.store.purge(record.id);
  engine.log.info('credential.purged', { credential: record.id });
}

/** The credential that a removal is about. @throws Fault input.credential.unknown, input.credential.ambiguous */
export function findToRemove(engine: Engine, request: Pick<RemoveRequest, 'credential' | 'purge'>): CredentialRecord {
  try {
    return engine.store.find(request.credential);
  } catch (error) {
    const unknown = error instanceof Fault && error.code === 'input.credential.unknown';
    if (!unknown || !request.purge) throw error;
    return engine.store.find(request.credential, { deleted: true });
  }
}

/**
 * Takes a credential out of the list. Its key stays for at least 30 days unless purged; the registration in the tenant stays
 * unless asked otherwise.
 *
 * @throws Fault input.credential.unknown, lease.held, the faults of `deleteRegistration`
 */
export async function remove(engine: Engine, request: RemoveRequest, run: Run): Promise<CredentialRecord> {
  const { id } = findToRemove(engine, request);
  return underLease(engine, id, run, async (leased, leasedRun) => {
    const record = findToRemove(leased, request);
    // Into the bin, from which it can be restored, it may go all the same.
    if (request.deleteRegistration || request.purge) requireSettled(leased, record);
    if (request.deleteRegistration) await deleteRegistration(leased, record, request, leasedRun);
    const removed = record.deletedAt === null ? leased.store.softDelete(id, leased.clock.now()) : record;
    recordAct(leased, removed, 'remove-credential', null, { registrationDeleted: request.deleteRegistration });
    leased.log.info('credential.removed', { credential: id, registrationDeleted: request.deleteRegistration });
    if (request.purge) await purge(leased, removed);
    return removed;
  });
}
