import { randomUUID } from 'node:crypto';
import type { CloudId } from '../../clouds/index.ts';
import { GraphFailure } from '../../directory/directory.ts';
import { Fault } from '../../faults.ts';
import type { CredentialRecord, Proof, StoredCertificate } from '../../credential/record.ts';
import { applyRegistration, type Applied, type ApplyRun } from '../apply/index.ts';
import type { Plan } from '../change.ts';
import type { Desired } from '../desired.ts';
import { recordNotices } from './notices.ts';
import type { Observed } from '../observed.ts';
import { observeWithRetry } from './observe-with-retry.ts';
import { planRegistration } from '../plan/index.ts';
import { planKeyCredentials } from '../plan/key-credentials.ts';
import { retirable } from '../certificates/retirable.ts';
import type { KeyUseReport } from '../key-use-report.ts';
import { readKeyUse } from '../certificates/key-use.ts';
import { ownKeysOf } from './own-keys.ts';
import { settleCertificates } from './settle-certificates.ts';
import { isAccepted } from './signing-key.ts';
import { reaching } from '../certificates/timeline.ts';
import { intended, keep, tenantFacts, wished, withdrawRefused, type Wish } from './keep.ts';
import { inTenant } from './graph-faults.ts';
import { underLease } from './under-lease.ts';
import { checkTenant, signInAdministrator, type Administrator } from './administrator.ts';
import { desiredRegistration, keptKeys, type DesiredFacts } from './desired-registration.ts';
import type { Connection, Engine, LeasedEngine, Run } from '../engine.ts';
import { issue } from '../certificates/issue.ts';
import type { NewCertificate, PreparedCertificate } from '../certificates/new-certificate.ts';
import { prove } from './prove.ts';
import { requireSettled } from './settled.ts';
import { report, type Report } from './report.ts';
import { requireServersOwn } from './servers-own.ts';
import { stillRetirable } from './still-retirable.ts';

export interface RegisterRequest {
  /** A new credential without tenant and ids, or a stored one. */
  readonly record: CredentialRecord;
  /** What of it is to change in this run. */
  readonly wish?: Wish;
  /** A certificate that is to take the place of the record's; awaited only after the sign-in. */
  readonly certificate: Promise<NewCertificate | PreparedCertificate | null>;
  /** Permissions of the profile before that are to go in this run. */
  readonly outgoing?: Desired['outgoing'];
  /** Show the plan, write nothing, neither there nor here. */
  readonly planOnly: boolean;
  /** Carry out nothing but the replacement of a certificate, and remove what was handed over in its stead. */
  readonly rotation?: { readonly overlapDays: number; /** Tell when the old certificates were last used. */ readonly showUse?: boolean };
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
  { kept, retired, askedEnd }: Required<Omit<DesiredFacts, 'outgoing'>>,
  { rotation, outgoing = [] }: RegisterRequest,
  run: Run,
): Purpose {
  return {
    record,
    retired,
    desired: desiredRegistration(record, run.accepted, { kept, retired, askedEnd, outgoing }),
    plan: rotation === undefined ? planRegistration : planKeyCredentials,
  };
}

/** What may be removed in this run: where the key is ours, only while a token is issued for it. */
async function retiredNow(
  engine: LeasedEngine,
  connection: Connection,
  { clock }: Administrator,
  record: CredentialRecord,
  { rotation, planOnly }: RegisterRequest,
  run: Run,
): Promise<StoredCertificate[]> {
  const retired = rotation === undefined ? [] : retirable(record, clock.now());
  if (retired.length === 0 || record.custody === 'external') return retired;
  if (!(await isAccepted(engine, connection, record, run))) return [];
  // A token was issued for the new key: that comes before the old one goes, also where the proof of this run comes after.
  if (!planOnly)
    engine.store.change(record.id, ({ rotation: open, certificate }) =>
      open === null || open.to !== certificate?.thumbprint
        ? null
        : { rotation: reaching(reaching(open, 'published', clock.now()), 'proven', clock.now()) },
    );
  return retired;
}

