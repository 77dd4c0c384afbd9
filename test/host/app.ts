import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { host } from './host.ts';
import { requestLock } from './single-instance.ts';

/** A window that can be asked to close. */
export interface Closable {
  close(): Promise<boolean>;
}

/** Electron's event object, as far as it is used. */
export function cancellable<T extends object>(parts: T) {
  let prevented = false;
  return {
    ...parts,
    preventDefault: () => {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
}

type UsedByShell =
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'setPath'
  | 'getPath'
  | 'requestSingleInstanceLock'
  | 'quit'
  | 'exit'
  | 'relaunch'
  | 'whenReady'
  | 'getPreferredSystemLanguages'
  | 'isPackaged';

/** Life and death of the application. */
class StandInApp extends EventEmitter implements Pick<App, UsedByShell> {
  readonly isPackaged = false;
  readonly windows = new Set<Closable>();
  readonly #ready = Promise.withResolvers<void>();
  #quitting = false;

  /** After the entry was evaluated, as in Electron. */
  becomeReady(): void {
    this.#ready.resolve();
  }

  constructor() {
    super();
    // On Windows alone (electron/electron, shell/browser/api/electron_api_app.cc).
    if (process.platform === 'win32') Object.assign(this, { setToastActivatorCLSID: () => undefined });
  }

  get quitting(): boolean {
    return this.#quitting;
  }

  enableSandbox(): void {}
  setAppUserModelId(): void {}

  setPath(name: string, path: string): void {
    if (name === 'userData') host.userData = path;
  }

  getPath(name: Parameters<App['getPath']>[0]): string {
    if (name === 'userData') return host.userData;
    if (name === 'downloads') return host.downloads;
    throw new Error(`Failed to get '${name}' path`);
  }

  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    return requestLock(host.userData, data, (sent) => this.emit('second-instance', {}, [], '', sent));
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  getPreferredSystemLanguages(): string[] {
    return [Intl.DateTimeFormat().resolvedOptions().locale];
  }

  relaunch(): void {
    host.surroundings.relaunch();
  }

  quit(): void {
    if (!this.#quitting) void this.#closeAll();
  }

  async #closeAll(): Promise<void> {
    this.#quitting = true;
    for (const window of this.windows) {
      if (await window.close()) continue;
      this.#quitting = false;
      return;
    }
    const event = cancellable({});
    this.emit('will-quit', event);
    this.#quitting = false;
    if (!event.defaultPrevented) this.exit(0);
  }

  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size === 0 && !this.#quitting) this.emit('window-all-closed');
  }

  exit(code = 0): void {
    const { chromium } = host;
    host.chromium = null;
    void (chromium?.close() ?? Promise.resolve()).finally(() => process.exit(code));
  }
}

export const app = new StandInApp();
