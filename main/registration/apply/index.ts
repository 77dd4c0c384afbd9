import type { Clock } from '../../clock.ts';
import { GraphFailure, isUnreachable, type Directory } from '../../directory/index.ts';
import { Fault } from '../../faults.ts';
import type { PlannedChange, Plan } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { Observed } from '../observed.ts';
import { observe, readApplication } from '../observe/index.ts';
import { createBackoff, replicationWindow, type BackoffOptions } from '../backoff.ts';
import { planRegistration } from '../plan/index.ts';
import type { WriteRecord } from './recorded-write.ts';
import { writeChanges, type RegistrationIds } from './writes.ts';

export interface ApplyRun {
  readonly directory: Directory;
  readonly record: WriteRecord;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly backoff?: BackoffOptions;
  /** The plan of a part of the registration; left out, all of it. */
  readonly plan?: (desired: Desired, observed: Observed) => Plan;
  /** Persists ids the moment Microsoft has given them. */
  readonly onIds: (ids: Partial<RegistrationIds>) => void;
  readonly onChange: (change: PlannedChange, outcome: 'done' | 'refused') => void;
  /** The run pauses for `ms` milliseconds: Microsoft is still replicating, or cannot be reached. */
  readonly onPause: (ms: number, waitingFor: 'replication' | 'service') => void;
}

export interface Applied {
  /** The tenant as it was read back after the last write. */
  readonly observed: Observed;
  readonly plan: Plan;
  readonly applied: readonly PlannedChange[];
  /** Consent that the signed-in administrator may not give. */
  readonly refused: readonly PlannedChange[];
}

const replicating: ReadonlySet<GraphFailure['kind']> = new Set<GraphFailure['kind']>(['not-replicated', 'uncertain']);

/** The same change planned again compares equal; keyIds and ids of grants play no part. */
function signature({ change }: PlannedChange): string {
  if (change.change === 'add-key-credential') return `${change.change} ${change.certificate.thumbprintSha256}`;
  if (change.change === 'set-redirect-uris') return `${change.change} ${change.added}`;
  if (change.change === 'grant-scopes') return `${change.change} ${change.added.join(' ')}`;
  if (change.change === 'create-service-principal') return change.change;
  return JSON.stringify(change);
}

/** A failure that means "look at the tenant again": nobody knows whether the request was executed, or not yet everywhere. */
function looksAgain(failure: unknown, run: ApplyRun): boolean {
  if (!(failure instanceof GraphFailure)) return false;
  if (replicating.has(failure.kind)) return true;
  if (failure.kind !== 'not-found') return false;
  const last = run.record.trail.writesTo(run.record.credentialId).at(-1);
  return last !== undefined && run.clock.now().getTime() - Date.parse(last.at) < replicationWindow;
}

/**
 * Applies the plan and plans afresh until nothing is left: read, plan, write, read back. Safe to interrupt anywhere;
 * running it again continues and never makes a second application. A write whose answer was lost is never repeated
 * blindly: the tenant is read first. A change that was made is not made again while reads are still behind.
 *
 * @throws GraphFailure that no waiting heals, Fault('registration.not-yet-replicated'), Fault('interrupted')
 */
export async function applyRegistration(run: ApplyRun, desired: Desired, first: Observed): Promise<Applied> {
  const backoff = createBackoff(run.clock, run.backoff);
  const planned = run.plan ?? planRegistration;
  const applied: PlannedChange[] = [];
  const refused: PlannedChange[] = [];
  const made = new Set<string>();
  let ids: RegistrationIds = {
    clientId: first.application?.clientId ?? desired.clientId,
    objectId: first.application?.objectId ?? null,
    servicePrincipalId: first.servicePrincipal?.id ?? null,
  };
  let observed = first;
  const wait = async (failure?: unknown) => {
    const waitingFor = failure instanceof GraphFailure && isUnreachable(failure) ? 'service' : 'replication';
    if (await backoff.wait((ms) => run.onPause(ms, waitingFor), run.signal)) return;
    throw failure ?? new Fault('registration.not-yet-replicated');
  };
  const settle = (changes: readonly PlannedChange[]) => {
    for (const change of changes) made.add(signature(change));
    applied.push(...changes);
    for (const change of changes) run.onChange(change, 'done');
  };
  const writes = {
    directory: run.directory,
    record: run.record,
    readApplication: (objectId: string) => readApplication(run.directory, objectId, run.signal),
    onIds: (learned: Partial<RegistrationIds>) => {
      ids = { ...ids, ...learned };
      run.onIds(learned);
    },
    onDone: settle,
    onRefused: (change: PlannedChange) => {
      made.add(signature(change));
      refused.push(change);
      run.onChange(change, 'refused');
    },
  };
  for (;;) {
    run.signal?.throwIfAborted();
    const plan = planned(desired, observed);
    const behind = refused.map(signature);
    const open = plan.changes.filter((change) => !behind.includes(signature(change)));
    const due = open.filter((change) => !made.has(signature(change)));
    // A resource that was only just instantiated offers its roles a little later.
    const unfinished =
      open.length === 0 && plan.obstacles.length > 0 && applied.some(({ change }) => change.change === 'create-resource-service-principal');
    if (open.length === 0 && !unfinished) return { observed, plan, applied, refused };
    const before = made.size;
    try {
      if (due.length > 0) await writeChanges(writes, due, observed);
      // Nothing was due, or what is due needs something that reads do not show yet.
      if (made.size === before) await wait();
    } catch (error) {
      if (!looksAgain(error, run)) throw error;
      await wait(error);
    }
    observed = await readBack(run, desired, ids, wait);
  }
}

/** Observes until the reads themselves succeed: just after a create even they can fail. */
async function readBack(
  run: ApplyRun,
  desired: Desired,
  ids: RegistrationIds,
  wait: (failure: unknown) => Promise<void>,
): Promise<Observed> {
  for (;;) {
    try {
      return await observe(run.directory, desired, ids, run.clock, run.signal);
    } catch (error) {
      if (!looksAgain(error, run)) throw error;
      await wait(error);
    }
  }
}
