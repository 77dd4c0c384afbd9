import type { PlannedChange } from '../change.ts';
import type { Observed } from '../observed.ts';
import { signature } from './signature.ts';

/** What was read directly before a write is not what the plan was made for: nothing was written, and the plan is made anew. */
export class StalePlan extends Error {
  override readonly name = 'StalePlan';
  readonly observed: Observed;

  constructor(observed: Observed) {
    super('the tenant has changed since the plan was made');
    this.observed = observed;
  }
}

/**
 * The same changes, planned for what was just read: lists that are written as a whole hold what others added meanwhile.
 *
 * @param due what is about to be written
 * @param planned what would be planned of this kind now
 * @throws StalePlan where that is not the same
 */
export function replanned(due: readonly PlannedChange[], planned: readonly PlannedChange[], observed: Observed): PlannedChange[] {
  const now = new Map(planned.map((change) => [signature(change), change]));
  const fresh = due.map((change) => now.get(signature(change)));
  if (now.size !== due.length || fresh.some((change) => change === undefined)) throw new StalePlan(observed);
  return fresh.filter((change) => change !== undefined);
}
