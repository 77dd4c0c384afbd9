/**
 * Makes waits of a minute and more end at once, where a test cannot wait so long. Everything it needs is inside it: it
 * also runs in Electron's main process.
 */
export function shortenWaits(): void {
  const { setTimeout: wait } = globalThis;
  const short = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => wait(work, ms >= 60_000 ? 0 : ms, ...args);
  Object.assign(globalThis, { setTimeout: short });
}
