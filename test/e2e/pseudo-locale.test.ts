import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { followDeviceCode } from '../../main/practice/index.ts';
import { clippedTexts } from '../host/page/clipped-text.ts';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';
import { pseudoBuild } from './pseudo-locale.ts';

describe.skipIf(missing !== null)('texts that are half as long again', () => {
  it('are seen whole on every page and in every dialog', async () => {
    const { origin, tenant, signInAs, hold, held, release } = await practiceTenants();
    const { build, t } = await pseudoBuild();
    const application = await launch({ tenants: origin, build });
    const { page, directory } = application;
    await page.setViewportSize({ width: 1280, height: 800 });
    const { button, field, row, fillIn, stage, fault } = credentialWindow(page, t);
    const clipped: Record<string, string[]> = {};
    const look = async (place: string) => {
      await page.locator('body').evaluate(() => new Promise((drawn) => void setTimeout(drawn, 50)));
      const found = await page.evaluate(clippedTexts);
      if (found.length > 0) clipped[place] = found;
    };
    /** On another device. */
    const typeCode = async () => {
      const shown = page.locator('[data-code]');
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S+?deviceauth/.exec((await shown.textContent()) ?? '')?.[0] ?? '';
      await followDeviceCode(address, (await shown.getAttribute('data-code')) ?? '', { account: null });
    };
    const dialog = (name: string) => page.locator(`[data-dialog=${name}]`);

    await button('manager.create').waitFor();
    await look('empty');
    await application.clickMenu('add-existing');
    await dialog('add-existing').waitFor();
    await look('add existing, one');
    await dialog('add-existing').getByRole('tab').last().click();
    await button('track-dialog.file.choose').waitFor();
    await look('add existing, many');
    await page.keyboard.press('Escape');
    await dialog('add-existing').waitFor({ state: 'detached' });
    await application.clickMenu('diagnostics');
    await dialog('diagnostics').waitFor();
    await look('diagnostics');
    await page.keyboard.press('Escape');
    await dialog('diagnostics').waitFor({ state: 'detached' });

    // The dialog and what opens over it.
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore' });
    await field('name').focus();
    await page
      .getByText(t('beside-field.field.fqdn.single-label'))
      .or(page.locator('[data-field=fqdn][aria-invalid=true]'))
      .first()
      .waitFor();
    await look('dialog with faults');
    await field('fqdn').fill('mailstore.contoso.com');
    await expect.poll(() => field('certificate').inputValue()).toContain(']');
    await look('dialog');
    const fromMenu = async (key: Parameters<typeof t>[0]) => {
      await button('dialog.certificate.menu').click();
      await page.getByRole('menuitem', { name: t(key), exact: true }).click();
    };
    await button('dialog.certificate.menu').click();
    await page.getByRole('menu').waitFor();
    await look('menu of the certificate');
    await page.keyboard.press('Escape');
    await fromMenu('dialog.certificate.details');
    await page.getByText(t('dialog.details.subject')).waitFor();
    await look('details of the certificate');
    await button('app.close').click();
    await fromMenu('dialog.certificate.export-pfx');
    await page.locator('[data-pfx]').waitFor();
    await look('PFX');
    await page
      .locator('[data-pfx]')
      .getByRole('button', { name: t('app.cancel') })
      .click();

    // The set-up, stage by stage, as somebody who may not consent.
    signInAs('Blocked by Conditional Access');
    await button('dialog.set-up').click();
    await stage('tenant');
    await look('tenant');
    await button('setup.tenant.begin').click();
    await fault('sign-in.conditional-access').waitFor();
    await look('failed');
    signInAs('Cloud Application Administrator');
    await button('setup.failed.sign-in').click();
    await stage('tenant');
    hold(({ path }) => path.endsWith('/authorize'));
    await button('setup.tenant.begin').click();
    await expect.poll(held).toBe(1);
    await look('signing in');
    await button('setup.sign-in.code').click();
    await page.locator('[data-code]').waitFor();
    await look('signing in with a code');
    release();
    await typeCode();
    await stage('plan');
    await look('plan');
    hold(({ method, path }) => method === 'PATCH' && path.startsWith('/v1.0/applications'));
    await button('setup.plan.apply-without-consent', { tenant: 'Contoso', domain: 'contoso.example' }).click();
    await page.locator('[data-code]').waitFor();
    await look('applying with a code');
    await typeCode();
    await expect.poll(held).toBe(1);
    await look('applying');
    release();
    await stage('proof');
    await look('proof');
    // Its words hold the name of the server, which is longer too.
    await page.getByRole('button', { name: /Finish in/ }).click();
    await stage('sheet');
    await look('sheet');
    await page.getByRole('button', { name: /Confirm: / }).click();
    await page.locator('[data-sheet=end]').waitFor();
    await look('end of the sheet');
    await button('app.close').click();
    await row('Contoso archive').waitFor();

    // The list and what opens over it.
    await row('Contoso archive').waitFor();
    await look('list');
    await row('Contoso archive').click({ button: 'right' });
    await page.getByRole('menu').waitFor();
    await look('context menu');
    await page.keyboard.press('Escape');
    await row('Contoso archive').click();
    await button('manager.verify').click();
    await page
      .getByText(t('setup.proof.waiting-consent', { tenant: 'Contoso' }))
      .first()
      .waitFor();
    await look('verified');
    await application.clickMenu('export');
    await dialog('export').getByRole('radio').nth(2).check();
    await application.answer('save', join(directory, 'missing', 'x.pfx'));
    await dialog('export').locator('[data-field=pfx-password]').fill('x');
    await button('export-dialog.save').click();
    await look('export');
    await page.keyboard.press('Escape');
    await row('Contoso archive').click();
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('heading', { level: 1, name: 'Contoso archive' }).waitFor();
    await page.getByRole('table').waitFor();
    await look('details');
    signInAs('Global Administrator');
    expect(await inside(['repair', 'Contoso archive', '--yes', '--practice', origin, '--data-dir', directory])).toMatchObject({ code: 0 });
    // The sheet has recorded it; taken back, the details ask for it.
    expect(await inside(['handover', 'Contoso archive', '--undo', '--practice', origin, '--data-dir', directory])).toMatchObject({
      code: 0,
    });
    await button('details.handover.confirm').click();
    await dialog('handover').waitFor();
    await look('handover');
    await page.keyboard.press('Escape');
    await dialog('handover').waitFor({ state: 'detached' });
    await button('app.back').click();
    await page.keyboard.press('Control+,');
    await page.locator('main select').first().waitFor();
    await look('settings');
    await button('app.back').click();
    await page.locator('[data-command=activity]').click();
    await page.getByRole('table').waitFor();
    await look('activity');
    await button('app.back').click();
    await application.clickMenu('ews');
    await button('ews-page.look').click();
    await page.locator('[data-sum]').waitFor();
    await button('ews-page.look').waitFor();
    await look('EWS');
    await button('app.back').click();

    // By hand.
    await fillIn({ name: 'Fabrikam archive', fqdn: 'mailstore.fabrikam.com' });
    await field('clientId').fill(tenant().applications[0]?.appId ?? '');
    await field('tenant').fill(tenant().id);
    await button('dialog.ok').click();
    await dialog('by-hand').waitFor();
    await look('by hand');
    await button('app.close').click();
    await row('Fabrikam archive').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Delete');
    await dialog('remove').waitFor();
    await look('delete');
    await dialog('remove')
      .getByRole('button', { name: t('remove-dialog.delete'), exact: true })
      .click();
    await button('manager.undo').waitFor();
    await look('deleted');

    // With the registration, and both back again.
    await row('Contoso archive').click();
    await page.keyboard.press('Delete');
    await dialog('remove').getByRole('checkbox').first().click();
    await field('confirm-name').fill('contoso archive');
    await button('remove-dialog.sign-in').click();
    await page.getByText(t('fault.removal.name-not-confirmed', { name: 'Contoso archive' })).waitFor();
    await look('delete with the registration');
    await field('confirm-name').fill('Contoso archive');
    await button('remove-dialog.sign-in').click();
    await dialog('removal').and(page.locator('[data-stage=plan]')).waitFor();
    await look('what will be deleted');
    await button('removal.plan.apply', { tenant: 'Contoso', domain: 'contoso.example' }).click();
    await dialog('removal').and(page.locator('[data-stage=done]')).waitFor();
    await look('deleted with the registration');
    await button('app.close').click();
    await button('manager.deleted').click();
    await dialog('deleted').getByText('Fabrikam archive').first().waitFor();
    await look('recently deleted');
    await button('deleted.restore.name', { name: 'Contoso archive' }).click();
    await dialog('restoration').and(page.locator('[data-stage=plan]')).waitFor();
    await look('what will be restored');
    await button('restoration.plan.apply', { tenant: 'Contoso', domain: 'contoso.example' }).click();
    await dialog('restoration').and(page.locator('[data-stage=done]')).waitFor();
    await look('restored');
    expect(clipped).toEqual({});
  });
});
