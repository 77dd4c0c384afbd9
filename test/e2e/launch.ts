import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { datedChanges } from '../../main/servers/index.ts';
import { findChromium } from '../host/chromium.ts';
import type { Application, Driver } from './application.ts';
import { electronBinary, electronDriver } from './electron-driver.ts';
import { standInDriver } from './stand-in-driver.ts';

export type { Application } from './application.ts';

/** Real Electron where its program is, else the stand-in. */
const driver: Driver = electronBinary() === null ? standInDriver : electronDriver;

/** What is asked of the stand-in alone, because nobody can bring it about in Electron. */
export const usesStandIn = driver === standInDriver;

function obstacle(): string | null {
  if (!existsSync(join(import.meta.dirname, '../../out/renderer/index.html'))) return 'nothing is built: npm run build';
  return driver === standInDriver && findChromium() === null ? 'chromium is not installed' : null;
}

// Set where Electron's program was fetched: a run that fell back would prove nothing there.
if (process.env['TENANT_KEYRING_REQUIRE_ELECTRON'] === '1' && driver !== electronDriver)
  throw new Error('Electron is required here, but its program is missing: npx install-electron');

/** Why no window can be shown here; null when one can. */
export const missing = obstacle();
console.log(missing === null ? `the window is shown by ${driver.name}` : `skipped, because ${missing}`);

export interface LaunchOptions {
  /** Data directory of an earlier launch; without it a new one, gone when the test ends. */
  readonly directory?: string;
  /** Default: begins in practice. */
  readonly practice?: boolean;
  /** Origin of a practice tenant that runs already. */
  readonly tenants?: string;
  readonly lang?: 'en' | 'fr' | 'de';
  /** Changes at Microsoft are told over the list; by default they were dismissed before, whatever the day of the test. */
  readonly changes?: boolean;
  /** The folder that holds another `out` than the product's. */
  readonly build?: string;
}

/** What is told over the list moves its rows, and which changes are near is a matter of the day. */
function dismissChanges(directory: string): void {
  const dismissed = Object.fromEntries(datedChanges().map(({ id }) => [id, '2026-11-24T09:30:00.000Z']));
  for (const folder of [directory, join(directory, 'practice')]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, 'changes-dismissed.json'), JSON.stringify(dismissed));
  }
}

/** A data directory, gone when the test ends. */
export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-e2e-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

function argumentsOf({ practice = true, tenants, lang = 'en' }: LaunchOptions, directory: string): string[] {
  return [`--data-dir=${directory}`, `--lang=${lang}`, ...(practice || tenants !== undefined ? [`--practice=${tenants ?? ''}`] : [])];
}

/** Starts the application and waits for its page. It is closed when the test ends, if the test has not done so. */
export async function launch(options: LaunchOptions = {}): Promise<Application> {
  const directory = options.directory ?? newDirectory();
  if (options.changes !== true) dismissChanges(directory);
  const application = await driver.start(argumentsOf(options, directory), directory, options.build ?? join(import.meta.dirname, '../..'));
  onTestFinished(async () => void (await application.close()));
  return application;
}

/** Starts the application a second time over the same data. @returns the exit code */
export function launchAgain({ directory }: Application): Promise<number | null> {
  return driver.run(argumentsOf({}, directory));
}
