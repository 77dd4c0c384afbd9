/** What the program still holds, in MB: the heap after a garbage collection. */
export function memoryInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Follows the resident set of this process from what it is now, after a garbage collection where that can be asked for. */
export function watchMemory(): { growth(): number; stop(): number } {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 20);
  /** At its highest so far, in MB. */
  const growth = () => {
    look();
    return (peak - before) / 2 ** 20;
  };
  return {
    growth,
    stop: () => {
      clearInterval(timer);
      return growth();
    },
  };
}
