import { inTenant } from '../run/graph-faults.ts';
import { jsonText } from '../../visible-text.ts';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { GraphFailure, type Directory } from '../../directory/directory.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import { recordedWrite } from '../apply/recorded-write.ts';
import type { PlannedChange } from '../change.ts';
import type { Observed } from '../observed.ts';
import { readApplication } from '../observe/index.ts';
import { checkTenant, signInAdministrator, type Administrator } from '../run/administrator.ts';
import { desiredRegistration, keptKeys } from '../run/desired-registration.ts';
import { observeWritten } from '../run/observe-written.ts';
import type { Engine, LeasedEngine, Run } from '../engine.ts';
import { collectFindings } from '../plan/findings.ts';
import type { CredentialRecord } from '../../credential/record.ts';

export interface RegistrationDeletion {
  /** The credential's name, typed; asked for whatever else was confirmed. */
  readonly confirmName?: string;
  /** Where the full export of the registration is written first. */
  readonly exportTo: string;
}

/** Where the export goes when nobody says otherwise. `mark` tells practice from the real thing. */
export function registrationExportPath(directory: string, at: Date, mark: string): string {
  const stamp = at.toISOString().replaceAll(/[:.]/g, '-');
  return join(directory, `${mark === '' ? '' : `${mark} `}registration-${stamp}.json`);
}

/** Whether the registration of a credential was deleted from here and not restored since, so that restoring it needs a sign-in. */
export function isRegistrationDeleted(engine: Engine, credentialId: string): boolean {
  return (
    engine.trail.writesTo(credentialId).findLast(({ change }) => change === 'delete-application' || change === 'restore-application')
      ?.change === 'delete-application'
  );
}

/**
 * What must hold before anybody signs in to delete a registration.
 *
 * @throws Fault removal.adopted, removal.name-not-confirmed, removal.not-registered
 */
export function checkDeletion(
  record: CredentialRecord,
  confirmName: string | undefined,
): asserts record is CredentialRecord & { objectId: string } {
  const { name, adopted, objectId } = record;
  if (adopted) throw new Fault('removal.adopted', { params: { name } });
  if (confirmName !== name) throw new Fault('removal.name-not-confirmed', { params: { name } });
  if (objectId === null) throw new Fault('removal.not-registered', { params: { name } });
}

/**
 * The application holds no certificate of others, nor of another credential here.
 *
 * @throws Fault('removal.foreign-keys')
 */
async function requireNoOthersKeys(engine: Engine, record: CredentialRecord, observed: Observed): Promise<void> {
  const desired = desiredRegistration(record, [], { kept: await keptKeys(engine) });
  const others = collectFindings(desired, observed)
    .map(({ finding }) => finding)
    .filter(
      ({ finding, params }) =>
        finding === 'foreign-key-credential' ||
        finding === 'expired-key-credential' ||
        (finding === 'own-key-credential' && params['whose'] === 'other'),
    )
    .map(({ id, params }) => params['name'] || id);
  if (others.length > 0) throw new Fault('removal.foreign-keys', { params: { name: record.name, keys: others.join(', ') } });
}

/**
 * Nobody has worked on the credential since it was read: what is to be deleted is what was confirmed.
 *
 * @throws Fault('lease.lost'), and the reason of `signal`
 */
function requireUnchanged(engine: Engine, record: CredentialRecord, signal: AbortSignal | undefined): void {
  signal?.throwIfAborted();
  if (engine.store.get(record.id)?.version !== record.version) throw new Fault('lease.lost');
}

/** Everything Graph says of the application, so that it could be made again by hand. Holds no secret. */
async function exportRegistration(directory: Directory, objectId: string, record: CredentialRecord, path: string): Promise<void> {
  const application = await directory.read(`/applications/${objectId}`);
  const { keyCredentials } = await directory.read<{ keyCredentials?: unknown }>(`/applications/${objectId}?$select=keyCredentials`);
  const { proof: _proof, ...credential } = record;
  await writeNewFile(path, Buffer.from(`${jsonText({ credential, application, keyCredentials }, 2)}\n`), { force: false });
}

async function deleteSignedIn(
  engine: LeasedEngine,
  administrator: Administrator,
  record: CredentialRecord & { objectId: string },
  { exportTo }: RegistrationDeletion,
  run: Run,
): Promise<void> {
  run.onProgress({ kind: 'reading' });
  const observed = await observeWritten(engine, administrator, record, desiredRegistration(record, []), run);
  checkTenant(engine, observed, administrator, record.tenantId);
  // A run that was stopped between the deletion and the store has only the store left to do.
  const isBegun = engine.trail.writesTo(record.id).at(-1)?.change === 'delete-application';
  if (observed.application === null && isBegun) return;
  if (observed.application === null)
    throw new Fault('registration.application-missing', { params: { clientId: record.clientId ?? '', tenant: record.tenantName } });
  try {
    await deleteSeen(engine, administrator, record, { observed, exportTo }, run);
  } catch (error) {
    // The look was behind: a deletion that was begun before is done where anything finds nothing any more.
    if (!isBegun || !(error instanceof GraphFailure) || error.kind !== 'not-found') throw error;
  }
}

/** Deletes what was seen, once the person has confirmed it. */
async function deleteSeen(
  engine: LeasedEngine,
  administrator: Administrator,
  record: CredentialRecord & { objectId: string },
  { observed, exportTo }: { readonly observed: Observed; readonly exportTo: string },
  run: Run,
): Promise<void> {
  const { objectId } = record;
  const planned: PlannedChange = { change: { change: 'delete-application', objectId }, step: 'registration', removes: true };
  await requireNoOthersKeys(engine, record, observed);
  const { mayConsent, session } = administrator;
  const { username } = session;
  if (!(await run.confirm({ tenant: observed.tenant, username, mayConsent, changes: [planned], findings: [], notices: [] })))
    throw new Fault('input.declined');
  await exportRegistration(administrator.writer, objectId, record, exportTo);
  run.onProgress({ kind: 'registration-exported', path: exportTo });
  // While the question was on the screen, another administrator may have added a key, or another process taken the lease over.
  const application = await readApplication(administrator.reader, objectId, run.signal);
  await requireNoOthersKeys(engine, record, { ...observed, application });
  requireUnchanged(engine, record, run.signal);
  const write = {
    trail: engine.trail,
    lease: engine.lease,
    operation: randomUUID(),
    credentialId: record.id,
    tenantId: record.tenantId,
    actor: username,
  };
  await recordedWrite(write, [planned], objectId, () => administrator.writer.deleteApplication(objectId));
  run.onProgress({ kind: 'change', planned, outcome: 'done' });
}

/**
 * Deletes application and service principal of a credential in its tenant; Microsoft keeps both for 30 days. Never an
 * adopted application, and never one with keys of others, also not one that was added while the question was open. The run
 * is asked to confirm before anything is written.
 *
 * @throws Fault removal.*, input.declined, lease.lost, registration.application-missing, sign-in.*, file.*
 */
export async function deleteRegistration(
  engine: LeasedEngine,
  record: CredentialRecord,
  deletion: RegistrationDeletion,
  run: Run,
): Promise<void> {
  checkDeletion(record, deletion.confirmName);
  const { cloud } = record;
  const administrator = await signInAdministrator(engine, engine.connect(cloud), cloud, run, run.tenant ?? record.tenantId);
  try {
    await inTenant({ step: 'remove' }, () => deleteSignedIn(engine, administrator, record, deletion, run));
  } finally {
    await administrator.session.forget();
    const { username, tenantId } = administrator.session;
    run.onProgress({ kind: 'signed-out', username, tenantId, cloud });
  }
}
