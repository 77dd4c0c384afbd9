import { EventEmitter } from 'node:events';
import type { AutoUpdater, Clipboard, Dialog, NativeTheme, Screen, Session, Shell } from 'electron';
import { createNodeFetch } from '../../main/http/index.ts';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { host } from './host.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu } from './menu.ts';
import { protocol } from './protocol.ts';
import { strict } from './strict.ts';
import { webRequest } from './web-request.ts';

type OneOrTwo<T> = [options: T] | [window: unknown, options: T];
const lastOf = <T>(args: OneOrTwo<T>): T => (args.length === 1 ? args[0] : args[1]);

const dialog = {
  showSaveDialog: async (...args: OneOrTwo<Electron.SaveDialogOptions>) => {
    const path = await host.surroundings.saveFile(lastOf(args));
    return { canceled: path === null, filePath: path ?? '' };
  },
  showOpenDialog: async (...args: OneOrTwo<Electron.OpenDialogOptions>) => {
    const path = await host.surroundings.openFile(lastOf(args));
    return { canceled: path === null, filePaths: path === null ? [] : [path] };
  },
  showMessageBox: async (...args: OneOrTwo<Electron.MessageBoxOptions>) => ({
    response: await host.surroundings.messageBox(lastOf(args)),
    checkboxChecked: false,
  }),
  showErrorBox: (title: string, content: string) => host.surroundings.errorBox(title, content),
} satisfies Pick<Dialog, 'showSaveDialog' | 'showOpenDialog' | 'showMessageBox' | 'showErrorBox'>;

class ClipboardItem {
  readonly types: string[];
  readonly #items: Readonly<Record<string, string>>;

  constructor(items: Readonly<Record<string, string>>) {
    this.#items = items;
    this.types = Object.keys(items);
  }

  getType(type: string): Promise<Blob> {
    return Promise.resolve(new Blob([this.#items[type] ?? '']));
  }
}

const clipboard = {
  writeText: (text: string) => host.surroundings.copy(text),
  readText: () => host.surroundings.copied(),
  write: async ([item]: Parameters<Clipboard['write']>[0]) =>
    host.surroundings.copy(await ((await item?.getType('text/plain'))?.text() ?? '')),
  clear: () => void host.surroundings.copy(''),
} satisfies Pick<Clipboard, 'writeText' | 'readText' | 'write' | 'clear'>;

const shell = {
  openExternal: (address: string) => host.surroundings.openExternal(address),
  openPath: async (path: string) => {
    await host.surroundings.openPath(path);
    return '';
  },
} satisfies Pick<Shell, 'openExternal' | 'openPath'>;

const nodeFetch = createNodeFetch();

class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }

  readonly #options: Electron.NotificationConstructorOptions;

  constructor(options: Electron.NotificationConstructorOptions) {
    super();
    this.#options = options;
    return strict('Notification', this);
  }

  show(): void {
    const { title = '', body = '' } = this.#options;
    host.surroundings.notify(title, body, () => this.emit('click', {}));
  }
}

class StandInTheme
  extends EventEmitter
  implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors' | 'shouldUseHighContrastColors'>
{
  #source: 'system' | 'light' | 'dark' = 'system';
  #systemDark = false;
  readonly shouldUseHighContrastColors = false;

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source;
  }

  set themeSource(source: 'system' | 'light' | 'dark') {
    if (source === this.#source) return;
    this.#source = source;
    this.#apply();
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#systemDark : this.#source === 'dark';
  }

  /** As if the person had switched the system. */
  setSystemDark(dark: boolean): void {
    this.#systemDark = dark;
    this.#apply();
  }

  #apply(): void {
    void host.chromium?.page.emulateMedia({ colorScheme: this.shouldUseDarkColors ? 'dark' : 'light' });
    this.emit('updated');
  }
}

export const nativeTheme = new StandInTheme();

const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } } as Electron.Display],
} satisfies Pick<Screen, 'getAllDisplays'>;

/** Chromium grants a page nothing that nobody grants it, so the handlers are kept but never asked. */
class StandInSession
  extends EventEmitter
  implements Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>
{
  setPermissionRequestHandler(): void {}
  setPermissionCheckHandler(): void {}
  setDevicePermissionHandler(): void {}
  readonly webRequest = strict('webRequest', webRequest);
}

/** Sessions of their own, in memory unless their name says otherwise. Node keeps neither cookies nor a cache. */
const fromPartition = (partition: string) => {
  if (partition.startsWith('persist:')) throw new Error('a session that is kept leaves on disk what our requests fetch');
  const fetch: Session['fetch'] = (input, init) => {
    if (init?.credentials !== 'omit') throw new Error('Electron would send cookies and the Windows sign-in with this request');
    return nodeFetch(typeof input === 'string' ? input : input.url, init);
  };
  return strict('session', { fetch });
};

/** Electron's own is Squirrel's; electron-updater tells by its event that the program ends for an update. */
const autoUpdater = new EventEmitter() satisfies Pick<AutoUpdater, 'emit'>;

/** The module `electron` as far as main/shell and electron-updater use it. */
const electron: object = strict('electron', {
  app: strict('app', app),
  autoUpdater: strict('autoUpdater', autoUpdater),
  BrowserWindow,
  clipboard: strict('clipboard', clipboard),
  ClipboardItem,
  dialog: strict('dialog', dialog),
  ipcMain: strict('ipcMain', ipcMain),
  Menu: strict('Menu', Menu),
  nativeTheme: strict('nativeTheme', nativeTheme),
  Notification,
  protocol: strict('protocol', protocol),
  screen: strict('screen', screen),
  session: strict('session', { defaultSession: strict('session', new StandInSession()), fromPartition }),
  shell: strict('shell', shell),
});
// What `require('electron')` answers (Node.js, "Loading ECMAScript modules using require()").
export { electron as 'module.exports' };
