import type { Clock } from '../clock.ts';

/**
 * Microsoft Graph, "Throttling guidance": wait as long as Retry-After says, else longer each time; here with an end. Token
 * requests are repeated within the same budget.
 */
const mostTries = { throttled: 6, failed: 4 } as const;
const mostWaitingMs = 180_000;

/** Why a request may succeed when it is sent again: certainly not executed, or without an answer of its own. */
export type Passing = keyof typeof mostTries;

export interface RetryBudget {
  /**
   * Waits and says true, or says false when trying again has no more sense.
   *
   * @param retryAfter header `Retry-After` as it came, null where there is none
   * @throws the signal's reason when aborted
   */
  again(why: Passing, retryAfter: string | null): Promise<boolean>;
}

/** Statuses that say nothing about the request itself (Microsoft Graph, "Error responses and resource types"). */
export const passingStatuses: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** Milliseconds that a Retry-After header asks for (RFC 9110 §10.2.3: seconds or a date); null where there is none. */
function requested(retryAfter: string | null, now: Date): number | null {
  if (retryAfter === null || retryAfter.trim() === '') return null;
  const seconds = Number(retryAfter);
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter) - now.getTime() : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

export function createRetryBudget(clock: Clock, signal: AbortSignal | undefined): RetryBudget {
  let tries = 1;
  let waited = 0;
  return {
    again: async (why, retryAfter) => {
      const growing = 1000 * 2 ** (tries - 1) * (0.75 + Math.random() / 2);
      const pause = requested(retryAfter, clock.now()) ?? growing;
      if (tries >= mostTries[why] || waited + pause > mostWaitingMs) return false;
      tries += 1;
      waited += pause;
      await clock.sleep(pause, signal);
      return true;
    },
  };
}
