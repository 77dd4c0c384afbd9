import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import type { Channel, EventName, Outcome } from '../../../preload/contract.ts';
import { rendererBuild } from '../../../renderer/vite.config.ts';
import { findChromium } from '../../host/chromium.ts';

/** What stands behind `window.keyring` in a test. */
export interface BridgeEnd {
  answer(channel: Channel, input: unknown): Promise<Outcome<unknown>>;
  /** Called with the page's ear once it is open. */
  attach(emit: (event: EventName, value: unknown) => Promise<void>): void;
}

export interface DialogPages {
  /** A page of its own profile; those of the test before are closed. */
  open(end: BridgeEnd, options?: BrowserContextOptions & { readonly credential?: string; readonly zoom?: number }): Promise<Page>;
  close(): Promise<void>;
}

export const executablePath = findChromium();
export const skipped = executablePath === null ? 'skipped, because there is no Chromium (apt-get install chromium)' : null;
if (skipped !== null) console.log(`renderer tests ${skipped}`);

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};
const origin = 'https://keyring.invalid';

/** In the page: the bridge of the preload script, whose other end is the test. */
function installBridge(): void {
  const listeners = new Set<(event: string, value: unknown) => void>();
  const page = globalThis as unknown as {
    keyring: unknown;
    emitToPage: unknown;
    keyringRequest: (channel: string, input: unknown) => Promise<unknown>;
  };
  page.emitToPage = (event: string, value: unknown) => {
    for (const listener of listeners) listener(event, value);
  };
  page.keyring = {
    request: (channel: string, input: unknown) => page.keyringRequest(channel, input),
    subscribe: (event: string, listener: (value: unknown) => void) => {
      const receive = (name: string, value: unknown) => {
        if (name === event) listener(value);
      };
      listeners.add(receive);
      return () => void listeners.delete(receive);
    },
  };
}

/** The dialog, built as the product builds its pages, in a real Chromium. */
export async function dialogPages(): Promise<DialogPages> {
  if (executablePath === null) throw new Error('no Chromium');
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-page-'));
  await build({ ...rendererBuild, root: join(import.meta.dirname, 'page'), build: { ...rendererBuild.build, outDir: folder } });
  const browser: Browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  let openInTest: { readonly test: string | undefined; readonly contexts: BrowserContext[] } = { test: undefined, contexts: [] };
  async function contextFor(options: BrowserContextOptions): Promise<BrowserContext> {
    const test = expect.getState().currentTestName;
    if (test !== openInTest.test) {
      await Promise.all(openInTest.contexts.map((context) => context.close()));
      openInTest = { test, contexts: [] };
    }
    const context = await browser.newContext(options);
    openInTest.contexts.push(context);
    return context;
  }
  return {
    open: async (end, { credential, zoom = 1, ...options } = {}) => {
      const viewport = { width: Math.round(1280 / zoom), height: Math.round(800 / zoom) };
      const context = await contextFor({ viewport, deviceScaleFactor: zoom, reducedMotion: 'reduce', ...options });
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(error));
      await page.exposeFunction('keyringRequest', (channel: Channel, input: unknown) => end.answer(channel, input));
      await page.addInitScript(installBridge);
      await page.route(`${origin}/**`, (route) => {
        const path = new URL(route.request().url()).pathname;
        return route.fulfill({ body: readFileSync(join(folder, path)), contentType: types[extname(path)] ?? 'application/octet-stream' });
      });
      end.attach(async (event, value) => {
        if (!page.isClosed())
          await page.evaluate(
            ([name, given]) => (globalThis as unknown as { emitToPage: (event: unknown, value: unknown) => void }).emitToPage(name, given),
            [event, value] as const,
          );
      });
      await page.goto(`${origin}/index.html${credential === undefined ? '' : `?credential=${credential}`}`);
      // The dialog takes the focus when it stands; what is clicked before loses it again.
      await page.locator('[role=dialog] :focus').waitFor();
      return page;
    },
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
