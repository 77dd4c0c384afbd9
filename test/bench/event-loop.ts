import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Longest time in milliseconds that the event loop was held up while `work` ran. */
export async function longestStall(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  try {
    await work();
  } finally {
    delay.disable();
  }
  // The histogram counts its own resolution in.
  return Math.max(0, delay.max / 1e6 - 1);
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
