import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { app, type BrowserWindow } from 'electron';

/** Before the other windows of the desktop, however it was put away. */
export function bringForward(window: BrowserWindow | null): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Milliseconds within which a window that was called says that it comes; it may be at work. */
const patience = 5000;

/** Where the first instance writes which call it has heard. */
const answerFile = (folder: string) => join(folder, 'called');

export type Claim =
  | { readonly first: true }
  /** `heard`: whether the process that has the window comes to the front. */
  | { readonly first: false; readonly heard: Promise<boolean> };

async function isHeard(folder: string, call: string): Promise<boolean> {
  for (const until = performance.now() + patience; performance.now() < until; await pause(50)) {
    try {
      if (readFileSync(answerFile(folder), 'utf8') === call) return true;
    } catch {
      // Not yet.
    }
  }
  return false;
}

const callOf = (data: unknown): string | null =>
  typeof data === 'object' && data !== null && 'call' in data && typeof data.call === 'string' ? data.call : null;

/**
 * Two windows over one list would show two truths. Electron ties the lock to `userData`, which follows the data
 * directory, so different data directories may be open side by side. Windows lets no call through from a lower to a higher
 * integrity level, nor from session to session; Electron then answers only that somebody else has the lock
 * (electron/electron, shell/browser/api/electron_api_app.cc, App::RequestSingleInstanceLock: LOCK_ERROR and PROFILE_IN_USE
 * are false as well). So whoever was called says that it has heard.
 *
 * @param folder `userData`
 */
export function claimSingleInstance(folder: string, window: () => BrowserWindow | null): Claim {
  const call = randomUUID();
  if (!app.requestSingleInstanceLock({ call })) return { first: false, heard: isHeard(folder, call) };
  app.on('second-instance', (_event, _args, _directory, data) => {
    bringForward(window());
    const heard = callOf(data);
    if (heard === null) return;
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(answerFile(folder), heard);
    } catch {
      // The other one says that nobody answers; the window is in front of it all the same.
    }
  });
  return { first: true };
}
