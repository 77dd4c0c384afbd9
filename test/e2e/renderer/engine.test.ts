import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCer } from '../../../main/certificates/index.ts';
import { desk, type Desk } from '../../contract/desk.ts';
import { ours, scratchFile } from '../../unit/certificates/samples.ts';
import { violations } from './accessibility.ts';
import { dialogPages, skipped, type BridgeEnd, type DialogPages } from './dialog-page.ts';
import { expectShown } from './shown.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const expectStage = (page: Page, at: string) => expectShown(page.locator(`[data-stage=${at}]`));

/** The window's half of a desk: real handlers, real engine, a practice tenant over HTTP. */
function ends(here: Desk): BridgeEnd {
  return {
    answer: (channel, input) => here.raw(channel, input),
    attach: (emit) => here.listen((event, value) => void emit(event, JSON.parse(JSON.stringify(value)))),
  };
}

const answerOf = (page: Page, custody: 'keyring' | 'external') => page.locator(`input[type=radio][value=${custody}]`);

async function plan(page: Page): Promise<void> {
  await page.locator('[data-field=name]').fill('Contoso archive');
  await page.locator('[data-field=fqdn]').fill('mailstore.contoso.com');
  await button(page, 'Sign in and set up').click();
  await button(page, 'Open the browser and sign in').click();
  await expectStage(page, 'plan');
}

describe.skipIf(skipped !== null)('dialog and set-up over the engine', () => {
  let pages: DialogPages;
  beforeAll(async () => {
    pages = await dialogPages();
  });
  afterAll(() => pages.close());

  it('connect a tenant with the certificate that the dialog made, and record the handover', async () => {
    const here = await desk();
    const page = await pages.open(ends(here));
    await answerOf(page, 'keyring').check();
    const shown = page.locator('[data-field=certificate]');
    await expect.poll(() => shown.inputValue()).toContain('expires');
    const thumbprint = (await shown.inputValue()).slice(0, 8);
    await plan(page);
    expect(here.here.server.world.state.tenants[0]?.applications).toEqual([]);
    await button(page, /^Apply to Contoso, /).click();
    await expectStage(page, 'proof');
    await expectShown(page.getByText('Contoso is set up. One thing is left: finish in MailStore Server.'));
    expect(await page.locator('[data-check=token-graph]').getAttribute('data-result')).toBe('passed');
    await expectShown(page.locator('[data-comparison=identical]').getByText(`${thumbprint.slice(0, 4)} ${thumbprint.slice(4)}`));
    expect(await violations(page)).toEqual([]);
    await button(page, 'Finish in MailStore Server').click();
    const path = join(here.here.directory, 'sheet.pfx');
    here.paths.push(path);
    await button(page, 'Export with private key (PFX)…').click();
    await page.locator('[data-field=pfx-password]').fill('secret 1');
    await page.locator('[data-field=pfx-repeat]').fill('secret 1');
    await button(page, 'Save…').click();
    await expectShown(page.locator('[data-pfx] [data-written]'));
    await button(page, 'Close').click();
    await page.locator('[data-pfx]').waitFor({ state: 'detached' });
    expect(existsSync(path)).toBe(true);
    await button(page, 'Confirm: MailStore Server works').click();
    await expectShown(page.locator('[data-sheet=end]'));
    await expectShown(page.locator('[data-stays]').getByText('Your browser is still signed in to Contoso.'));
    const list = await here.request('credentials:list', { deleted: false });
    expect(list).toMatchObject({
      ok: true,
      value: [{ name: 'Contoso archive', state: 'confirmed', certificate: { thumbprint: expect.stringMatching(`^${thumbprint}`) } }],
    });
  });

  it('connect a tenant in MailStore’s order: ids first, then its certificate', async () => {
    const here = await desk();
    const { certificate } = await ours('MailStore');
    here.paths.push(scratchFile('mailstore.cer', toCer(certificate)));
    const page = await pages.open(ends(here));
    await answerOf(page, 'external').check();
    await plan(page);
    await button(page, /^Apply to Contoso, /).click();
    await expectStage(page, 'sheet');
    expect(here.here.server.world.state.tenants[0]?.applications).toMatchObject([{ keyCredentials: [] }]);
    await button(page, 'Choose file…').click();
    // One plan: what follows from the server is published in the session that is open.
    await page.locator('[data-step-done=evidence]').waitFor();
    expect(here.here.server.world.state.tenants[0]?.applications).toMatchObject([{ keyCredentials: [{}] }]);
    expect(here.here.server.world.state.tenants[0]?.applications).toHaveLength(1);
  });

  it('say in words what is wrong with the server name, and continue a set-up that was stopped', async () => {
    const here = await desk();
    const page = await pages.open(ends(here));
    await answerOf(page, 'keyring').check();
    await page.locator('[data-field=fqdn]').fill('https://mailstore.contoso.com');
    await page.locator('[data-field=name]').focus();
    await expect.poll(() => page.locator('[data-field=fqdn]').getAttribute('aria-invalid')).toBe('true');
    await plan(page);
    await button(page, 'Cancel').click();
    await page.locator('[data-closed]').waitFor();
    expect(await here.request('credentials:list', { deleted: false })).toEqual({ ok: true, value: [] });
  });
});
