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
