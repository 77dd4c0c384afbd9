import { asFault, type Fault } from '../../faults.ts';
import { credentialView, readable, type CredentialRecord, type CredentialView } from '../../credential/index.ts';
import type { Engine, Run } from '../engine.ts';
import { inLanes } from './lanes.ts';
import { rotationTask } from '../certificates/due.ts';
import { rotate, type RotateRequest, type RotationReport } from './rotate.ts';
import { withOverlap } from '../certificates/timeline.ts';

export type RotationOutcome = { readonly report: RotationReport } | { readonly credential: CredentialView; readonly fault: Fault };

/** So many at once without an administrator; with one, each tenant has its own sign-in, one after the other. */
const unattendedAtOnce = 8;

async function outcomeOf(engine: Engine, record: CredentialRecord, request: RotateRequest, run: Run): Promise<RotationOutcome | null> {
  try {
    return { report: await rotate(engine, request, run) };
  } catch (error) {
    run.signal?.throwIfAborted();
    const current = readable(engine.store, record.id);
    // Purged by another process since the list was read; one that became unreadable is shown as it was.
    if (current === null) return null;
    return { credential: credentialView(current === 'damaged' ? record : current), fault: asFault(error) };
  }
}

/**
 * Rotates every live credential whose certificate is due, and takes open rotations further. The failure of one is its own
 * result and stops none of the others; damaged rows are left out, and `store.damaged` names them. When the run is aborted
 * nothing new is begun, and every write under way gets its outcome.
 *
 * @throws the reason of `run.signal`, when it is aborted
 */
export async function rotateAllDue(
  engine: Engine,
  request: Omit<RotateRequest, 'credential' | 'asked'>,
  run: Run,
  onResult: (outcome: RotationOutcome) => void,
): Promise<void> {
  const wish = { asked: false, withinDays: request.withinDays, handsOut: request.handOut !== null };
  await inLanes(engine.store.ids(), { atOnce: request.unattended ? unattendedAtOnce : 1, signal: run.signal }, async (credential) => {
    const record = readable(engine.store, credential);
    if (record === null || record === 'damaged' || record.deletedAt !== null) return;
    if (rotationTask(withOverlap(record, request.overlapDays), engine.clock.now(), wish) === 'nothing') return;
    const outcome = await outcomeOf(engine, record, { ...request, credential, asked: false }, run);
    if (outcome !== null) onResult(outcome);
  });
}
