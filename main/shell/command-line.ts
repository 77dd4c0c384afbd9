import { fstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { Fetch } from '../http/index.ts';
import { defaultDataDirectory } from '../vault/index.ts';
import { ownFetch } from './own-session.ts';

/** What Electron does for the command line. */
export interface CommandLineHost {
  readonly fetch: Fetch;
  /** Where standard error leads nowhere. */
  readonly showApart?: (text: string) => void;
}

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

/**
 * Whether standard error leads nowhere. On Windows Electron attaches the console that started it only when neither output is
 * redirected (Chromium, base/process/launch_win.cc, RouteStdioToConsole, called by electron/electron,
 * shell/app/electron_main_win.cc): of `… > file` standard error is lost, and with it what a person has to read.
 */
export function leadsNowhere(stream: number, stat: (stream: number) => unknown = fstatSync): boolean {
  try {
    stat(stream);
    return false;
  } catch {
    return true;
  }
}

/** In a box of Windows, which waits for nobody: the work goes on behind it. */
function showInBox(text: string): void {
  const { name: title } = app;
  void app.whenReady().then(() => dialog.showMessageBox({ type: 'info', title, message: title, detail: text, noLink: true }));
}

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
export function hostCommandLine(run: (host: CommandLineHost) => Promise<number>): void {
  placeChromium();
  app.disableHardwareAcceleration();
  const fail = (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    void leave(1);
  };
  // Electron would open an error box, and a scheduled task would wait in front of it.
  process.on('uncaughtException', fail);
  const host = { fetch: ownFetch('command-line'), ...(leadsNowhere(2) ? { showApart: showInBox } : {}) };
  run(host).then(leave).catch(fail);
}
