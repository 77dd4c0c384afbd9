import { randomUUID } from 'node:crypto';
import { graphFault } from '../../directory/index.ts';
import { GraphFailure } from '../../directory/directory.ts';
import { Fault } from '../../faults.ts';
import type { CredentialRecord, Proof, StoredCertificate } from '../../credential/record.ts';
import { applyRegistration, type Applied } from '../apply/index.ts';
import type { Plan } from '../change.ts';
import type { Desired } from '../desired.ts';
import { profileNotices } from '../notices.ts';
import type { Observed } from '../observed.ts';
import { observe } from '../observe/index.ts';
import { createBackoff, replicationWindow } from '../backoff.ts';
import { planRegistration } from '../plan/index.ts';
import { planKeyCredentials } from '../plan/key-credentials.ts';
import { retirable } from '../certificates/retirable.ts';
import { readKeyUse, type KeyUseReport } from '../certificates/key-use.ts';
import { settlePublished, settleRemoved } from '../certificates/settle.ts';
import { isAccepted } from './signing-key.ts';
import { withSuccessor } from '../certificates/timeline.ts';
import { checkTenant, signInAdministrator, type Administrator } from './administrator.ts';
import { desiredRegistration } from './desired-registration.ts';
import type { Connection, Engine, Run } from '../engine.ts';
import { issue } from '../certificates/issue.ts';
import type { NewCertificate, PreparedCertificate } from '../certificates/new-certificate.ts';
import { prove } from './prove.ts';
import { report, type Report } from './report.ts';

export interface RegisterRequest {
  /** A new credential without tenant and ids, or a stored one. */
  readonly record: CredentialRecord;
  readonly stored: boolean;
  /** A certificate that is to take the place of the record's; awaited only after the sign-in. */
  readonly certificate: Promise<NewCertificate | PreparedCertificate | null>;
  /** Show the plan, write nothing, neither there nor here. */
  readonly planOnly: boolean;
  /** Carry out nothing but the replacement of a certificate, and remove what was handed over in its stead. */
  readonly rotation?: { readonly overlapDays: number; /** Tell when the old certificates were last used. */ readonly showUse?: boolean };
}

/** Just after a write of ours, an application that cannot be seen is waited for; later it is missing. */
async function observeWithRetry(engine: Engine, administrator: Administrator, record: CredentialRecord, run: Run): Promise<Observed> {
  const desired = desiredRegistration(record, run.accepted);
  const backoff = createBackoff(engine.clock, engine.backoff);
  for (;;) {
    run.onProgress({ kind: 'reading' });
    const observed = await observe(administrator.reader, desired, record, administrator.clock, run.signal);
    const expected = record.objectId !== null && !record.adopted;
    if (!expected || observed.application !== null || observed.deletedApplication !== null) return observed;
    const last = engine.trail.writesTo(record.id).at(-1);
    const recent = last !== undefined && engine.clock.now().getTime() - Date.parse(last.at) < replicationWindow;
    if (!recent || !(await backoff.wait((ms) => run.onProgress({ kind: 'pause', ms, waitingFor: 'replication' }), run.signal))) {
      throw new Fault('registration.application-missing', {
        params: { clientId: record.clientId ?? '', tenant: observed.tenant.displayName },
      });
    }
  }
}

/** The plan of this run, and what it is planned for. */
interface Purpose {
  readonly record: CredentialRecord;
  /** Earlier certificates whose key credentials may go. */
  readonly retired: readonly StoredCertificate[];
  readonly desired: Desired;
  readonly plan: (desired: Desired, observed: Observed) => Plan;
}

function purposeOf(
  record: CredentialRecord,
  retired: readonly StoredCertificate[],
  askedEnd: string | null,
  { rotation }: RegisterRequest,
  run: Run,
): Purpose {
  return {
    record,
    retired,
    desired: desiredRegistration(record, run.accepted, retired, askedEnd),
    plan: rotation === undefined ? planRegistration : planKeyCredentials,
  };
}

/** What may be removed in this run: where the key is ours, only while a token is issued for it. */
async function retiredNow(
  engine: Engine,
  connection: Connection,
  { clock }: Administrator,
  record: CredentialRecord,
  { rotation }: RegisterRequest,
  run: Run,
): Promise<StoredCertificate[]> {
  const retired = rotation === undefined ? [] : retirable(record, clock.now());
  if (retired.length === 0 || record.custody === 'external') return retired;
  return (await isAccepted(engine, connection, record, run)) ? retired : [];
}

function withTenant(record: CredentialRecord, observed: Observed): CredentialRecord {
  const { tenant, application, servicePrincipal } = observed;
  return {
    ...record,
    tenantId: tenant.id,
    tenantName: tenant.displayName,
    tenantDomain: tenant.defaultDomain,
    clientId: application?.clientId ?? record.clientId,
    objectId: application?.objectId ?? record.objectId,
    servicePrincipalId: servicePrincipal?.id ?? record.servicePrincipalId,
  };
}

