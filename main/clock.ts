import { setTimeout as delay } from 'node:timers/promises';

/** Time as a service, so that waiting for Microsoft's replication can be tested without waiting. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of somebody who is `ms` milliseconds behind `clock`. */
export const shiftedClock = (clock: Clock, ms: number): Clock => ({ ...clock, now: () => new Date(clock.now().getTime() - ms) });

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
};

/** Tells how much time has passed, whoever sets the clock meanwhile. */
export interface Stopwatch {
  /** Milliseconds since it was made. */
  elapsed(): number;
}

/**
 * Milliseconds between two looks at a stopwatch that count. A step that is longer, or back, is a clock that was set, or standby: one
 * request with its retries takes less (`http/retry-budget.ts`), and nobody sleeps for so long at once.
 */
const longestStep = 4 * 60 * 1000;

/** Has to be looked at often: what passes between two looks is counted at the second. */
export function createStopwatch(clock: Pick<Clock, 'now'>): Stopwatch {
  let last = clock.now().getTime();
  let elapsed = 0;
  return {
    elapsed: () => {
      const now = clock.now().getTime();
      const step = now - last;
      last = now;
      if (step > 0 && step <= longestStep) elapsed += step;
      return elapsed;
    },
  };
}
