import { randomUUID } from 'node:crypto';
import { GraphFailure, isUnreachable } from '../../directory/index.ts';
import { Fault } from '../../faults.ts';
import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import type { PlannedChange } from '../change.ts';
import type { ObservedApplication } from '../observed.ts';
import { readOwnApplication } from '../observe/index.ts';
import { desiredRegistration } from './desired-registration.ts';
import type { Connection, LeasedEngine, Run } from '../engine.ts';
import { createBackoff } from '../backoff.ts';
import { keyChanges } from '../plan/application.ts';
import { blindChanges } from './blind-changes.ts';
import { writeKey, type KeyWrites } from './key-writes.ts';
import { factsInTenant, settlePublished, settleRemoved } from '../certificates/settle.ts';
import type { SigningKey } from './signing-key.ts';

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
  const desired = desiredRegistration(record, [], retired);
  return application === null ? blindChanges(engine, connection, record, desired, retired, run) : keyChanges(desired, { at, application });
}

/** Keeps what was learned: the keyId that Microsoft chose, what is published, what is gone. */
async function settle(
  { engine, retired }: Roll,
  { id, certificate }: CredentialRecord,
  application: ObservedApplication | null,
  removed: ReadonlySet<string>,
  at: string,
): Promise<CredentialRecord> {
  const entry = application?.keyCredentials.find((key) => key.thumbprint === certificate?.thumbprint);
  const there = new Set(application?.keyCredentials.map((key) => key.thumbprint) ?? []);
  const gone = retired.filter(({ thumbprint, keyId }) => (application === null ? removed.has(keyId ?? '') : !there.has(thumbprint)));
  const settled = gone.length > 0 ? await settleRemoved(engine, id, gone) : engine.store.find(id);
  if (certificate === null) return settled;
  return settlePublished(engine, id, certificate.thumbprint, entry === undefined ? {} : factsInTenant(entry, at));
}

/**
 * Publishes the current certificate and removes the retired ones, without an administrator: read, plan, write, read back,
 * as `applyRegistration` does it, for the key credentials alone. A write whose answer was lost is never repeated blindly.
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
  };
  const backoff = createBackoff(clock, engine.backoff);
  const applied: PlannedChange[] = [];
  const made = new Set<string>();
  const wait = async (failure?: unknown) => {
    const waitingFor = failure instanceof GraphFailure && isUnreachable(failure) ? 'service' : 'replication';
    if (!(await backoff.wait((ms) => run.onProgress({ kind: 'pause', ms, waitingFor }), run.signal)))
      throw failure ?? new Fault('registration.not-yet-replicated');
  };
  for (;;) {
    run.signal?.throwIfAborted();
    const application = await readOwnApplication(directory, record.clientId ?? '', run.signal);
    const objectId = application?.objectId ?? record.objectId;
    if (objectId === null) throw new Fault('rotation.object-id-unknown', { params: { name: record.name } });
    const current = engine.store.find(record.id);
    const open = await changesOf(roll, current, application, clock.now().toISOString());
    const due = open.filter((change) => !made.has(signature(change)));
    // Without a view, what was answered is all there is to know.
    if (open.length === 0 || (application === null && due.length === 0))
      return { record: await settle(roll, current, application, made, clock.now().toISOString()), applied };
    try {
      await writeAll({ directory, record: write, objectId, signer, clock }, due, (change, keyId) => {
        made.add(signature(change));
        applied.push(change);
        if (change.change.change === 'add-key-credential')
          settlePublished(engine, current.id, change.change.certificate.thumbprint, keyId === null ? {} : { keyId });
        run.onProgress({ kind: 'change', planned: change, outcome: 'done' });
      });
      if (due.length === 0) await wait();
    } catch (error) {
      if (!(error instanceof GraphFailure) || error.kind !== 'uncertain') throw error;
      await wait(error);
    }
  }
}

async function writeAll(
  writes: KeyWrites,
  changes: readonly PlannedChange[],
  onDone: (change: PlannedChange, keyId: string | null) => void,
): Promise<void> {
  for (const change of changes) onDone(change, await writeKey(writes, change));
}
