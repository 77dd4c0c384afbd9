import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { TestRunner } from 'vitest';

/** What differs by system, and what a system lacks. */
export const isWindows = process.platform === 'win32';

/** Windows' own programs on Linux: `.ci/windows`. */
export const isWine = process.env['TENANT_KEYRING_WINE'] === '1';

/** Permission bits of what only this user may read. Windows has access lists instead, and Node shows these bits there. */
export const privateFile = isWindows ? 0o666 : 0o600;
export const privateFolder = isWindows ? 0o666 : 0o700;

declare module 'vitest' {
  interface TaskMeta {
    /** Why it did not run; a test that is skipped without it counts as failed in `.ci/run`. */
    skipped?: string;
  }
}

const said = new Set<string>();
function say(reason: string): void {
  if (!said.has(reason)) console.log(`skipped, because ${reason}`);
  said.add(reason);
}

/** Options of a test or a suite: it is skipped where that holds, and says why. */
export function skippedWhere(holds: boolean, reason: string): { readonly skip?: true; readonly meta?: { readonly skipped: string } } {
  if (!holds) return {};
  say(reason);
  return { skip: true, meta: { skipped: reason } };
}

/** Ends the test that runs as skipped, and says why. */
export function skipHere(reason: string): never {
  const test = TestRunner.getCurrentTest();
  if (test === undefined) throw new Error(`outside of a test: ${reason}`);
  say(reason);
  test.meta.skipped = reason;
  return test.context.skip(reason);
}

/** Whether a program is on the search path. */
export function isInstalled(program: string): boolean {
  const names = isWindows ? [`${program}.exe`, `${program}.cmd`] : [program];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => names.some((name) => existsSync(join(folder, name))));
}

/** @throws what ends the test as skipped where the program is missing */
export function requireProgram(program: string): void {
  if (!isInstalled(program)) skipHere(`${program} is not on the search path`);
}
