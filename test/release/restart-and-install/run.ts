import { readdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * `node run.ts OUT-MAIN`: the bundled updater is told to install what it has fetched, with the stand-in in Electron's place.
 * Tells in a line whether it ended the program, as it has to.
 */
const standIn = new URL('../../host/electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});

interface Updater {
  downloadedUpdateHelper: object;
  quitAndInstall(silent: boolean, again: boolean): void;
}
type Constructor = new (options: undefined, application: object) => Updater;

/** The library is CommonJS: the bundle exports what its module exports, or a function that answers with it. */
function updaterIn(bundle: Readonly<Record<string, unknown>>): Constructor {
  for (const each of Object.values(bundle)) {
    const answer: unknown = typeof each === 'function' ? Reflect.apply(each, undefined, []) : each;
    if (typeof answer === 'object' && answer !== null && 'NsisUpdater' in answer) return answer.NsisUpdater as Constructor;
  }
  throw new Error('no updater in the bundle');
}

const [, , folder = ''] = process.argv;
const chunk = readdirSync(folder).find((name) => name.startsWith('NsisUpdater')) ?? '';
const Updater = updaterIn((await import(pathToFileURL(join(folder, chunk)).href)) as Record<string, unknown>);
const updater = new Updater(undefined, {
  version: '0.1.0',
  name: 'Tenant Keyring',
  isPackaged: true,
  appUpdateConfigPath: 'app-update.yml',
  userDataPath: folder,
  baseCachePath: folder,
  whenReady: () => Promise.resolve(),
  relaunch: () => undefined,
  quit: () => console.log('ends'),
  onQuit: () => undefined,
});
// A program that ends at once in the installer's place.
updater.downloadedUpdateHelper = { file: process.execPath, packageFile: null, downloadedFileInfo: { isAdminRightsRequired: false } };
updater.quitAndInstall(false, true);
