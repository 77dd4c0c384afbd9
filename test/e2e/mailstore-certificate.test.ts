import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPfx, toCer } from '../../main/certificates/index.ts';
import { dropFile } from '../host/page/dropped-file.ts';
import { ours } from '../unit/certificates/samples.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

const first = (text: string) => new RegExp(`^${text}`);

describe.skipIf(missing !== null)('MailStore’s own certificate', () => {
  it('comes in MailStore’s order: one plan, one sheet, the file dropped into it and published in the same session', async () => {
    const { origin, tenant } = await practiceTenants();
    const { page } = await launch({ tenants: origin });
    const { t, button, row, stage, fillIn, toPlan, apply, worked } = credentialWindow(page);
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com', custody: 'external' });
    await toPlan();
    await page.getByText(t('setup.plan.certificate-follows', { server: 'MailStore Server' })).waitFor();
    await apply().click();
    const sheet = await stage('sheet');
    const [application] = tenant().applications;
    for (const value of [application?.appId, tenant().id]) await sheet.getByText(value ?? '', { exact: true }).waitFor();
    expect(application?.keyCredentials).toEqual([]);
    const { certificate } = await ours('MailStore');
    await page.locator('[data-drop-zone]').evaluate(dropFile, { name: 'MailStore.cer', bytes: [...toCer(certificate)] });
    await page.locator('[data-step-done=evidence]').waitFor();
    expect(tenant().applications).toMatchObject([{ appId: application?.appId, keyCredentials: [{}] }]);
    await worked().click();
    await page.locator('[data-sheet=end]').waitFor();
    // What this session has added to the consent of the client that signs in can be taken back, as its last act.
    const consents = () =>
      tenant()
        .oauth2PermissionGrants.map(({ scope }) => scope)
        .join(' ');
    expect(consents()).toContain('Application.ReadWrite.All');
    await button('setup.sheet.consent.remove').click();
    await page.getByText(t('setup.sheet.consent.removed')).waitFor();
    expect(consents()).not.toContain('ReadWrite.All');
    expect(consents()).toContain('Application.Read.All');
    await button('app.close').click();
    await row('Contoso archive').getByText(t('state.confirmed')).waitFor();
  });

  it('is waited for with the window closed; the sheet goes on where it was left, without a sign-in', async () => {
    const { origin, tenant } = await practiceTenants();
    const before = await launch({ tenants: origin });
    const early = credentialWindow(before.page);
    await early.fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com', custody: 'external' });
    await early.toPlan();
    await early.apply().click();
    await early.stage('sheet');
    const step = early.t('server.mailstore-server.sheet.credential');
    await before.page.getByRole('checkbox', { name: early.t('setup.sheet.tick', { step }) }).check();
    await early.button('setup.sheet.later').click();
    await before.page.getByText(first(early.t('setup.sheet.to-be-continued', { name: 'Contoso archive' }))).waitFor();
    expect(await before.close()).toBe(0);

    const second = await launch({ tenants: origin, directory: before.directory });
    const { page } = second;
    const { t, button, row, fault, stage, apply, worked } = credentialWindow(page);
    const line = row('Contoso archive');
    await line.getByText(t('state.waiting-certificate')).waitFor();
    await line.click({ button: 'right' });
    await page.getByRole('menuitem', { name: t('manager.continue.in', { server: 'MailStore Server' }) }).click();
    await stage('sheet');
    expect(await page.getByRole('checkbox', { name: t('setup.sheet.tick', { step }) }).isChecked()).toBe(true);
    const file = (name: string, bytes: Uint8Array | string) => {
      const path = join(second.directory, name);
      writeFileSync(path, bytes);
      return path;
    };
    const choose = async (path: string) => {
      await second.answer('open', path);
      await button('intake.choose').click();
    };

    // What cannot be MailStore’s certificate is told apart and taken by nobody.
    const [mine, old] = await Promise.all([ours('MailStore'), ours('MailStore', 2048, new Date('2020-01-01'))]);
    await choose(file('given.pfx', await createPfx({ ...mine, password: 'x', encryption: 'modern', friendlyName: 'x' })));
    await fault('certificate.pfx').waitFor();
    await choose(file('expired.cer', toCer(old.certificate)));
    await fault('certificate.expired').waitFor();
    await choose(file('letter.cer', 'Dear administrator'));
    await page.locator('[data-fault^="certificate."]:not([data-fault="certificate.expired"])').waitFor();

    // Nobody is signed in any more: the certificate alone is planned, and published.
    await choose(file('mailstore.cer', toCer(mine.certificate)));
    await stage('plan');
    await apply().click();
    await stage('sheet');
    await page.locator('[data-step-done=evidence]').waitFor();
    await worked().click();
    await page.locator('[data-sheet=end]').waitFor();
    await button('app.close').click();
    await line.getByText(t('state.confirmed')).waitFor();
    expect(tenant().applications).toMatchObject([{ keyCredentials: [{ customKeyIdentifier: expect.any(String) }] }]);
  });
});
