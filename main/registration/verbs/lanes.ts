import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Lanes {
  /** So many at once: one slow tenant delays none of the others, and memory stays flat. */
  readonly atOnce: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does the same work for each of these, several at once. What fails for one stops none of the others. When the signal is
 * aborted nothing new is begun, and what is under way is waited for: a write in a tenant that was sent gets its outcome in
 * the trail, and its lease is given back.
 *
 * @throws the reason of the signal when it was aborted; otherwise, once all are done, the first of the failures
 */
export async function inLanes<T>(items: readonly T[], { atOnce, signal }: Lanes, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const failures: unknown[] = [];
  const lane = async (_: unknown, number: number) => {
    // One after another, so that the event loop gets its turn between their first signatures.
    for (let turn = 0; turn < number; turn += 1) await nextTurn();
    for (const item of queue) {
      if (signal?.aborted === true) return;
      await nextTurn(); // of a long list, most records are only read
      await work(item).catch((error: unknown) => void failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  signal?.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}
