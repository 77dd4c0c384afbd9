import { afterAll, beforeAll } from 'vitest';
import type { Page } from 'playwright-core';
import { dialogPages, type DialogPages } from './dialog-page.ts';
import { fakeBridge, good, preview, report, settings, signedIn, signedOut, type Answers, type FakeBridge } from './fake-bridge.ts';

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
export const expectStage = (page: Page, at: string) => page.locator(`[data-stage=${at}]`).waitFor();
export const focusedHeading = (page: Page) =>
  page.evaluate(() => (document.activeElement?.tagName === 'H2' ? document.activeElement.textContent : null));
export const announced = (page: Page) => page.locator('[data-announcer]');

interface Opened {
  readonly page: Page;
  readonly bridge: FakeBridge;
}

/** The set-up at each of its stages, for the tests of one file. */
export function setUpStages() {
  let pages: DialogPages;
  beforeAll(async () => {
    pages = await dialogPages();
  });
  afterAll(() => pages.close());

  /** A dialog that was filled in and submitted. */
  async function opened(answers: Answers = {}, options: Parameters<DialogPages['open']>[1] = {}): Promise<Opened> {
    const bridge = fakeBridge({ 'settings:read': () => good({ ...settings, custody: 'keyring' }), ...answers });
    const page = await pages.open(bridge, options);
    await page.locator('[data-field=name]').fill('Contoso archive');
    await page.locator('[data-field=fqdn]').fill('mailstore.contoso.com');
    await page.locator('[data-field=certificate][value^=A94F]').waitFor();
    await button(page, 'Sign in and set up').click();
    await expectStage(page, 'tenant');
    return { page, bridge };
  }

  async function signingIn(answers: Answers = {}) {
    const open = await opened(answers);
    await button(open.page, 'Open the browser and sign in').click();
    await expectStage(open.page, 'signing-in');
    await open.page.locator('[data-stage=signing-in] button:not([aria-disabled=true])').first().waitFor();
    return open;
  }

  async function planned(mayConsent = true, answers: Answers = {}) {
    const open = await signingIn(answers);
    await open.bridge.setup(signedIn(mayConsent), preview(mayConsent));
    await expectStage(open.page, 'plan');
    return open;
  }

  async function proven(shown = report, answers: Answers = {}) {
    const open = await signingIn(answers);
    await open.bridge.setup(signedIn(), signedOut, { kind: 'ended', report: shown });
    await expectStage(open.page, 'proof');
    return open;
  }

  return { opened, signingIn, planned, proven };
}
