import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { WebContents } from 'electron';
import type { Frame, Page, Request, Route } from 'playwright-core';
import { cancellable } from './app.ts';
import { host, pageOrigin } from './host.ts';
import { ipcMain } from './ipc-main.ts';
import { clickMenuItem, menuKeys, onMenuChange } from './menu.ts';
import { installPreload } from './page/preload-realm.ts';
import { answerOf } from './protocol.ts';
import { isStopped } from './web-request.ts';

const binding = '__host';

/** Our scheme's origin where the page has its stand-in; any other as it is. */
const ownOrigin = (url: string): string => {
  const origin = URL.parse(url)?.origin ?? 'null';
  return origin === pageOrigin ? 'app://keyring' : origin;
};

interface SenderFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: SenderFrame | null;
}

function senderFrame(frame: Frame): SenderFrame {
  const parent = frame.parentFrame();
  return { url: frame.url(), origin: ownOrigin(frame.url()), parent: parent === null ? null : senderFrame(parent) };
}

/** Null for the first request of a window that has no page yet. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

type Message = readonly [channel: string, args: readonly unknown[]];

/** The page and the two ways between it and the main process. */
export class StandInWebContents
  extends EventEmitter
  implements Pick<WebContents, 'id' | 'send' | 'setWindowOpenHandler' | 'setWebRTCIPHandlingPolicy' | 'isDestroyed' | 'reload'>
{
  readonly id = 1;
  #page: Page | null = null;
  /** Addresses that the main process loads itself. */
  readonly #expected = new Set<string>();
  #messages: Message[] = [];
  #next: ((messages: readonly Message[]) => void) | null = null;
  #windowOpen: (details: { url: string }) => unknown = () => undefined;

  /** Makes a page of Chromium ours: preload script, requests, navigation, new windows. */
  async adopt(page: Page, preload: string): Promise<void> {
    this.#page = page;
    const context = page.context();
    await context.exposeBinding(binding, ({ frame }, kind: string, ...args: unknown[]) => this.#called(frame, kind, args));
    const source = readFileSync(preload, 'utf8');
    await context.addInitScript({
      content: `(${installPreload.toString()})(${JSON.stringify(binding)}, (require) => { const module = { exports: {} }; const exports = module.exports; ${source}\n})`,
    });
    await context.route('**/*', (route, request) => this.#answer(route, request, page));
    // Chromium tells of it before the window is there; what is there is closed.
    const devTools = await context.newCDPSession(page);
    devTools.on('Page.windowOpen', ({ url }) => this.#windowOpen({ url }));
    await devTools.send('Page.enable');
    context.on('page', (popup) => void popup.close().catch(() => undefined));
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    onMenuChange(() => this.send('host:keys', menuKeys()));
  }

  async #answer(route: Route, request: Request, page: Page): Promise<void> {
    const url = request.url().replace(pageOrigin, 'app://keyring');
    if (request.isNavigationRequest() && this.#isRefused(url, frameOf(request), page)) return route.abort('aborted');
    if (await isStopped(url, request.method())) return route.abort('blockedbyclient');
    // There is no network behind the stand-in.
    if (!url.startsWith('app://')) return route.abort('internetdisconnected');
    const response = await answerOf(url, request.method());
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  /** Navigation that the main process did not ask for is its to refuse; a frame of another page is a new window. */
  #isRefused(url: string, frame: Frame | null, page: Page): boolean {
    if (frame?.page() !== page) return true;
    const reloaded = url === page.url().replace(pageOrigin, 'app://keyring');
    if (frame === page.mainFrame() && (this.#expected.delete(url) || reloaded)) return false;
    const event = cancellable({ url });
    this.emit(frame === page.mainFrame() ? 'will-navigate' : 'will-frame-navigate', event);
    return event.defaultPrevented;
  }

  async load(url: string): Promise<void> {
    this.#expected.add(url);
    await this.#page?.goto(url.replace('app://keyring', pageOrigin), { waitUntil: 'load' });
  }

  #called(frame: Frame, kind: string, args: readonly unknown[]): unknown {
    switch (kind) {
      case 'invoke': {
        const [channel, ...rest] = args;
        return ipcMain.invoked({ sender: this, senderFrame: senderFrame(frame) }, String(channel), rest);
      }
      case 'next':
        return new Promise((resolve) => {
          this.#next = resolve;
          this.#deliver();
        });
      case 'keys':
        return this.send('host:keys', menuKeys());
      case 'menu':
        return clickMenuItem(String(args[0]));
      default:
        throw new Error(`unknown call ${kind}`);
    }
  }

  send(channel: string, ...args: unknown[]): void {
    this.#messages.push([channel, structuredClone(args)]);
    this.#deliver();
  }

  #deliver(): void {
    if (this.#next === null || this.#messages.length === 0) return;
    const [next, messages] = [this.#next, this.#messages];
    this.#next = null;
    this.#messages = [];
    next(messages);
  }

  /** Kept by Chromium for its own pages; there is none to set it on. */
  setWebRTCIPHandlingPolicy(): void {}

  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.#windowOpen = ({ url }) =>
      handler({ url, frameName: '', features: '', disposition: 'new-window', referrer: { url: '', policy: 'no-referrer' } });
  }

  isDestroyed(): boolean {
    return host.chromium === null;
  }

  reload(): void {
    const page = this.#page;
    if (page === null) return;
    this.#expected.add(page.url().replace(pageOrigin, 'app://keyring'));
    void page.reload();
  }
}
