import { randomUUID } from 'node:crypto';
import { GraphFailure, isUnreachable } from '../../directory/index.ts';
import { Fault } from '../../faults.ts';
import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import type { PlannedChange } from '../change.ts';
import type { ObservedApplication } from '../observed.ts';
import { partsBehind } from '../observe/behind.ts';
import { readOwnApplication } from '../observe/index.ts';
import { desiredRegistration } from './desired-registration.ts';
import type { Connection, LeasedEngine, Run } from '../engine.ts';
import { heldBack } from '../apply/unanswered.ts';
import { createBackoff, createLookUp } from '../backoff.ts';
import { keyChanges } from '../plan/application.ts';
import { blindChanges } from './blind-changes.ts';
import { writeKey } from './key-writes.ts';
import { provenRemovals, removalsBegun } from './removed.ts';
import { isPublished, settleFacts, settlePublished, settleRemoved, settleRemoving, settleUnnamed } from '../certificates/settle.ts';
import { patienceWithReads } from './observe-written.ts';
import { isAccepted, type SigningKey } from './signing-key.ts';
import { stillRetirable } from './still-retirable.ts';

export interface Rolled {
  readonly record: CredentialRecord;
  readonly applied: readonly PlannedChange[];
}

interface Roll {
  readonly engine: LeasedEngine;
  readonly connection: Connection;
  readonly signer: SigningKey;
  /** Earlier certificates whose key credentials may go. */
  readonly retired: readonly StoredCertificate[];
  readonly run: Run;
}

const signature = ({ change }: PlannedChange): string => (change.change === 'remove-key-credential' ? change.keyId : change.change);

/** What is still to change: seen in the application, or told by what is stored where the credential may not read it. */
function changesOf(
  { engine, connection, retired, run }: Roll,
  record: CredentialRecord,
  application: ObservedApplication | null,
  at: string,
): PlannedChange[] | Promise<PlannedChange[]> {
  const desired = desiredRegistration(record, [], { retired });
  return application === null ? blindChanges(engine, connection, record, desired, retired, run) : keyChanges(desired, { at, application });
}

/** The retired ones whose key credentials are gone, as far as is known: seen, or answered, or to be told by a token. */
async function settleRetired(
  { engine, connection, retired, run }: Roll,
  record: CredentialRecord,
  application: ObservedApplication | null,
): Promise<void> {
  const { begun } = removalsBegun(engine.trail, record.id);
  const isGone = (each: StoredCertificate) =>
    application === null ? each.keyId !== null && begun.has(each.keyId) : !isPublished(application, each);
  const gone = retired.filter(isGone);
  const rest = application === null ? retired.filter((each) => !isGone(each)) : [];
  const answered = await provenRemovals(engine, connection, record, gone, { seen: application !== null, waits: true }, run);
  const looked = await provenRemovals(engine, connection, record, rest, { seen: false, waits: false }, run);
  const proven = [...answered.proven, ...looked.proven];
  if (proven.length > 0) await settleRemoved(engine, record.id, proven);
  settleRemoving(engine, record.id, answered.open);
}

/** Keeps what was learned: the keyId that Microsoft chose, what is published, what is gone. */
async function settle(roll: Roll, record: CredentialRecord, application: ObservedApplication | null): Promise<CredentialRecord> {
  const { engine } = roll;
  if (application !== null) settleFacts(engine, record.id, application, engine.clock.now().toISOString());
  await settleRetired(roll, engine.store.find(record.id), application);
  const { certificate } = record;
  return certificate === null ? engine.store.find(record.id) : settlePublished(engine, record.id, certificate.thumbprint);
}

/**
 * Publishes the current certificate and removes the retired ones, without an administrator: read, plan, write, read back,
 * as `applyRegistration` does it, for the key credentials alone. A write whose answer was lost is never repeated blindly:
 * what would add a second entry is not sent again before the replication window is over. Removed is what is proven to be.
 *
 * @throws GraphFailure, Fault rotation.proof-refused, rotation.object-id-unknown, registration.not-yet-replicated, interrupted
 */
