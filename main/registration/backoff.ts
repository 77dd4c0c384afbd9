import { createStopwatch, type Clock } from '../clock.ts';

/**
 * Waits for Microsoft's replication: growing pauses, and an end. The pauses are field experience of other tools
 * (Azure CLI and Terraform wait for minutes); a quarter of chance keeps many runs from asking in step.
 */
export const replicationPauses: readonly number[] = [2, 3, 5, 8, 13, 20, 30].map((seconds) => seconds * 1000);
export const replicationLimit = 5 * 60 * 1000;

/** How long after a write of ours a missing object is still taken for one that is being replicated. */
export const replicationWindow = 10 * 60 * 1000;

export interface BackoffOptions {
  readonly pauses?: readonly number[];
  /** Milliseconds in all, whoever sets the clock meanwhile. */
  readonly limit?: number;
}

export interface Backoff {
  /** Waits once and says true, or says false when the limit is reached. @throws the signal's reason when aborted */
  wait(onPause: (ms: number) => void, signal?: AbortSignal): Promise<boolean>;
  /** Something went on: the next pause is the shortest again. The limit is the same. */
  progressed(): void;
}

/**
 * For a write whose answer was lost: looked up until the replication window is over, sent once more, and then waited for as
 * long as any other.
 */
export const createLookUp = (clock: Clock, options: BackoffOptions = {}): Backoff =>
  createBackoff(clock, { ...options, limit: replicationWindow + (options.limit ?? replicationLimit) });

export function createBackoff(clock: Clock, { pauses = replicationPauses, limit = replicationLimit }: BackoffOptions = {}): Backoff {
  const stopwatch = createStopwatch(clock);
  let tries = 0;
  return {
    wait: async (onPause, signal) => {
      const base = pauses[Math.min(tries, pauses.length - 1)] ?? 0;
      const pause = Math.round(base * (0.875 + Math.random() / 4));
      if (stopwatch.elapsed() + pause > limit) return false;
      tries += 1;
      onPause(pause);
      await clock.sleep(pause, signal);
      return true;
    },
    progressed: () => {
      tries = 0;
    },
  };
}
