import type { Clock } from '../../clock.ts';
import type { CredentialRecord } from '../../credential/record.ts';
import { Fault } from '../../faults.ts';
import { retirableFrom } from '../certificates/retirable.ts';
import type { PlannedChange } from '../change.ts';
import type { LeasedEngine } from '../engine.ts';

/**
 * Looks, in the transaction in which a removal is begun, whether it is still allowed. Handover, its undo and export need no lease:
 * while a plan was shown or a token was waited for, somebody may have taken a handover back, or given the key out. Whoever comes
 * after the removal was begun is told that it was.
 *
 * @param planned the credential that the removals were planned for; what was let go then because it has ended still may go
 * @returns a look that throws Fault('store.changed') where one of the removals is not allowed any more
 */
export function stillRetirable(
  { store }: Pick<LeasedEngine, 'store'>,
  planned: CredentialRecord,
  clock: Clock,
): (changes: readonly PlannedChange[]) => void {
  return (changes) => {
    const going = new Set(changes.flatMap(({ change }) => (change.change === 'remove-key-credential' ? [change.thumbprint] : [])));
    const waited = planned.earlierCertificates.filter((each) => going.has(each.thumbprint) && retirableFrom(planned, each) !== null);
    if (waited.length === 0) return;
    const now = store.get(planned.id);
    const isStillDue = ({ thumbprint }: (typeof waited)[number]) => {
      const earlier = now?.earlierCertificates.find((each) => each.thumbprint === thumbprint);
      const from = now === null || earlier === undefined ? null : retirableFrom(now, earlier);
      return from !== null && from <= clock.now().getTime();
    };
    if (!waited.every(isStillDue)) throw new Fault('store.changed', { params: { name: planned.name } });
  };
}
