import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, session } from 'electron';
import type { Fetch } from '../http/index.ts';
import { defaultDataDirectory } from '../vault/index.ts';

/** Chromium keeps files of its own wherever it runs: beside our data, never in the roaming profile, and apart from the window's. */
function placeChromium(): void {
  try {
    const folder = join(defaultDataDirectory(process.env, process.platform), 'command-line');
    mkdirSync(folder, { recursive: true });
    app.setPath('userData', folder);
  } catch {
    // Where there is no such place the command line says so itself.
  }
}

/** Over Electron's network stack: the system's proxy and roots. Its session is in memory, so that many may run at once. */
const fetchWhenReady: Fetch = async (address, init) => {
  await app.whenReady();
  return session.fromPartition('command-line').fetch(address, init);
};

/** Pipes are written to asynchronously on Windows (Node.js, "A note on process I/O"), and an exit does not wait for them. */
async function leave(code: number): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) await new Promise<void>((written) => void stream.write('', () => written()));
  process.exit(code);
}

/**
 * Runs the command line inside Electron, without a window and without the lock of the single instance, and ends the process
 * with its exit code. Returns before Electron is ready: Electron becomes ready only when its entry has been evaluated, and
 * the first request waits for that.
 */
export function hostCommandLine(run: (fetch: Fetch) => Promise<number>): void {
  placeChromium();
  app.disableHardwareAcceleration();
  const fail = (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    void leave(1);
  };
  // Electron would open an error box, and a scheduled task would wait in front of it.
  process.on('uncaughtException', fail);
  run(fetchWhenReady).then(leave).catch(fail);
}
