import type { Services } from '../services/index.ts';

const everySecond = 1000;

/**
 * Tells when another process has changed the store: a scheduled run of the command line, for example. Asking SQLite for
 * its data version reads one page.
 *
 * @returns ends the watch
 */
export function watchStore(services: () => Services, changed: () => void): () => void {
  let seen: { readonly directory: string; readonly version: number } | null = null;
  const look = () => {
    const inUse = services();
    try {
      const version = inUse.dataVersion();
      if (seen !== null && seen.directory === inUse.directory && seen.version !== version) changed();
      seen = { directory: inUse.directory, version };
    } catch {
      // Busy: the next look will see it.
    }
  };
  look();
  const timer = setInterval(look, everySecond);
  timer.unref();
  return () => clearInterval(timer);
}