/** Secret first, then the store: a crash in between leaves a key without a record, which is found and can be cleaned. */
async function keep(engine: Engine, request: RegisterRequest, record: CredentialRecord, next: NewCertificate | null): Promise<void> {
  if (next?.privateKey) await engine.secrets.save({ credentialId: record.id, thumbprint: next.stored.thumbprint }, next.privateKey);
  if (request.stored) {
    const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, deletedAt: _deletedAt, ...patch } = record;
    engine.store.update(record.id, patch);
  } else engine.store.insert(record);
}

/** A certificate that Microsoft certainly refused is not the current one, and its key is of no use: the next run brings another. */
async function takeBack(engine: Engine, before: CredentialRecord, { stored: { thumbprint }, privateKey }: NewCertificate): Promise<void> {
  const { id, custody, certificate, earlierCertificates, rotation, proof, state } = before;
  engine.store.update(id, { custody, certificate, earlierCertificates, rotation, proof, state });
  if (privateKey === null) return;
  await engine.secrets
    .forget({ credentialId: id, thumbprint })
    .catch((error: unknown) => engine.log.warn('certificate.key-not-forgotten', { credential: id, thumbprint, error: String(error) }));
}

async function apply(
  engine: Engine,
  administrator: Administrator,
  { record, desired, plan }: Purpose,
  observed: Observed,
  run: Run,
): Promise<Applied> {
  const { username } = administrator.session;
  const write = { trail: engine.trail, operation: randomUUID(), credentialId: record.id, tenantId: record.tenantId, actor: username };
  try {
    return await applyRegistration(
      {
        directory: administrator.writer,
        record: write,
        clock: administrator.clock,
        plan,
        onIds: (ids) => void engine.store.update(record.id, ids),
        onChange: (planned, outcome) => run.onProgress({ kind: 'change', planned, outcome }),
        onPause: (ms, waitingFor) => run.onProgress({ kind: 'pause', ms, waitingFor }),
        ...(run.signal ? { signal: run.signal } : {}),
        ...(engine.backoff ? { backoff: engine.backoff } : {}),
      },
      desired,
      observed,
    );
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind !== 'expired-key-refused') throw error;
    const expired = observed.application?.keyCredentials.filter((key) => Date.parse(key.endDateTime) < Date.parse(observed.at)) ?? [];
    const isOurs = (hash: string | null) => hash !== null && desired.earlierThumbprints.includes(hash);
    const entries = expired
      .map((key) => `${isOurs(key.thumbprintSha256) ? 'leftover' : 'expired'}-key-credential:${key.entry.keyId}`)
      .join(', ');
    throw new Fault('registration.foreign-key-refused', { params: { entries }, cause: error, correlationId: error.requestId });
  }
}

function firstObstacle(plan: Plan): void {
  const [obstacle] = plan.obstacles;
  if (obstacle !== undefined) throw new Fault(obstacle.code, { params: obstacle.params });
}

const thumbprintsIn = ({ application }: Observed): ReadonlySet<string | null> =>
  new Set(application?.keyCredentials.map((key) => key.thumbprint) ?? []);

/** What was read first and last tells which certificates are there and which are gone: retired, accepted, or expired. */
async function settleCertificates(
  engine: Engine,
  { record: { id, certificate, earlierCertificates }, retired }: Purpose,
  first: Observed,
  last: Observed,
): Promise<CredentialRecord> {
  const was = thumbprintsIn(first);
  const there = thumbprintsIn(last);
  const mayBeGone = new Set([...was, ...retired.map(({ thumbprint }) => thumbprint)]);
  const removed =
    last.application === null ? [] : earlierCertificates.filter(({ thumbprint }) => mayBeGone.has(thumbprint) && !there.has(thumbprint));
  const record = removed.length > 0 ? await settleRemoved(engine, id, removed) : engine.store.find(id);
  return certificate !== null && there.has(certificate.thumbprint) ? settlePublished(engine, id) : record;
}

interface Registered {
  readonly keyUse: KeyUseReport | null;
  readonly record: CredentialRecord;
  readonly plan: Plan;
  readonly applied: Applied['applied'];
  readonly proof: Proof | null;
}

