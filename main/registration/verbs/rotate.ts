import { standingReport } from '../run/standing-report.ts';
import type { Lifetime } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { withFacts, type CredentialRecord, type RotationStep } from '../../credential/index.ts';
import type { Engine, LeasedEngine, Run } from '../engine.ts';
import { prepareSuccessor, successorDates } from '../certificates/new-certificate.ts';
import { registerUnderLease } from '../run/register.ts';
import { credentialView } from '../../credential/index.ts';
import type { Report } from '../run/report.ts';
import { connectToTenant } from '../run/tenant-connection.ts';
import { rotationTask } from '../certificates/due.ts';
import { requireOverlapWithin } from '../certificates/overlap.ts';
import { withdrawRefused } from '../run/keep.ts';
import { rollBack } from '../run/roll-back.ts';
import { present } from './present.ts';
import { underLease } from '../run/under-lease.ts';
import { defaultOverlapDays, isHandoverPending, withOverlap } from '../certificates/timeline.ts';
import { requireSettled } from '../run/settled.ts';
import { rotateUnattended, type UnattendedWork } from '../run/unattended.ts';

/** How the new certificate reaches the server, e.g. as a PFX. */
export interface HandOut {
  /** Before anything is done: whether it will be possible. `begin`: for a certificate that is still to be made. @throws Fault */
  prepare(record: CredentialRecord, begin: boolean): Promise<void>;
  /** Once the new certificate is proven; does nothing where it was done before. @throws Fault */
  handOut(record: CredentialRecord): Promise<void>;
}

export interface RotateRequest {
  /** Id or name. */
  readonly credential: string;
  /** Chosen by name, or because it is due. */
  readonly asked: boolean;
  readonly withinDays: number;
  /** Without an administrator. */
  readonly unattended: boolean;
  /** Null: as it was, else the default. */
  readonly overlapDays: number | null;
  /** Of a new certificate; left out, it lives as long as the old one. */
  readonly lifetime?: Lifetime;
  readonly handOut: HandOut | null;
  /** With an administrator: tell when the old certificates were last used, as far as that can be read. */
  readonly showUse?: boolean;
}

export interface RotationReport extends Report {
  /** What the latest rotation has come to; empty where there was none. */
  readonly timeline: readonly RotationStep[];
}

/** @throws Fault rotation.overlap-too-long */
function checkOverlap(
  engine: Engine,
  { certificate }: CredentialRecord,
  begin: boolean,
  overlapDays: number,
  lifetime: Lifetime | null,
): void {
  if (certificate === null) return;
  requireOverlapWithin(
    overlapDays,
    begin ? successorDates(engine, certificate, lifetime).notAfter : new Date(certificate.notAfter),
    engine.clock.now(),
  );
}

/** @throws Fault credential.client-id-needed, rotation.no-certificate, rotation.certificate-needed, rotation.key-elsewhere */
function checkRotatable({ name, clientId, certificate, custody }: CredentialRecord, begin: boolean, unattended: boolean): void {
  if (clientId === null) throw new Fault('credential.client-id-needed');
  if (custody === 'external' && begin) throw new Fault('rotation.certificate-needed', { params: { name } });
  if (custody === 'external' && unattended) throw new Fault('rotation.key-elsewhere', { params: { name } });
  if (certificate === null) throw new Fault('rotation.no-certificate', { params: { name } });
}

async function isKeyLost(engine: Engine, { id, custody, certificate }: CredentialRecord): Promise<boolean> {
  if (custody === 'external' || certificate === null) return false;
  return (await engine.secrets.load({ credentialId: id, thumbprint: certificate.thumbprint })) === null;
}

function attended(
  engine: LeasedEngine,
  { record, begin, overlapDays, lifetime }: UnattendedWork,
  showUse: boolean,
  run: Run,
): Promise<Report> {
  const successor =
    begin && record.certificate !== null
      ? prepareSuccessor(engine, record.appName, record.certificate, lifetime, run)
      : Promise.resolve(null);
  return registerUnderLease(engine, { record, certificate: successor, planOnly: false, rotation: { overlapDays, showUse } }, run);
}

function withTimeline(engine: Engine, id: string, done: Report): RotationReport {
  const record = engine.store.find(id);
  return { ...done, credential: credentialView(record), timeline: record.rotation?.timeline ?? [] };
}

