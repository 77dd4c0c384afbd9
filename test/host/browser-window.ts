import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { BrowserWindow as ElectronBrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { app, cancellable, type Closable } from './app.ts';
import { findChromium, openChromium } from './chromium.ts';
import { host } from './host.ts';
import { strict } from './strict.ts';
import { StandInWebContents } from './web-contents.ts';

type UsedByShell =
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'isMinimized'
  | 'isMaximized'
  | 'isDestroyed'
  | 'setTitle'
  | 'getTitle'
  | 'setBackgroundColor'
  | 'getNormalBounds';

/** The one window; Chromium shows its page. */
export class BrowserWindow extends EventEmitter implements Pick<ElectronBrowserWindow, UsedByShell>, Closable {
  static last: BrowserWindow | null = null;
  focused = 0;
  readonly webContents = strict('webContents', new StandInWebContents());
  readonly #options: BrowserWindowConstructorOptions;
  #title: string;
  #maximized = false;
  #closed = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    const { sandbox, contextIsolation, nodeIntegration, webviewTag } = options.webPreferences ?? {};
    // What the stand-in cannot show otherwise: Chromium alone is always as closed as this.
    if (sandbox !== true || contextIsolation !== true || nodeIntegration !== false || webviewTag !== false)
      throw new Error('the window is less closed than it has to be');
    this.#options = options;
    this.#title = options.title ?? '';
    app.windows.add(this);
    BrowserWindow.last = this;
    app.emit('web-contents-created', {}, this.webContents);
    this.webContents.on('render-process-gone', (event: unknown, details: unknown) =>
      app.emit('render-process-gone', event, this.webContents, details),
    );
    return strict('BrowserWindow', this);
  }

  async loadURL(url: string): Promise<void> {
    const executable = findChromium();
    if (executable === null) throw new Error('no Chromium, Chrome or Edge is installed');
    const { width = 1180, height = 760, webPreferences } = this.#options;
    const { headless } = host.surroundings;
    const port = Number(process.argv[1]?.split('--remote-debugging-port=')[1] ?? 0);
    const chromium = await openChromium({ executable, headless, width, height, port, profile: join(host.userData, 'chromium') });
    host.chromium = chromium;
    chromium.page.once('close', () => this.#gone());
    await this.webContents.adopt(chromium.page, webPreferences?.preload ?? '');
    await this.webContents.load(url);
    this.emit('ready-to-show');
    host.surroundings.pageOpened(chromium.endpoint);
  }

  /** @returns whether it is closed now */
  async close(): Promise<boolean> {
    if (this.#closed) return true;
    const event = cancellable({});
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    await host.chromium?.page.close().catch(() => undefined);
    this.#gone();
    return true;
  }

  /** Closed by us, or by the person on Chromium's own frame. */
  #gone(): void {
    if (this.#closed) return;
    if (host.chromium?.page.isClosed() === true) this.emit('close', cancellable({}));
    this.#closed = true;
    this.emit('closed');
    app.windowClosed(this);
  }

  /** As Windows does when the person signs out, and Electron with it: electron/electron, native_window_views_win.cc. */
  endSession(): void {
    this.emit('session-end', { reasons: ['logoff'] });
    if (!app.quitting) process.exit(0);
  }

  show(): void {
    void host.chromium?.page.bringToFront();
  }

  focus(): void {
    this.focused += 1;
    this.emit('focus');
  }

  restore(): void {}

  maximize(): void {
    this.#maximized = true;
    this.show();
  }

  isMinimized(): boolean {
    return false;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  isDestroyed(): boolean {
    return this.#closed;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  setBackgroundColor(): void {}

  getNormalBounds(): Rectangle {
    const { x = 0, y = 0, width = 1180, height = 760 } = this.#options;
    return { x, y, width, height };
  }
}
