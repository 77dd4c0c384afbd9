import type { CredentialRecord } from '../../credential/record.ts';
import { createBackoff } from '../backoff.ts';
import type { Desired } from '../desired.ts';
import type { LeasedEngine, Run } from '../engine.ts';
import type { Observed } from '../observed.ts';
import { partsBehind } from '../observe/behind.ts';
import { observe } from '../observe/index.ts';
import type { Administrator } from './administrator.ts';

/**
 * Milliseconds for which a read that does not show what was written from here lately is taken for one of a replica that is behind. After
 * that it is taken as it is: somebody may have undone it.
 */
export const patienceWithReads = 60_000;

/**
 * The registration as an administrator sees it, with everything in it that was written from here in the last minutes. No request
 * more where nothing was, or where it is seen at once.
 *
 * @throws GraphFailure, Fault('interrupted')
 */
export async function observeWritten(
  engine: LeasedEngine,
  { reader, clock }: Pick<Administrator, 'reader' | 'clock'>,
  record: CredentialRecord,
  desired: Desired,
  run: Run,
): Promise<Observed> {
  const patience = createBackoff(engine.clock, { ...engine.backoff, limit: patienceWithReads });
  for (;;) {
    const observed = await observe(reader, desired, record, clock, run.signal);
    const behind = partsBehind({ trail: engine.trail, credentialId: record.id, perhaps: true }, engine.clock.now(), observed);
    if (behind.size === 0) return observed;
    const waited = await patience.wait((ms) => run.onProgress({ kind: 'pause', ms, waitingFor: 'replication' }), run.signal);
    if (!waited) return observed;
  }
}