async function registerSignedIn(
  engine: Engine,
  connection: Connection,
  administrator: Administrator,
  request: RegisterRequest,
  run: Run,
): Promise<Registered> {
  // One that the server makes is waited for before the tenant is read: what was read would be old by then.
  const certificate = await request.certificate;
  const observed = await observeWithRetry(engine, administrator, request.record, run);
  checkTenant(engine, observed, administrator, run.tenant);
  if (request.stored && observed.tenant.id !== request.record.tenantId) {
    throw new Fault('input.name.taken', { params: { name: request.record.name, tenant: request.record.tenantName } });
  }
  const keyUse =
    request.rotation?.showUse === true
      ? await readKeyUse(administrator.reader, request.record, observed.application, engine.texts, run.signal)
      : null;
  if (keyUse !== null) run.onProgress({ kind: 'key-use', use: keyUse });
  const { next, askedEnd } = await issue(certificate, observed.policy, request.rotation?.overlapDays, engine.clock.now());
  const wanted =
    next === null ? request.record : withSuccessor(request.record, next.stored, engine.clock.now(), request.rotation?.overlapDays);
  const record = withTenant(wanted, observed);
  const retired = await retiredNow(engine, connection, administrator, record, request, run);
  const purpose = purposeOf(record, retired, askedEnd, request, run);
  const plan = purpose.plan(purpose.desired, observed);
  firstObstacle(plan);
  // A certificate made for the plan alone is thrown away, so its thumbprint is not shown.
  if (request.planOnly)
    return { keyUse, record: { ...record, certificate: request.record.certificate }, plan, applied: plan.changes, proof: null };
  const preview = {
    tenant: observed.tenant,
    username: administrator.session.username,
    mayConsent: administrator.mayConsent,
    changes: plan.changes,
    findings: plan.findings,
  };
  const asks = plan.changes.length > 0 || (run.showsFindings === true && plan.findings.some(({ acceptable }) => acceptable));
  if (asks && !(await run.confirm(preview))) throw new Fault('input.declined');
  const before = request.stored ? engine.store.find(record.id) : request.record;
  await keep(engine, request, record, next);
  // Ticks that were set in the preview count from here on.
  const confirmed = purposeOf(record, retired, askedEnd, request, run);
  const done = await apply(engine, administrator, confirmed, observed, run).catch(async (error: unknown) => {
    // A rotation takes it back itself, and keeps its timeline.
    if (next !== null && request.rotation === undefined && error instanceof GraphFailure && error.kind === 'policy')
      await takeBack(engine, before, next);
    throw error;
  });
  const settled = withTenant(await settleCertificates(engine, confirmed, observed, done.observed), done.observed);
  const { clientId, objectId, servicePrincipalId } = settled;
  const current = engine.store.update(record.id, { clientId, objectId, servicePrincipalId });
  const proven = await prove(
    engine,
    connection,
    { record: current, administratorView: done.observed, consentRefused: done.refused.length > 0, untilReplicated: true },
    run,
  );
  return { keyUse, record: proven.record, plan: done.plan, applied: done.applied, proof: proven.proof };
}

/**
 * As `register`, for a caller that holds the lease of the credential; `run.signal` carries its loss.
 *
 * @throws Fault
 */
export async function registerUnderLease(engine: Engine, request: RegisterRequest, run: Run): Promise<Report> {
  const { record } = request;
  request.certificate.catch(() => undefined); // its failure is met where it is awaited
  // Added by its certificate alone: which application it belongs to has to be said first.
  if (record.clientId === null && record.uniqueName === null) throw new Fault('credential.client-id-needed');
  const connection = engine.connect(record.cloud);
  const tenant = run.tenant ?? (request.stored ? record.tenantId : undefined);
  const administrator = await signInAdministrator(engine, connection, record.cloud, run, tenant);
  try {
    const done = await registerSignedIn(engine, connection, administrator, request, run);
    const notices = profileNotices(done.record.profile, engine.texts);
    const { record: shown, applied: changes, proof, keyUse } = done;
    return report(
      {
        keyUse,
        record: shown,
        changes,
        findings: done.plan.findings,
        notices,
        proof,
        provisional: request.planOnly,
        requests: connection.counts(),
      },
      engine.texts,
    );
  } catch (error) {
    throw error instanceof GraphFailure ? graphFault(error, { step: 'connect' }) : error;
  } finally {
    await administrator.session.forget();
    const { username, tenantId } = administrator.session;
    run.onProgress({ kind: 'signed-out', username, tenantId, cloud: record.cloud });
  }
}

/**
 * The whole way of one credential: sign in, read, plan, ask, keep the key, apply, prove. Ctrl+C, a crash or a lost
 * network at any moment leaves a state that the same call completes.
 *
 * @throws Fault
 */
export async function register(engine: Engine, request: RegisterRequest, run: Run): Promise<Report> {
  const { record, stored } = request;
  request.certificate.catch(() => undefined);
  return engine.leases.withLease(record.id, engine.owner, async (leaseSignal) => {
    // Another process may have rotated it since it was read; writing the older record back would forget that certificate.
    if (stored && engine.store.get(record.id)?.updatedAt !== record.updatedAt) throw new Fault('lease.lost');
    return registerUnderLease(engine, request, { ...run, signal: run.signal ? AbortSignal.any([run.signal, leaseSignal]) : leaseSignal });
  });
}