async function apply(
  engine: LeasedEngine,
  connection: Connection,
  administrator: Administrator,
  { record, desired, plan }: Purpose,
  { plannedFor, observed, confirm }: Pick<ApplyRun, 'confirm'> & { readonly plannedFor: CredentialRecord; readonly observed: Observed },
  run: Run,
): Promise<Applied> {
  const { username } = administrator.session;
  const write = {
    trail: engine.trail,
    lease: engine.lease,
    operation: randomUUID(),
    credentialId: record.id,
    tenantId: record.tenantId,
    actor: username,
    allows: stillRetirable(engine, plannedFor, administrator.clock),
  };
  try {
    return await applyRegistration(
      {
        directory: administrator.writer,
        record: write,
        clock: administrator.clock,
        trailClock: engine.clock,
        plan,
        confirm,
        ownKeys: ownKeysOf(engine, connection, record, write, run),
        onIds: (ids) => void engine.store.change(record.id, () => ids),
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

interface Registered {
  readonly keyUse: KeyUseReport | null;
  readonly record: CredentialRecord;
  readonly plan: Plan;
  readonly applied: Applied['applied'];
  readonly proof: Proof | null;
}

async function registerSignedIn(
  engine: LeasedEngine,
  connection: Connection,
  administrator: Administrator,
  request: RegisterRequest,
  run: Run,
): Promise<Registered> {
  // One that the server makes is waited for before the tenant is read: what was read would be old by then.
  const certificate = await request.certificate;
  await requireServersOwn(engine, wished(request.record, request.wish ?? {}), certificate, run.signal);
  const observed = await observeWithRetry(engine, administrator, wished(request.record, request.wish ?? {}), request, run);
  checkTenant(engine, observed, administrator, run.tenant);
  if (request.record.version > 0 && observed.tenant.id !== request.record.tenantId) {
    throw new Fault('input.name.taken', { params: { name: request.record.name, tenant: request.record.tenantName } });
  }
  const keyUse =
    request.rotation?.showUse === true
      ? await readKeyUse(administrator.reader, request.record, observed.application, engine.texts, run.signal)
      : null;
  if (keyUse !== null) run.onProgress({ kind: 'key-use', use: keyUse });
  const times = { now: engine.clock.now(), microsoftNow: administrator.clock.now() };
  const { next, askedEnd } = await issue(certificate, observed.policy, request.rotation?.overlapDays, times);
  const intention = { wish: request.wish ?? {}, next, overlapDays: request.rotation?.overlapDays, observed };
  const record = intended(request.record, intention, engine.clock.now());
  const retired = await retiredNow(engine, connection, administrator, record, request, run);
  const facts = { kept: await keptKeys(engine), retired, askedEnd };
  const purpose = purposeOf(record, facts, request, run);
  const plan = purpose.plan(purpose.desired, observed);
  firstObstacle(plan);
  if (!request.planOnly && plan.changes.some(({ removes }) => removes)) requireSettled(engine, record);
  // A certificate made for the plan alone is thrown away, so its thumbprint is not shown.
  if (request.planOnly)
    return { keyUse, record: { ...record, certificate: request.record.certificate }, plan, applied: plan.changes, proof: null };
  const asked = (shown: Plan, { tenant }: Observed, again = false) =>
    run.confirm({
      tenant,
      username: administrator.session.username,
      mayConsent: administrator.mayConsent,
      changes: shown.changes,
      findings: shown.findings,
      notices: recordNotices(record, engine.texts).map(({ text }) => text),
      ...(again ? { again: true } : {}),
    });
  const asks = plan.changes.length > 0 || (run.showsFindings === true && plan.findings.some(({ acceptable }) => acceptable));
  if (asks && !(await asked(plan, observed))) {
    const profile = run.instead?.() ?? null;
    if (profile === null) throw new Fault('input.declined');
    return registerSignedIn(engine, connection, administrator, { ...request, wish: { ...request.wish, profile } }, run);
  }
  const kept = await keep(engine, request.record, intention);
  // Ticks that were set in the preview count from here on.
  const confirmed = purposeOf(kept, facts, request, run);
  const confirm: ApplyRun['confirm'] = (anew, now) => asked(anew, now, true);
  const done = await apply(engine, connection, administrator, confirmed, { plannedFor: record, observed, confirm }, run).catch(
    async (error: unknown) => {
      if (error instanceof GraphFailure && error.kind === 'policy') await withdrawRefused(engine, request.record);
      throw error;
    },
  );
  await settleCertificates(engine, connection, confirmed, { first: observed, last: done.observed }, run);
  const current = engine.store.change(record.id, (now) => {
    const { clientId, objectId, servicePrincipalId } = tenantFacts(now, done.observed);
    return { clientId, objectId, servicePrincipalId };
  });
  const proven = await prove(
    engine,
    connection,
    { record: current, administratorView: done.observed, consentRefused: done.refused.length > 0, untilReplicated: true },
    run,
  );
  return { keyUse, record: proven.record, plan: done.plan, applied: done.applied, proof: proven.proof };
}

/** Tokens are dropped; said once, whatever came of the run. */
export async function signOut({ session }: Pick<Administrator, 'session'>, cloud: CloudId, run: Run): Promise<void> {
  await session.forget();
  run.onProgress({ kind: 'signed-out', username: session.username, tenantId: session.tenantId, cloud });
}

/** The tenant that the sign-in is for; undefined for that of whoever signs in. */
export const tenantOf = ({ record }: Pick<RegisterRequest, 'record'>, run: Run): string | undefined =>
  run.tenant ?? (record.version > 0 ? record.tenantId : undefined);

/** Added by its certificate alone: which application it belongs to has to be said first. @throws Fault('credential.client-id-needed') */
export function requireApplication({ record }: Pick<RegisterRequest, 'record'>): void {
  if (record.clientId === null && record.uniqueName === null) throw new Fault('credential.client-id-needed');
}

/**
 * The work of `register` for an administrator who is signed in, and who stays so.
 *
 * @throws Fault
 */
export async function registerAs(
  engine: LeasedEngine,
  connection: Connection,
  administrator: Administrator,
  request: RegisterRequest,
  run: Run,
): Promise<Report> {
  const done = await inTenant({ step: 'connect' }, () => registerSignedIn(engine, connection, administrator, request, run));
  const { record, applied: changes, proof, keyUse, plan } = done;
  const notices = recordNotices(record, engine.texts);
  const shown = { keyUse, record, changes, findings: plan.findings, notices, proof, provisional: request.planOnly };
  return report({ ...shown, requests: connection.counts() }, engine.texts);
}

/**
 * As `register`, for a caller that holds the lease of the credential; `run.signal` carries its loss.
 *
 * @throws Fault
 */
export async function registerUnderLease(engine: LeasedEngine, request: RegisterRequest, run: Run): Promise<Report> {
  const { cloud } = request.record;
  request.certificate.catch(() => undefined); // its failure is met where it is awaited
  requireApplication(request);
  const connection = engine.connect(cloud);
  const administrator = await signInAdministrator(engine, connection, cloud, run, tenantOf(request, run));
  try {
    return await registerAs(engine, connection, administrator, request, run);
  } finally {
    await signOut(administrator, cloud, run);
  }
}

/** Another process may have worked on it since it was read: what was asked for was asked of another credential. @throws Fault('store.changed') */
export function requireUnchanged({ store }: Pick<Engine, 'store'>, record: CredentialRecord): void {
  if (record.version > 0 && store.get(record.id)?.version !== record.version)
    throw new Fault('store.changed', { params: { name: record.name } });
}

/**
 * The whole way of one credential: sign in, read, plan, ask, keep the key, apply, prove. Ctrl+C, a crash or a lost
 * network at any moment leaves a state that the same call completes.
 *
 * @throws Fault
 */
export async function register(engine: Engine, request: RegisterRequest, run: Run): Promise<Report> {
  const { record } = request;
  request.certificate.catch(() => undefined);
  return underLease(engine, record.id, run, async (leased, leasedRun) => {
    requireUnchanged(engine, record);
    return registerUnderLease(leased, request, leasedRun);
  });
}