export async function rollKeys(roll: Roll, record: CredentialRecord): Promise<Rolled> {
  const { engine, connection, signer, run } = roll;
  const { clock } = engine;
  const directory = connection.directory({ accessToken: () => Promise.resolve(signer.accessToken) });
  const write = {
    trail: engine.trail,
    lease: engine.lease,
    operation: randomUUID(),
    credentialId: record.id,
    tenantId: record.tenantId,
    actor: `application ${record.clientId ?? ''}`,
    allows: stillRetirable(engine, record, clock),
  };
  const begun = clock.now();
  const backoff = createBackoff(clock, engine.backoff);
  const lookUp = createLookUp(clock, engine.backoff);
  const applied: PlannedChange[] = [];
  const made = new Set<string>();
  let patient = backoff;
  const wait = async (looksUp: boolean, failure?: unknown) => {
    const waitingFor = failure instanceof GraphFailure && isUnreachable(failure) ? 'service' : 'replication';
    // What is sent again after it was looked up is waited for as long as any other.
    if (looksUp) patient = lookUp;
    if (!(await patient.wait((ms) => run.onProgress({ kind: 'pause', ms, waitingFor }), run.signal)))
      throw failure ?? new Fault('registration.not-yet-replicated');
  };
  const patience = createBackoff(clock, { ...engine.backoff, limit: patienceWithReads });
  /** A look that has to be taken for one at a replica that is behind: nothing is decided on it. */
  const isBehind = async (application: ObservedApplication): Promise<boolean> => {
    if (partsBehind({ trail: engine.trail, credentialId: record.id, perhaps: true }, clock.now(), { application }).size === 0) return false;
    if (await patience.wait((ms) => run.onProgress({ kind: 'pause', ms, waitingFor: 'replication' }), run.signal)) return true;
    const current = engine.store.find(record.id);
    const shown = current.certificate === null || isPublished(application, current.certificate);
    // A key that gets a token is published, whatever a look at the application says.
    if (shown || !(await isAccepted(engine, connection, current, run))) return false;
    await wait(false);
    return true;
  };
  let failure: unknown;
  for (;;) {
    run.signal?.throwIfAborted();
    const application = await readOwnApplication(directory, record.clientId ?? '', run.signal);
    if (application !== null && (await isBehind(application))) continue;
    const objectId = application?.objectId ?? record.objectId;
    if (objectId === null) throw new Fault('rotation.object-id-unknown', { params: { name: record.name } });
    const current = engine.store.find(record.id);
    const open = await changesOf(roll, current, application, clock.now().toISOString());
    const left = open.filter((change) => !made.has(signature(change)));
    const held = heldBack(write, left, { begun, now: clock.now() });
    const due = left.filter((change) => !held.includes(change));
    // Without a view, what was answered is all there is to know.
    if (open.length === 0 || (application === null && left.length === 0))
      return { record: await settle(roll, current, application), applied };
    try {
      for (const change of due) {
        const { keyId, found } = await writeKey({ directory, record: write, objectId, signer, clock }, change);
        made.add(signature(change));
        if (found) applied.push(change);
        learn(roll, current.id, change, keyId, found);
        run.onProgress({ kind: 'change', planned: change, outcome: 'done' });
      }
      if (due.length === 0) await wait(held.length > 0, held.length > 0 ? failure : undefined);
    } catch (error) {
      if (!(error instanceof GraphFailure) || error.kind !== 'uncertain' || due.length === 0) throw error;
      failure = error;
      await wait(heldBack(write, left, { begun, now: clock.now() }).length > 0, error);
    }
  }
}

/** What an answer tells of one certificate. */
function learn({ engine }: Roll, id: string, { change }: PlannedChange, keyId: string | null, found: boolean): void {
  if (change.change === 'add-key-credential') settlePublished(engine, id, change.certificate.thumbprint, keyId === null ? {} : { keyId });
  if (change.change !== 'remove-key-credential' || found) return;
  // Nothing was ever removed under this keyId, so it is not the one that the tenant has.
  if (!removalsBegun(engine.trail, id).begun.has(change.keyId)) settleUnnamed(engine, id, change.keyId);
}
