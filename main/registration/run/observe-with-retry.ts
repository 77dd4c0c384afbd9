import type { CredentialRecord } from '../../credential/record.ts';
import { Fault } from '../../faults.ts';
import { createBackoff, replicationWindow } from '../backoff.ts';
import type { Desired } from '../desired.ts';
import type { LeasedEngine, Run } from '../engine.ts';
import type { Observed } from '../observed.ts';
import type { Administrator } from './administrator.ts';
import { desiredRegistration } from './desired-registration.ts';
import { observeWritten } from './observe-written.ts';

/**
 * Just after a write of ours, an application that cannot be seen is waited for; later it is missing.
 *
 * @throws Fault registration.application-missing, and those of `observeWritten`
 */
export async function observeWithRetry(
  engine: LeasedEngine,
  administrator: Administrator,
  record: CredentialRecord,
  { outgoing = [] }: { readonly outgoing?: Desired['outgoing'] },
  run: Run,
): Promise<Observed> {
  const desired = desiredRegistration(record, run.accepted, { outgoing });
  const backoff = createBackoff(engine.clock, engine.backoff);
  for (;;) {
    run.onProgress({ kind: 'reading' });
    const observed = await observeWritten(engine, administrator, record, desired, run);
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
