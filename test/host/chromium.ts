import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];

const macApplications = ['Google Chrome', 'Microsoft Edge', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

function windowsPrograms(): string[] {
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
  return roots.flatMap((root) => [
    join(root, 'Google/Chrome/Application/chrome.exe'),
    join(root, 'Microsoft/Edge/Application/msedge.exe'),
    join(root, 'Chromium/Application/chrome.exe'),
  ]);
}

/** An installed Chromium, Chrome or Edge; null when there is none. */
export function findChromium(): string | null {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const candidates = process.platform === 'win32' ? windowsPrograms() : process.platform === 'darwin' ? macApplications : onPath;
  return candidates.find((path) => existsSync(path)) ?? null;
}

export interface OpenChromium {
  readonly browser: Browser;
  readonly page: Page;
  /** Debugging address, by which a test joins. */
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface ChromiumOptions {
  readonly executable: string;
  /** Its own profile. */
  readonly profile: string;
  readonly headless: boolean;
  /** Of the debugging address; by default any free one. */
  readonly port?: number;
  readonly width: number;
  readonly height: number;
}

/** Of a new window Chromium would read pages of its own, for its address bar; Electron's window has none. */
export const noPagesOfItsOwn =
  '--disable-features=Translate,MediaRouter,PreloadTopChromeWebUI,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup';

const quiet = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-popup-blocking',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  noPagesOfItsOwn,
];

/** Chromium writes its debugging address once it listens. */
function endpointOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}: ${text.slice(-2000)}`)));
  });
}

/** Playwright waits for every page it finds when it joins, now and then for one that has just gone: then it joins anew. */
export async function joinChromium(endpoint: string, tries = 3): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(endpoint, { timeout: 20_000 });
  } catch (error) {
    if (tries === 1) throw error;
    return joinChromium(endpoint, tries - 1);
  }
}

/** One window without tabs and address bar. */
export async function openChromium({ executable, profile, headless, port = 0, width, height }: ChromiumOptions): Promise<OpenChromium> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []; // Chromium's sandbox refuses to run for root
  const child = spawn(
    executable,
    [
      ...quiet,
      ...root,
      ...(headless ? ['--headless', '--disable-gpu'] : []),
      `--remote-debugging-port=${port}`,
      `--user-data-dir=${profile}`,
      `--window-size=${width},${height}`,
      '--app=about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endpoint = await endpointOf(child);
  const browser = await joinChromium(endpoint);
  const context = browser.contexts()[0];
  const page = context?.pages()[0] ?? (await context?.newPage());
  if (page === undefined) throw new Error('Chromium opened no page');
  return {
    browser,
    page,
    endpoint,
    close: async () => {
      await browser.close().catch(() => undefined);
      child.kill();
      await ended;
    },
  };
}
