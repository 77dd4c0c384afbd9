import { randomUUID } from 'node:crypto';
import { graphFault } from '../../directory/index.ts';
import { GraphFailure, type Directory } from '../../directory/directory.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import { recordedWrite } from '../../registration/apply/recorded-write.ts';
import { collectFindings } from '../../registration/plan/findings.ts';
import { observe } from '../../registration/observe/index.ts';
import { checkTenant, signInAdministrator } from '../../registration/operations/administrator.ts';
import { desiredRegistration } from '../../registration/operations/desired-registration.ts';
import type { Engine, Run } from '../../registration/operations/engine.ts';
import type { CredentialRecord } from '../../vault/credential.ts';

/** How long a removed credential and its key can be restored; Microsoft keeps a deleted application as long. */
export const binDays = 30;
const day = 24 * 60 * 60 * 1000;

export interface RemoveRequest {
  /** Id or name; with `purge` also one in the bin. */
  readonly credential: string;
  /** Forget the key now instead of in 30 days. */
  readonly purge: boolean;
  /** Also delete application and service principal in the tenant. */
  readonly deleteRegistration: boolean;
  /** The credential's name, typed; asked for before a registration is deleted, whatever else was confirmed. */
  readonly confirmName?: string;
  /** Where the full export of the registration is written first. */
  readonly exportTo: string;
}

/** @throws Fault removal.* */
async function deleteRegistration(engine: Engine, record: CredentialRecord, request: RemoveRequest, run: Run): Promise<void> {
  if (record.adopted) throw new Fault('removal.adopted', { params: { name: record.name } });
  if (request.confirmName !== record.name) throw new Fault('removal.name-not-confirmed', { params: { name: record.name } });
  const { objectId } = record;
  if (objectId === null) throw new Fault('removal.not-registered', { params: { name: record.name } });
  const connection = engine.connect(record.cloud);
  const administrator = await signInAdministrator(connection, record.cloud, run, run.tenant ?? record.tenantId);
  try {
    const desired = desiredRegistration(record, []);
    const observed = await observe(administrator.reader, desired, record, engine.clock, run.signal);
    checkTenant(observed, administrator, record.tenantId);
    const { application } = observed;
    // A run that was stopped between the deletion and the store has only the store left to do.
    if (application === null && engine.trail.writesTo(record.id).at(-1)?.change === 'delete-application') return;
    if (application === null) throw new Fault('registration.application-missing', { params: { clientId: record.clientId ?? '', tenant: record.tenantName } });
    const foreign = collectFindings(desired, observed).filter(({ finding }) => finding.finding === 'foreign-key-credential' || finding.finding === 'expired-key-credential');
    if (foreign.length > 0) throw new Fault('removal.foreign-keys', { params: { name: record.name, keys: foreign.map(({ finding }) => finding.params['name'] || finding.id).join(', ') } });
    await exportRegistration(administrator.writer, objectId, record, request.exportTo);
    const write = { trail: engine.trail, operation: randomUUID(), credentialId: record.id, tenantId: record.tenantId, actor: administrator.session.username };
    const change = { change: { change: 'delete-application', objectId } as const, step: 'G2', removes: true };
    await recordedWrite(write, [change], objectId, () => administrator.writer.deleteApplication(objectId));
  } catch (error) {
    throw error instanceof GraphFailure ? graphFault(error, { step: 'remove' }) : error;
  } finally {
    await administrator.session.forget();
  }
}

/** Everything Graph says of the application, so that it could be made again by hand. Holds no secret. */
async function exportRegistration(directory: Directory, objectId: string, record: CredentialRecord, path: string): Promise<void> {
  const application = await directory.read(`/applications/${objectId}`);
  const { keyCredentials } = await directory.read<{ keyCredentials?: unknown }>(`/applications/${objectId}?$select=keyCredentials`);
  const { proof: _proof, ...credential } = record;
  await writeNewFile(path, Buffer.from(`${JSON.stringify({ credential, application, keyCredentials }, null, 2)}\n`), { force: false });
}

/** Forgets key and record for good; the audit trail stays. */
async function purge(engine: Engine, record: CredentialRecord): Promise<void> {
  // Earlier certificates may be of ours also where the server holds the key today.
  const current = record.custody === 'keyring' && record.certificate !== null ? [record.certificate] : [];
  for (const { thumbprint } of [...current, ...record.earlierCertificates]) await engine.secrets.forget({ credentialId: record.id, thumbprint });
  engine.store.purge(record.id);
  engine.log.info('credential.purged', { credential: record.id });
}

/**
 * Purges what has been in the bin for 30 days; called whenever the services are opened. What the keychain does not let
 * go of now stays in the bin until it does.
 */
export async function emptyBin(engine: Engine): Promise<void> {
  const limit = engine.clock.now().getTime() - binDays * day;
  for (const record of engine.store.list({ deleted: true })) {
    if (record.deletedAt === null || Date.parse(record.deletedAt) >= limit) continue;
    try {
      await purge(engine, record);
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'keychain') throw error;
      engine.log.warn('credential.not-purged', { credential: record.id, fault: error.code });
    }
  }
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
 * Takes a credential out of the list. Its key stays for 30 days unless purged; the registration in the tenant stays
 * unless asked otherwise, and is never deleted for adopted applications or where others have keys in it.
 *
 * @throws Fault input.credential.unknown, removal.*, sign-in.*, file.*, lease.held
 */
export async function remove(engine: Engine, request: RemoveRequest, run: Run): Promise<CredentialRecord> {
  const { id } = findToRemove(engine, request);
  return engine.leases.withLease(id, engine.owner, async (leaseSignal) => {
    const signal = run.signal ? AbortSignal.any([run.signal, leaseSignal]) : leaseSignal;
    const record = findToRemove(engine, request);
    if (request.deleteRegistration) await deleteRegistration(engine, record, request, { ...run, signal });
    const removed = record.deletedAt === null ? engine.store.softDelete(id, engine.clock.now()) : record;
    engine.log.info('credential.removed', { credential: id, registrationDeleted: request.deleteRegistration });
    if (request.purge) await purge(engine, removed);
    return removed;
  });
}

