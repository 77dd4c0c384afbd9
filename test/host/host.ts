import { homedir } from 'node:os';
import { join } from 'node:path';
import { controlledSurroundings, type Controlled } from './controlled.ts';
import type { OpenChromium } from './chromium.ts';
import type { Surroundings } from './surroundings.ts';
import { terminalSurroundings } from './terminal.ts';

/** The web's own name for our scheme: Chromium loads no unknown scheme, and no such host can exist (RFC 2606). */
export const pageOrigin = 'https://keyring.invalid';

/** What the parts of the stand-in share. */
interface Host {
  readonly controlled: Controlled | null;
  readonly surroundings: Surroundings;
  chromium: OpenChromium | null;
  userData: string;
  /** Where browsers download to; a test may set another. */
  downloads: string;
}

/** Started by a test, Node has a channel to it. */
const controlled = process.send === undefined ? null : controlledSurroundings();

const copyInPage = async (text: string): Promise<void> => {
  const page = host.chromium?.page;
  if (page === undefined) return;
  await page.context().grantPermissions(['clipboard-write'], { origin: pageOrigin });
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.context().clearPermissions();
};

export const host: Host = {
  controlled,
  surroundings: controlled?.surroundings ?? terminalSurroundings(copyInPage),
  chromium: null,
  userData: '',
  downloads: process.env['XDG_DOWNLOAD_DIR'] ?? join(homedir(), 'Downloads'),
};
