import { inTenant } from '../run/graph-faults.ts';
import { asFault, Fault } from '../../faults.ts';
import type { CredentialRecord } from '../../credential/record.ts';
import { readable } from '../../credential/index.ts';
import { recordNotices } from '../run/notices.ts';
import type { Finding } from '../change.ts';
import type { Observed } from '../observed.ts';
import { observe } from '../observe/index.ts';
import { planRegistration } from '../plan/index.ts';
import { checkTenant, signInAdministrator } from '../run/administrator.ts';
import { desiredRegistration, keptKeys } from '../run/desired-registration.ts';
import type { Connection, Engine, LeasedEngine, Run } from '../engine.ts';
import { underLease } from '../run/under-lease.ts';
import { prove } from '../run/prove.ts';
import { inLanes } from './lanes.ts';
import { credentialView, type CredentialView } from '../../credential/index.ts';
import { report, type Report } from '../run/report.ts';
import { connectToTenant } from '../run/tenant-connection.ts';

export interface VerifyRequest {
  /** Add an administrator's view; without it nobody is signed in. */
  readonly signIn: boolean;
  /** Count the messages of this mailbox, by its address; left out, none is touched. */
  readonly mailbox?: string;
}

/** What the tenant says of a credential that was added without asking it. */
function learned(engine: LeasedEngine, id: string, { tenant, application, servicePrincipal }: Observed): CredentialRecord {
  return engine.store.change(id, (record) => ({
    tenantName: tenant.displayName,
    tenantDomain: tenant.defaultDomain,
    objectId: record.objectId ?? application?.objectId ?? null,
    servicePrincipalId: record.servicePrincipalId ?? servicePrincipal?.id ?? null,
  }));
}

const isStrange = ({ finding }: Finding) => finding === 'foreign-key-credential' || finding === 'expired-key-credential';

/** The keychain is listed only where something looks foreign: many credentials are verified at once. */
async function findingsIn(engine: Engine, record: CredentialRecord, seen: Observed): Promise<readonly Finding[]> {
  const { findings } = planRegistration(desiredRegistration(record, []), seen);
  if (!findings.some(isStrange)) return findings;
  return planRegistration(desiredRegistration(record, [], { kept: await keptKeys(engine) }), seen).findings;
}

async function verifyOnce(
  engine: LeasedEngine,
  connection: Connection,
  record: CredentialRecord,
  request: VerifyRequest,
  run: Run,
): Promise<Report> {
  const { mailbox } = request;
  const notices = recordNotices(record, engine.texts);
  const finish = async (current: CredentialRecord, administratorView: Observed | null): Promise<Report> => {
    const proven = await prove(
      engine,
      connection,
      { record: current, administratorView, consentRefused: false, untilReplicated: false, ...(mailbox === undefined ? {} : { mailbox }) },
      run,
    );
    const findings = proven.seen === null ? [] : await findingsIn(engine, current, proven.seen);
    return report(
      { record: proven.record, changes: [], findings, notices, proof: proven.proof, requests: connection.counts() },
      engine.texts,
    );
  };
  if (!request.signIn) return finish(record, null);
  if (record.clientId === null && record.uniqueName === null) throw new Fault('credential.client-id-needed');
  const administrator = await signInAdministrator(engine, connection, record.cloud, run, run.tenant ?? record.tenantId);
  try {
    const desired = desiredRegistration(record, []);
    const known = { clientId: record.clientId, objectId: record.objectId, servicePrincipalId: record.servicePrincipalId };
    const observed = await observe(administrator.reader, desired, known, administrator.clock, run.signal);
    checkTenant(engine, observed, administrator, record.tenantId);
    return await finish(record.tenantName === '' ? learned(engine, record.id, observed) : record, observed);
  } finally {
    await administrator.session.forget();
  }
}

/**
 * Proves one stored credential again, now. Signs nobody in unless asked.
 *
 * @throws Fault
 */
export async function verify(engine: Engine, idOrName: string, request: VerifyRequest, run: Run): Promise<Report> {
  const { id } = engine.store.find(idOrName);
  return underLease(engine, id, run, async (leased, leasedRun) => {
    // Read under the lease: another process may just have changed it.
    const record = leased.store.find(id);
    const connection = request.signIn ? leased.connect(record.cloud) : connectToTenant(leased, record);
    return inTenant({ step: 'verify' }, () => verifyOnce(leased, connection, record, request, leasedRun));
  });
}

export type VerifyOutcome = { readonly report: Report } | { readonly credential: CredentialView; readonly fault: Fault };

/** So many at once: one slow tenant delays none of the others, and memory stays flat. */
const atOnce = 8;

async function outcomeOf(engine: Engine, id: string, run: Run): Promise<VerifyOutcome | null> {
  try {
    return { report: await verify(engine, id, { signIn: false }, run) };
  } catch (error) {
    run.signal?.throwIfAborted();
    const record = readable(engine.store, id);
    // Purged by another process since the list was read; what cannot be read is no outcome but a damaged row.
    return record === null || record === 'damaged' ? null : { credential: credentialView(record), fault: asFault(error) };
  }
}

/** Who is told of each. */
export interface VerifyListener {
  readonly onBegin?: (id: string) => void;
  /** `outcome`: null where it was purged meanwhile, or cannot be read. */
  readonly onEnd: (id: string, outcome: VerifyOutcome | null) => void;
}

/**
 * Verifies these, several at once; a failure of one is its own result and stops none of the others.
 *
 * @param signal begins no more; aborting `run.signal` ends what is under way as well
 * @throws the reason of `signal`, when it is aborted, once all that was under way has ended
 */
export async function verifyMany(
  engine: Engine,
  ids: readonly string[],
  { run, signal }: { readonly run: Run; readonly signal: AbortSignal | undefined },
  { onBegin, onEnd }: VerifyListener,
): Promise<void> {
  await inLanes(ids, { atOnce, signal }, async (id) => {
    onBegin?.(id);
    onEnd(id, await outcomeOf(engine, id, run));
  });
}

/**
 * Verifies every live credential. Damaged rows are left out, and `store.damaged` names them.
 *
 * @throws the reason of `run.signal`, when it is aborted, once all that was under way has ended
 */
export async function verifyAll(engine: Engine, run: Run, onResult: (outcome: VerifyOutcome) => void): Promise<void> {
  const onEnd = (_: string, outcome: VerifyOutcome | null) => void (outcome === null ? null : onResult(outcome));
  await verifyMany(engine, engine.store.ids(), { run, signal: run.signal }, { onEnd });
}
