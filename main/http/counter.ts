/** Counts requests by service and the length of the chain of requests that had to wait for one another. */
export interface RequestCounts {
  readonly graph: number;
  readonly identity: number;
  /** Graph requests that started when no other Graph request was running. */
  readonly sequential: number;
}

export interface RequestCounter {
  /** Runs one HTTP request and counts it, whatever becomes of it. */
  count<T>(service: 'graph' | 'identity', request: () => Promise<T>): Promise<T>;
  counts(): RequestCounts;
}

export function createRequestCounter(): RequestCounter {
  let graph = 0;
  let identity = 0;
  let sequential = 0;
  let running = 0;
  return {
    count: async (service, request) => {
      if (service === 'identity') {
        identity += 1;
        return request();
      }
      graph += 1;
      if (running === 0) sequential += 1;
      running += 1;
      try {
        return await request();
      } finally {
        running -= 1;
      }
    },
    counts: () => ({ graph, identity, sequential }),
  };
}
