import { setImmediate as nextTurn } from 'node:timers/promises';
import { asFault, type Fault } from '../../faults.ts';
import type { Engine, Run } from '../engine.ts';
import { credentialView, type CredentialView } from '../run/report.ts';
import { rotationTask } from '../certificates/due.ts';
import { rotate, type RotateRequest, type RotationReport } from './rotate.ts';
import { withOverlap } from '../certificates/timeline.ts';

export type RotationOutcome = { readonly report: RotationReport } | { readonly credential: CredentialView; readonly fault: Fault };

/** So many at once without an administrator; with one, each tenant has its own sign-in, one after the other. */
const unattendedAtOnce = 8;

async function outcomeOf(engine: Engine, request: RotateRequest, run: Run): Promise<RotationOutcome | null> {
  try {
    return { report: await rotate(engine, request, run) };
  } catch (error) {
    run.signal?.throwIfAborted();
    const record = engine.store.get(request.credential);
    // Purged by another process since the list was read.
    return record === null ? null : { credential: credentialView(record), fault: asFault(error) };
  }
}

/**
 * Rotates every live credential whose certificate is due, and takes open rotations further. The failure of one is its own
 * result and stops none of the others.
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
  const ids = engine.store.ids();
  const queue = ids.values();
  const isDue = (id: string) => {
    const record = engine.store.get(id);
    if (record === null || record.deletedAt !== null) return false;
    return rotationTask(withOverlap(record, request.overlapDays), engine.clock.now(), wish) !== 'nothing';
  };
  const worker = async (_: unknown, lane: number) => {
    // One after another, so that the event loop gets its turn between their first signatures.
    for (let turn = 0; turn < lane; turn += 1) await nextTurn();
    for (const credential of queue) {
      run.signal?.throwIfAborted();
      await nextTurn(); // of a long list, most records are only read
      if (!isDue(credential)) continue;
      const outcome = await outcomeOf(engine, { ...request, credential, asked: false }, run);
      if (outcome !== null) onResult(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(request.unattended ? unattendedAtOnce : 1, ids.length) }, worker));
}
