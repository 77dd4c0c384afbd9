import type { Fetch } from './fetch.ts';

/** The time as servers tell it, for what must not depend on the clock of this computer. */
export interface ServerTime {
  /**
   * Now, by the `Date` of what was answered in this run, and the time that has passed since by the monotonic clock, which
   * nobody sets. Where servers disagree, the earliest. Null while none has answered.
   */
  now(): Date | null;
  /** The same fetch, listened to. */
  heardBy(fetch: Fetch): Fetch;
}

/** @param monotonic milliseconds; only tests pass their own */
export function createServerTime(monotonic: () => number = () => performance.now()): ServerTime {
  /** By origin: server time minus monotonic time, at its latest answer. */
  const ahead = new Map<string, number>();
  return {
    now: () => (ahead.size === 0 ? null : new Date(Math.min(...ahead.values()) + monotonic())),
    heardBy: (fetch) => async (address, init) => {
      const response = await fetch(address, init);
      const date = Date.parse(response.headers.get('date') ?? '');
      // A proxy's page tells the proxy's time.
      const theirs = /\bjson\b/i.test(response.headers.get('content-type') ?? '');
      if (theirs && !Number.isNaN(date)) ahead.set(new URL(address).origin, date - monotonic());
      return response;
    },
  };
}
