import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Page } from 'playwright-core';
import { dialogPages, skipped, type DialogPages } from './dialog-page.ts';
import { credentialId, fakeBridge, preview, report, signedIn, signedOut } from './fake-bridge.ts';
import { expectShown } from './shown.ts';

const expectStage = (page: Page, at: string) => expectShown(page.locator(`[data-stage=${at}]`));

describe.skipIf(skipped !== null)('the set-up', () => {
  let pages: DialogPages;
  beforeAll(async () => {
    pages = await dialogPages();
  });
  afterAll(() => pages.close());

  it('is done with the keyboard alone', async () => {
    const bridge = fakeBridge();
    const page = await pages.open(bridge);
    const press = (key: string) => page.keyboard.press(key);
    /** Tab until the thing of this name has the focus: whatever cannot be reached fails here. */
    const tabTo = async (name: string) => {
      for (let stops = 0; stops < 40; stops += 1) {
        const here = await page.evaluate(
          () =>
            document.activeElement?.getAttribute('aria-label') ??
            (document.activeElement instanceof HTMLElement
              ? (document.activeElement.dataset['field'] ?? document.activeElement.textContent)
              : ''),
        );
        if (here === name) return;
        await press('Tab');
      }
      throw new Error(`“${name}” cannot be reached by Tab`);
    };
    // The dialog takes the focus when it is open; a key before that would go astray.
    await page.locator('[data-dialog=app-credentials] :focus').waitFor();
    await tabTo('name');
    await page.keyboard.type('Contoso archive');
    await tabTo('tenant');
    await press('Tab');
    // The second of the two answers: Tenant Keyring makes the certificate.
    await press('ArrowRight');
    await tabTo('fqdn');
    await page.keyboard.type('mailstore.contoso.com');
    await press('Enter');
    await expectStage(page, 'tenant');
    await tabTo('Open the browser and sign in');
    await press('Enter');
    await expectStage(page, 'signing-in');
    await bridge.setup(signedIn(), preview());
    await expectStage(page, 'plan');
    await tabTo('Apply to Contoso, contoso.com');
    await press('Enter');
    await expectStage(page, 'applying');
    await bridge.setup(signedOut, { kind: 'ended', report });
    await expectStage(page, 'proof');
    await tabTo('Finish in MailStore Server');
    await press('Space');
    await expectStage(page, 'sheet');
    await tabTo('Confirm: MailStore Server works');
    await press('Enter');
    await expectShown(page.locator('[data-sheet=end]'));
    await tabTo('Close');
    await press('Enter');
    await expectShown(page.locator(`[data-closed="${credentialId}"]`));
  });
});
