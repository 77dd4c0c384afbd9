import { describe, expect, it } from 'vitest';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

describe.skipIf(missing !== null)('an administrator who may not consent', () => {
  it('does everything else; somebody else consents, and no check is left but the one that cannot be tested', async () => {
    const { origin, tenant, signInAs } = await practiceTenants();
    signInAs('Cloud Application Administrator');
    const application = await launch({ tenants: origin });
    const { page, directory } = application;
    const { t, button, row, fillIn, toPlan, stage, leaveProof } = credentialWindow(page);
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com' });
    await toPlan();
    await page.getByText(t('setup.plan.consent-missing')).waitFor();
    await button('setup.plan.apply-without-consent', { tenant: 'Contoso', domain: 'contoso.example' }).click();
    await stage('proof');
    await page.getByText(t('setup.proof.waiting-consent', { tenant: 'Contoso' })).waitFor();
    // A role of Microsoft Graph is what this administrator may not give.
    const granted = () => tenant().appRoleAssignments.map(({ resourceDisplayName }) => resourceDisplayName);
    expect(granted()).toEqual(['Office 365 Exchange Online']);

    // The link for somebody who may.
    const appId = tenant().applications[0]?.appId ?? '';
    await button('setup.proof.consent').click();
    await expect
      .poll(async () => (await application.recorded()).opened)
      .toEqual([`https://login.microsoftonline.com/${tenant().id}/adminconsent?client_id=${appId}`]);
    await button('details.portal.copy-consent').click();
    await expect
      .poll(async () => (await application.recorded()).clipboard)
      .toBe(`https://login.microsoftonline.com/${tenant().id}/adminconsent?client_id=${appId}`);
    await button('setup.proof.verify').click();
    await button('setup.proof.verify').and(page.locator(':not([aria-disabled=true])')).waitFor();
    await page.getByText(t('setup.proof.waiting-consent', { tenant: 'Contoso' })).waitFor();
    await leaveProof();
    await row('Contoso archive').getByText(t('state.waiting-consent')).waitFor();

    // A Global Administrator does it elsewhere, from the command line over the same list; the window follows.
    signInAs('Global Administrator');
    const done = await inside(['repair', 'Contoso archive', '--yes', '--practice', origin, '--data-dir', directory]);
    expect(done).toMatchObject({ code: 0 });
    await row('Contoso archive').getByText(t('state.set-up')).waitFor();
    expect(granted()).toContain('Microsoft Graph');
    await row('Contoso archive').click();
    await button('manager.verify').click();
    await page
      .getByText(t('setup.proof.set-up', { tenant: 'Contoso', untestable: 1, left: t('check.ews-allowed.name') }))
      .first()
      .waitFor();
    expect(tenant().applications).toHaveLength(1);
  });
});
