import { chromium } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { practiceAddress } from '../../main/practice/index.ts';
import { findChromium } from '../host/chromium.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

/** A browser as somebody has one beside the window. */
async function otherBrowser() {
  const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  onTestFinished(() => browser.close());
  return browser.newPage();
}

const isAuthorize = ({ path }: { readonly path: string }) => path.endsWith('/oauth2/v2.0/authorize');

describe.skipIf(missing !== null)('a sign-in that comes to nothing', () => {
  it('is explained, writes nothing, and is tried again from the same window', async () => {
    const { origin, server, tenant, signInAs, hold, held, release } = await practiceTenants({ tenants: 2 });
    const application = await launch({ tenants: origin });
    const { page } = application;
    const { t, button, fillIn, signIn, stage, fault, row, apply, leaveProof } = credentialWindow(page);
    await fillIn({ name: 'Contoso archive' });
    await signIn();
    await stage('plan');
    await button('app.cancel').click();
    const nobodyWrote = () =>
      expect(
        server.world.state.tenants.flatMap(({ applications, servicePrincipals }) => [
          ...applications,
          ...servicePrincipals.filter(({ displayName }) => displayName === 'MailStore Server'),
        ]),
      ).toEqual([]);

    await fillIn({ name: 'Contoso archive' });
    await button('dialog.set-up').click();
    const begin = async (named: string) => {
      await stage('tenant');
      await page.locator('[data-stage=tenant] [data-field=tenant]').fill(named);
      await button('setup.tenant.begin').click();
    };
    const again = () => button('setup.failed.sign-in').click();

    // What Microsoft, or the person, refuses. The role of the practice account says it.
    for (const [role, named, code] of [
      ['Blocked by Conditional Access', '', 'sign-in.conditional-access'],
      ['Declines consent', '', 'sign-in.consent-declined'],
      ['Ordinary user', '', 'sign-in.consent-needed'],
      ['Global Administrator', 'fabrikam.example', 'sign-in.account-elsewhere'],
      // Microsoft’s page has no way back from here; the practice browser reports what stands on it.
      ['Global Administrator', 'nobody.example', 'sign-in.tenant-unknown'],
    ] as const) {
      signInAs(role);
      await begin(named);
      await stage('failed');
      await fault(code).waitFor();
      nobodyWrote();
      await again();
    }

    // Cancelled here while the browser has the word.
    signInAs('Global Administrator');
    hold(isAuthorize);
    await begin('contoso.example');
    await stage('signing-in');
    await expect.poll(held).toBe(1);
    await button('app.cancel').click();
    await stage('tenant');
    await page.getByText(t('setup.cancelled')).waitFor();
    release();

    // Cancelled in a browser of one's own, with the address that was copied.
    hold(isAuthorize);
    await begin('contoso.example');
    await expect.poll(held).toBe(1);
    await button('setup.sign-in.copy').click();
    const address = async () => (await application.recorded()).clipboard ?? '';
    await expect.poll(address).toContain('https://login.microsoftonline.com/contoso.example/oauth2/v2.0/authorize');
    const browser = await otherBrowser();
    const openCopied = async () => browser.goto(practiceAddress(origin, await address()));
    await openCopied();
    // Somebody who has not agreed to the sign-in client before.
    await browser.getByRole('button', { name: 'Privileged Role Administrator' }).click();
    await browser.getByRole('button', { name: 'Cancel' }).click();
    await browser.waitForURL(/^http:\/\/localhost:/);
    // The first browser comes too late; its answer counts no more.
    release();
    await stage('failed');
    await fault('sign-in.consent-declined').waitFor();
    nobodyWrote();
    await again();

    // And then it goes well: a partner signs in, in the customer’s tenant, from another browser profile.
    signInAs('GDAP partner');
    await begin('contoso.example');
    await stage('plan');
    await page.getByText('technician@tailspin.example').waitFor();
    await apply().click();
    await stage('proof');
    expect(tenant().applications).toHaveLength(1);
    expect(tenant(1).applications).toEqual([]);
    await leaveProof();

    // Nobody does anything for five minutes.
    await row('Contoso archive').and(page.locator(':focus')).waitFor();
    await fillIn({ name: 'Contoso again' });
    await button('dialog.set-up').click();
    await application.shortenWaits();
    hold(isAuthorize);
    await begin('contoso.example');
    await stage('failed');
    await fault('sign-in.timed-out').waitFor();
    expect(tenant().applications).toHaveLength(1);
  });
});
