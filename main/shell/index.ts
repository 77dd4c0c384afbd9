/**
 * The window’s side of main: Electron’s application, menu, protocol and updates, and one handler for each request of the
 * contract. Like the command line it is a client of services and registration; the only room that imports Electron.
 */
import { join } from 'node:path';
import { app } from 'electron';
import { Fault } from '../faults.ts';
import { silentLog } from '../log/index.ts';
import { createTexts, type Texts } from '../texts/index.ts';
import { dataDirectory } from '../vault/index.ts';
import { windowLanguage } from './appearance.ts';
import { openApplication, type OpenParts } from './application.ts';
import { endWithFault, watchForCrashes } from './crash.ts';
import { declareScheme } from './scheme.ts';
import { requireLocalProgram } from './program-location.ts';
import { claimSingleInstance } from './single-instance.ts';
import { startOptions } from './start-options.ts';
import { declareIdentity } from './windows-identity.ts';

/** Another process has the window: this one ends, and says why where that one does not come to the front. */
async function leave(heard: Promise<boolean>, texts: () => Texts): Promise<void> {
  if (await heard) app.quit();
  else endWithFault(new Fault('window.open-elsewhere'), texts());
}

/**
 * Starts the window. Returns before Electron is ready: Electron becomes ready only when its entry has been evaluated.
 *
 * @param args without the application's path
 * @param self what starts this program's command line: its path, and what stands before a verb
 */
export function startShell(args: readonly string[], self: readonly [string, ...string[]]): void {
  const options = startOptions(args);
  const open: OpenParts = { window: null, services: null };
  const texts = () => open.services?.current().texts ?? createTexts(windowLanguage(options.lang, 'system'), 'window');
  try {
    app.enableSandbox();
    declareIdentity();
    requireLocalProgram(process.execPath, process.platform);
    declareScheme();
    const directory = dataDirectory({
      env: process.env,
      platform: process.platform,
      ...(options.dataDir === undefined ? {} : { override: options.dataDir }),
    });
    // Beside our data, never in the roaming profile.
    const folder = join(directory, 'window');
    app.setPath('userData', folder);
    const claim = claimSingleInstance(folder, () => open.window);
    if (!claim.first) {
      void leave(claim.heard, texts);
      return;
    }
    watchForCrashes({ texts, log: () => open.services?.current().log ?? silentLog });
    app
      .whenReady()
      .then(() => openApplication(options, { directory, self }, open))
      .catch((error: unknown) => endWithFault(error, texts()));
  } catch (error) {
    endWithFault(error, texts());
  }
}
