import { describe, expect, it } from 'vitest';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing, newDirectory } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

/** A tenant in which somebody has registered an application already. */
async function registered() {
  const tenants = await practiceTenants();
  const theirs = newDirectory();
  const done = await inside([
    'connect',
    '--name',
    'MailStore Server',
    '--fqdn',
    'old.contoso.com',
    '--key-size',
    '2048',
    '--yes',
    '--practice',
    tenants.origin,
    '--data-dir',
    theirs,
  ]);
  expect(done).toMatchObject({ code: 0 });
  const [application] = tenants.tenant().applications;
  if (application === undefined) throw new Error('nothing was registered');
  return { ...tenants, application };
}

describe.skipIf(missing !== null)('an application that is there already', () => {
  it('is adopted: what is foreign is shown, only what is ticked changes, and a name is taken once', async () => {
    const { origin, tenant, application } = await registered();
    application.web = {
      ...application.web,
      logoutUrl: 'https://old.contoso.com/logout',
      implicitGrantSettings: { enableIdTokenIssuance: true, enableAccessTokenIssuance: true },
    };
    const { page } = await launch({ tenants: origin });
    const { t, field, row, fillIn, toPlan, apply, stage, leaveProof } = credentialWindow(page);
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com' });
    await field('clientId').fill(application.appId);
    await field('tenant').fill(tenant().id);
    await toPlan();
    const findings = page.locator('[data-findings]');
    await findings.waitFor();
    expect(await findings.getByRole('listitem').count()).toBeGreaterThanOrEqual(4);
    const logout = findings.getByRole('checkbox', { name: /old\.contoso\.com\/logout/ });
    expect(await logout.isChecked()).toBe(false);
    await logout.check();
    await apply().click();
    await stage('proof');
    expect(await page.locator('[data-check=logout-url]').getAttribute('data-result')).toBe('passed');
    expect(tenant().applications).toHaveLength(1);
    expect(tenant().applications[0]?.keyCredentials).toHaveLength(2);
    expect(tenant().applications[0]?.web).toMatchObject({
      logoutUrl: null,
      redirectUris: ['https://old.contoso.com:8462/oidc/signin', 'https://mailstore.contoso.com:8462/oidc/signin'],
      implicitGrantSettings: { enableAccessTokenIssuance: true },
    });
    await leaveProof();
    await row('Contoso archive').waitFor();

    // The same name in other letters: said beside the field, before anybody signs in.
    await fillIn({ name: 'CONTOSO ARCHIVE' });
    await page.getByText(t('beside-field.input.name.taken')).waitFor();
    await field('name').press('Enter');
    expect(await field('name').getAttribute('aria-invalid')).toBe('true');
    await field('name').and(page.locator(':focus')).waitFor();
  });

  it('is registered by hand: OK stores it, the portal’s pages are a click away, and it is published later', async () => {
    const { origin, tenant, application } = await registered();
    const launched = await launch({ tenants: origin });
    const { page } = launched;
    const { t, button, field, row, fillIn, setUpAgain } = credentialWindow(page);
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com' });
    await button('dialog.ok').click();
    // What OK cannot do without.
    await field('clientId').and(page.locator('[aria-invalid=true]')).waitFor();
    await field('clientId').fill(application.appId);
    await field('tenant').fill(tenant().id);
    await button('dialog.ok').click();
    const byHand = page.locator('[data-dialog=by-hand]');
    await byHand.waitFor();
    expect(await byHand.getByRole('listitem').count()).toBe(5);
    for (const open of await byHand.getByRole('listitem').getByRole('button').all()) await open.click();
    await expect.poll(async () => (await launched.recorded()).opened.length).toBe(5);
    const { opened } = await launched.recorded();
    for (const address of opened)
      expect(address).toMatch(new RegExp(`^https://(entra|login)\\.microsoft(online)?\\.com/${tenant().id}.*${application.appId}`));
    await button('app.close').click();
    const line = row('Contoso archive');
    await line.getByText(t('state.never-checked')).waitFor();
    await button('manager.verify').click();
    await line.getByText(t('state.needs-attention')).waitFor();
    // The word over the list moves the line down as it comes: a double-click would fall between the two.
    await page.locator('[data-verified]').waitFor();

    await line.dblclick();
    await setUpAgain();
    expect(await page.locator('[data-check][data-result=failed]').count()).toBe(0);
    expect(tenant().applications).toHaveLength(1);
    expect(tenant().applications[0]?.keyCredentials).toHaveLength(2);
  });
});