/** What this run asks for is kept before anything else happens. Where certificates are handed out, some other software uses the key. */
function keepWishes(
  engine: LeasedEngine,
  { id }: CredentialRecord,
  begin: boolean,
  overlapDays: number,
  handsOut: boolean,
): CredentialRecord {
  return engine.store.change(id, (record) => {
    const { rotation, certificate } = record;
    const longer = !begin && rotation !== null && rotation.overlapDays !== overlapDays ? { rotation: { ...rotation, overlapDays } } : {};
    const shared = handsOut && certificate?.usedHereOnly === true ? withFacts(record, certificate.thumbprint, { usedHereOnly: false }) : {};
    const wishes = { ...longer, ...shared };
    return Object.keys(wishes).length === 0 ? null : wishes;
  });
}

/** With or without an administrator; a certificate that the tenant's policy refuses is not the current one. */
async function carriedOut(
  engine: LeasedEngine,
  work: UnattendedWork,
  { unattended, showUse = false }: RotateRequest,
  run: Run,
): Promise<Report> {
  const { record } = work;
  if (!unattended) return attended(engine, work, showUse, run);
  try {
    return await rotateUnattended(engine, connectToTenant(engine, record), work, run);
  } catch (error) {
    if (error instanceof Fault && error.code === 'registration.policy-refused') await withdrawRefused(engine, record);
    throw error;
  }
}

async function rotateUnderLease(engine: LeasedEngine, id: string, request: RotateRequest, run: Run): Promise<RotationReport> {
  const record = engine.store.find(id);
  const now = engine.clock.now();
  // What this run says of the overlap decides already what there is to do.
  const task = rotationTask(withOverlap(record, request.overlapDays), now, { ...request, handsOut: request.handOut !== null });
  if (task === 'nothing') return withTimeline(engine, id, standingReport(record, engine.texts));
  requireSettled(engine, record);
  if (record.custody === 'keyring') await engine.secrets.probe();
  // A certificate whose key is gone can be published, but never used.
  const begin = task === 'begin' || (await isKeyLost(engine, record));
  checkRotatable(record, begin, request.unattended);
  const overlapDays = request.overlapDays ?? (begin ? defaultOverlapDays : (record.rotation?.overlapDays ?? defaultOverlapDays));
  const lifetime = request.lifetime ?? null;
  checkOverlap(engine, record, begin, overlapDays, lifetime);
  await request.handOut?.prepare(record, begin);
  const kept = keepWishes(engine, record, begin, overlapDays, request.handOut !== null);
  const done = await carriedOut(engine, { record: kept, begin, overlapDays, lifetime }, request, run);
  const after = engine.store.find(id);
  if (isHandoverPending(after)) await request.handOut?.handOut(after);
  // Of a run at night nobody has seen anything.
  if (!request.unattended && after.certificate !== null) present(engine, id, after.certificate.thumbprint, 'shown');
  return withTimeline(engine, id, done);
}

/**
 * Replaces the certificate of a credential without an outage: a new one beside the old one, proven, handed over, and only
 * then the old one removed. Each run goes as far as it can; the next one goes on from there.
 *
 * @throws Fault rotation.*, credential.client-id-needed, input.*, lease.held, those of `register` and of the hand-out
 */
export function rotate(engine: Engine, request: RotateRequest, run: Run): Promise<RotationReport> {
  const { id } = engine.store.find(request.credential);
  return underLease(engine, id, run, (leased, leasedRun) => rotateUnderLease(leased, id, request, leasedRun));
}

/** As `rollBack`, by id or name and under the lease of the credential. @throws Fault as `rollBack`, input.credential.unknown, lease.held */
export function rotateBack(engine: Engine, credential: string, run: Run): Promise<RotationReport> {
  const { id } = engine.store.find(credential);
  return underLease(engine, id, run, async (leased, leasedRun) => {
    const record = leased.store.find(id);
    requireSettled(leased, record);
    const done = await rollBack(leased, connectToTenant(leased, record), record, leasedRun);
    if (done.credential.certificate !== null) present(leased, id, done.credential.certificate.thumbprint, 'shown');
    return withTimeline(leased, id, done);
  });
}
