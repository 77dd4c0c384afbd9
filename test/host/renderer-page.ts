import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { build } from 'vite';
import { contentSecurityPolicy } from '../../main/shell/content-security.ts';
import { rendererBuild } from '../../renderer/vite.config.ts';
import { noPagesOfItsOwn } from './chromium.ts';
import { createFakeMain, fakePreload, type FakeMain, type FakeOptions } from './fake-bridge.ts';
import { today } from './fixtures.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export interface OpenOptions extends FakeOptions {
  readonly context?: BrowserContextOptions;
  /** A program that runs in the page before its own. */
  readonly prepare?: string;
  /** For measuring: the browser's new window comes to rest first, and the list is answered inside the page, not through the debugger. */
  readonly undisturbed?: true;
}

export interface RendererHost {
  /** @returns a page that shows the window before a main process that is not there */
  open(options?: OpenOptions): Promise<{ readonly page: Page; readonly main: FakeMain; readonly problems: readonly string[] }>;
  close(): Promise<void>;
}

async function serve(directory: string): Promise<{ readonly address: string; close(): void }> {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://renderer').pathname;
    // Chromium asks for it unasked.
    if (name === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    readFile(join(directory, name === '/' ? 'index.html' : name)).then(
      (body) =>
        response
          .writeHead(200, {
            'content-type': types[extname(name)] ?? 'text/html; charset=utf-8',
            'content-security-policy': contentSecurityPolicy,
          })
          .end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** What the window asks for before it shows the list. */
async function firstAnswers(main: FakeMain): Promise<Record<string, unknown>> {
  return { 'app:read': await main.handle('app:read', null), 'credentials:list': await main.handle('credentials:list', { deleted: false }) };
}

/** Electron needs three milliseconds for a thousand rows; Playwright's way into the page some hundred. */
const answeredInPage = (answers: Record<string, unknown>) => `{
  const answers = JSON.parse(${JSON.stringify(JSON.stringify(answers))});
  const ask = window.keyring.request;
  window.keyring.request = (channel, input) => (channel in answers ? new Promise((resolve) => setTimeout(() => resolve(answers[channel]), 3)) : ask(channel, input));
}`;

/** Builds the window's pages as they are shipped, and shows them in Chromium under their real content security policy. */
export async function startRendererHost(executablePath: string): Promise<RendererHost> {
  const directory = await mkdtemp(join(tmpdir(), 'keyring-renderer-'));
  await build({ ...rendererBuild, build: { ...rendererBuild.build, outDir: directory, emptyOutDir: true } });
  const server = await serve(directory);
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--force-color-profile=srgb', noPagesOfItsOwn] });
  return {
    open: async ({ context: contextOptions, prepare, undisturbed, ...options } = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        ...contextOptions,
      });
      const page = await context.newPage();
      const main = createFakeMain(options);
      const problems: string[] = [];
      page.on('console', (message) => (message.type() === 'error' ? problems.push(message.text()) : undefined));
      page.on('pageerror', (error) => problems.push(error.message));
      main.send = async (event, value) => {
        await page.evaluate(
          ([name, sent]) =>
            (globalThis as unknown as { fakeKeyringEvent(event: string, value: unknown): void }).fakeKeyringEvent(name, sent),
          [event, value] as const,
        );
      };
      await page.exposeFunction('fakeKeyringRequest', (channel: string, input: unknown) => main.handle(channel, input));
      await page.addInitScript({ content: fakePreload });
      if (prepare !== undefined) await page.addInitScript({ content: prepare });
      if (undisturbed) {
        await page.addInitScript({ content: answeredInPage(await firstAnswers(main)) });
        await page.goto('about:blank');
        await pause(1500);
      }
      await page.clock.setFixedTime(today);
      await page.goto(server.address);
      await page.waitForSelector('main');
      return { page, main, problems };
    },
    close: async () => {
      await browser.close();
      server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
