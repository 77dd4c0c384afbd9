import type { Clock } from '../../clock.ts';
import { GraphFailure, isUnreachable, type Directory } from '../../directory/index.ts';
import { Fault } from '../../faults.ts';
import type { PlannedChange, Plan } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { Observed, ObservedApplication } from '../observed.ts';
import { partsBehind, type View } from '../observe/behind.ts';
import { observe, readApplication, readGrant } from '../observe/index.ts';
import { createBackoff, createLookUp, replicationWindow, type BackoffOptions } from '../backoff.ts';
import { planRegistration } from '../plan/index.ts';
import type { OwnKeys } from './own-keys.ts';
import type { WriteRecord } from './recorded-write.ts';
import { shownAs, signature } from './signature.ts';
import { createSightings, entriesOfApplication, entriesOfGrant, goneAfter } from './sightings.ts';
import { StalePlan } from './stale-plan.ts';
import { heldBack } from './unanswered.ts';
import { writeChanges, type RegistrationIds } from './writes.ts';

export interface ApplyRun {
  readonly directory: Directory;
  readonly record: WriteRecord;
  readonly clock: Clock;
  /** The one that the trail is written by. */
  readonly trailClock: Clock;
  readonly signal?: AbortSignal;
  readonly backoff?: BackoffOptions;
  /** The plan of a part of the registration; left out, all of it. */
  readonly plan?: (desired: Desired, observed: Observed) => Plan;
  /** A plan that was not confirmed as it is: what is about to be written, and for what it was planned. False declines it. */
  readonly confirm: (plan: Plan, observed: Observed) => Promise<boolean>;
  /** Left out, or null for these changes: the administrator writes key credentials. */
  readonly ownKeys?: (changes: readonly PlannedChange[]) => Promise<OwnKeys | null>;
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

/** So often a plan may be left behind before the run pauses. */
const patientReads = 3;

const replicating: ReadonlySet<GraphFailure['kind']> = new Set<GraphFailure['kind']>(['not-replicated', 'uncertain']);

/** A failure that means "look at the tenant again": nobody knows whether the request was executed, or not yet everywhere. */
function looksAgain(failure: unknown, run: ApplyRun): boolean {
  if (!(failure instanceof GraphFailure)) return false;
  if (replicating.has(failure.kind)) return true;
  if (failure.kind !== 'not-found') return false;
  const last = run.record.trail.writesTo(run.record.credentialId).at(-1);
  return last !== undefined && run.trailClock.now().getTime() - Date.parse(last.at) < replicationWindow;
}

/** Whether a view has in it what this run has written. */
const isOfThisRun = ({ record, trailClock }: ApplyRun, view: View): boolean =>
  partsBehind({ ...record, perhaps: true }, trailClock.now(), view).size === 0;

const keyIds = ({ keyCredentials }: ObservedApplication): string => keyCredentials.map(({ entry }) => entry.keyId).join(' ');

/** What is still open after a plan was made, and what of it may be written now. */
interface Open {
  readonly plan: Plan;
  readonly open: readonly PlannedChange[];
  readonly due: readonly PlannedChange[];
  /** Their last answer was lost: looked up until the replication window is over. */
  readonly held: readonly PlannedChange[];
}

/** Restored or newly instantiated, an object shows only then what else has to be done; that was part of what was confirmed. */
const opensFurther: ReadonlySet<string> = new Set(['restore-application', 'create-resource-service-principal', 'create-application']);

/**
 * What was confirmed, told by how each change is shown. Whatever a later plan has besides, because somebody else has changed
 * the tenant meanwhile, is asked for again; what takes anything away always.
 *
 * @throws Fault('input.declined')
 */
async function requireConfirmed(run: ApplyRun, confirmed: Set<string>, { plan, due }: Open, observed: Observed, follows: boolean) {
  const further = due.filter((planned) => !confirmed.has(shownAs(planned)) && (planned.removes || !follows));
  if (further.length > 0 && !(await run.confirm({ ...plan, changes: due }, observed))) throw new Fault('input.declined');
  for (const planned of due) confirmed.add(shownAs(planned));
}

/**
 * Applies the plan and plans afresh until nothing is left: read, plan, write, read back. Safe to interrupt anywhere;
 * running it again continues and never makes a second application. A write whose answer was lost is never repeated
 * blindly: the tenant is read first, and what would make something a second time is not sent again before the replication
 * window is over. A change that was made is not made again while reads are still behind. A plan that the tenant has left
 * behind is made anew, and asked for again where it holds more than was confirmed.
 *
 * @throws GraphFailure that no waiting heals, Fault('registration.not-yet-replicated'), Fault('input.declined'), Fault('interrupted')
 */
export async function applyRegistration(run: ApplyRun, desired: Desired, first: Observed): Promise<Applied> {
  const begun = run.trailClock.now();
  const backoff = createBackoff(run.clock, run.backoff);
  const lookUp = createLookUp(run.clock, run.backoff);
  let patient = backoff;
  const planned = run.plan ?? planRegistration;
  const applied: PlannedChange[] = [];
  const refused: PlannedChange[] = [];
  const made = new Set<string>();
  const sightings = createSightings(run.clock);
  const note = ({ application, delegatedGrants }: Observed) => {
    if (application !== null) sightings.note('application', entriesOfApplication(application));
    for (const grant of delegatedGrants) sightings.note(grant.id, entriesOfGrant(grant));
  };
  let ids: RegistrationIds = {
    clientId: first.application?.clientId ?? desired.clientId,
    objectId: first.application?.objectId ?? null,
    servicePrincipalId: first.servicePrincipal?.id ?? null,
  };
  let observed = first;
  const openIn = (tenant: Observed): Open => {
    const plan = planned(desired, tenant);
    const behind = refused.map(signature);
    const open = plan.changes.filter((change) => !behind.includes(signature(change)));
    const left = open.filter((change) => !made.has(signature(change)));
    const held = heldBack(run.record, left, { begun, now: run.trailClock.now() });
    return { plan, open, held, due: left.filter((change) => !held.includes(change)) };
  };
  const wait = async (failure?: unknown) => {
    const waitingFor = failure instanceof GraphFailure && isUnreachable(failure) ? 'service' : 'replication';
    // What is sent again after it was looked up is waited for as long as any other.
    if (openIn(observed).held.length > 0) patient = lookUp;
    if (await patient.wait((ms) => run.onPause(ms, waitingFor), run.signal)) return;
    throw failure ?? new Fault('registration.not-yet-replicated');
  };
  const settle = (changes: readonly PlannedChange[]) => {
    for (const change of changes) made.add(signature(change));
    sightings.removed(changes);
    patient.progressed();
    applied.push(...changes);
    for (const change of changes) run.onChange(change, 'done');
  };
  const writes = () => ({
    directory: run.directory,
    record: run.record,
    known: {
      clientId: observed.application?.clientId ?? ids.clientId,
      objectId: observed.application?.objectId ?? ids.objectId,
      servicePrincipalId: observed.servicePrincipal?.id ?? ids.servicePrincipalId,
    },
    ownKeys: run.ownKeys ?? (() => Promise.resolve(null)),
    planFor: (tenant: Observed) => openIn(tenant).due,
    // What is written upon has everything of this run in it, and everything that was ever seen in it.
    readApplication: async (objectId: string) => {
      for (;;) {
        const application = await readApplication(run.directory, objectId, run.signal);
        const agrees = sightings.agrees('application', entriesOfApplication(application));
        if (agrees && isOfThisRun(run, { application })) return application;
        await wait();
      }
    },
    readOtherKeys: async (seen: ObservedApplication) => {
      const short = createBackoff(run.clock, { pauses: [2000, 3000, 5000], ...run.backoff, limit: goneAfter });
      for (;;) {
        const application = await readApplication(run.directory, seen.objectId, run.signal);
        if (keyIds(application) !== keyIds(seen)) return application;
        if (!(await short.wait((ms) => run.onPause(ms, 'replication'), run.signal))) return null;
      }
    },
    readGrant: async (id: string) => {
      for (;;) {
        const grant = await readGrant(run.directory, id, run.signal);
        if (sightings.agrees(id, grant === null ? [] : entriesOfGrant(grant))) return grant;
        await wait();
      }
    },
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
  });
  const confirmed = new Set(planned(desired, first).changes.map(shownAs));
  for (let stale = 0; ;) {
    run.signal?.throwIfAborted();
    note(observed);
    const now = openIn(observed);
    const { plan, open, due } = now;
    // A resource that was only just instantiated offers its roles a little later.
    const unfinished =
      open.length === 0 && plan.obstacles.length > 0 && applied.some(({ change }) => change.change === 'create-resource-service-principal');
    if (open.length === 0 && !unfinished) return { observed, plan, applied, refused };
    await requireConfirmed(
      run,
      confirmed,
      now,
      observed,
      applied.some(({ change }) => opensFurther.has(change.change)),
    );
    const before = made.size;
    try {
      if (due.length > 0) await writeChanges(writes(), due, observed);
      // Nothing was due, or what is due needs something that reads do not show yet.
      if (made.size === before) await wait();
    } catch (error) {
      if (error instanceof StalePlan) {
        observed = error.observed;
        // Reads that never agree are waited for like any others.
        if ((stale += 1) > patientReads) await wait();
        continue;
      }
      if (!looksAgain(error, run)) throw error;
      await wait(error);
    }
    observed = await readBack(run, desired, ids, wait);
  }
}

/**
 * Observes until the reads themselves succeed, because just after a create even they can fail, and until they show what this run
 * has written: nothing is planned for what a replica shows that is behind.
 */
async function readBack(
  run: ApplyRun,
  desired: Desired,
  ids: RegistrationIds,
  wait: (failure?: unknown) => Promise<void>,
): Promise<Observed> {
  for (;;) {
    try {
      const observed = await observe(run.directory, desired, ids, run.clock, run.signal);
      if (isOfThisRun(run, observed)) return observed;
    } catch (error) {
      if (!looksAgain(error, run)) throw error;
      await wait(error);
      continue;
    }
    await wait();
  }
}
