const interval = 1;

/** Longest turn of the event loop, in milliseconds. */
export interface LongestTurn {
  /** How long a due timer had to wait, whatever for: this thread, the disk, or other processes. */
  readonly waited: number;
  /** What this thread computed in one turn, however busy the machine was. */
  readonly computed: number;
}

/** Watches the event loop of this thread with a timer of one millisecond, until it is told to stop. */
export function watchEventLoop(): { stop(): LongestTurn } {
  let waited = 0;
  let computed = 0;
  let last = performance.now();
  let cpu = process.threadCpuUsage();
  const look = () => {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage(cpu);
    waited = Math.max(waited, now - last - interval);
    computed = Math.max(computed, (user + system) / 1000);
    last = now;
    cpu = process.threadCpuUsage();
  };
  const timer = setInterval(look, interval);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return { waited, computed };
    },
  };
}
