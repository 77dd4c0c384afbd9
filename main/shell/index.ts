import { join } from 'node:path';
import { app } from 'electron';
import { silentLog } from '../log/index.ts';
import { createTexts } from '../texts/index.ts';
import { dataDirectory } from '../vault/index.ts';
import { windowLanguage } from './appearance.ts';
import { openApplication, type OpenParts } from './application.ts';
import { endWithFault, watchForCrashes } from './crash.ts';
import { declareScheme } from './scheme.ts';
import { claimSingleInstance } from './single-instance.ts';
import { startOptions } from './start-options.ts';

/**
 * Starts the window. Returns before Electron is ready: Electron becomes ready only when its entry has been evaluated.
 *
 * @param args without the application's path
 */
export function startShell(args: readonly string[]): void {
  const options = startOptions(args);
  const open: OpenParts = { window: null, services: null };
  const texts = () => open.services?.current().texts ?? createTexts(windowLanguage(options.lang, 'system'), 'window');
  try {
    app.enableSandbox();
    // Windows shows notifications only of a program that it knows by the id of its shortcut (electron-builder.yml).
    if (process.platform === 'win32') app.setAppUserModelId('com.tenantkeyring.app');
    declareScheme();
    const directory = dataDirectory({
      env: process.env,
      platform: process.platform,
      ...(options.dataDir === undefined ? {} : { override: options.dataDir }),
    });
    // Beside our data, never in the roaming profile.
    app.setPath('userData', join(directory, 'window'));
    if (!claimSingleInstance(() => open.window)) {
      app.quit();
      return;
    }
    watchForCrashes({ texts, log: () => open.services?.current().log ?? silentLog });
    app
      .whenReady()
      .then(() => openApplication(options, directory, open))
      .catch((error: unknown) => endWithFault(error, texts()));
  } catch (error) {
    endWithFault(error, texts());
  }
}
