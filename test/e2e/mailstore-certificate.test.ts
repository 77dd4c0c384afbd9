import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { createPfx, toCer } from '../../main/certificates/index.ts';
import { ours } from '../unit/certificates/samples.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

const importFrom = async (page: Page, name: string) => {
  await page.getByRole('button', { name }).click();
};

describe.skipIf(missing !== null)('MailStore’s own certificate', () => {
  it('comes in MailStore’s order: ids first, the window closed and opened again while it is waited for', async () => {
    const { origin, tenant } = await practiceTenants();
    const first = await launch({ tenants: origin });
    const before = credentialWindow(first.page);
    await before.fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com', custody: 'external' });
    await before.toPlan();
    await before.apply().click();
    await before.stage('proof');
    await first.page.getByText(before.t('setup.proof.waiting-certificate', { tenant: 'Contoso' })).waitFor();
    await before.button('setup.proof.next').click();
    const sheet = await before.stage('sheet');
    const [application] = tenant().applications;
    for (const value of [application?.appId, tenant().id]) await sheet.getByText(value ?? '', { exact: true }).waitFor();
    expect(application?.keyCredentials).toEqual([]);
    expect(await first.close()).toBe(0);

    const second = await launch({ tenants: origin, directory: first.directory });
    const { page } = second;
    const { t, button, field, row, fault, stage, setUpAgain } = credentialWindow(page);
    const line = row('Contoso archive');
    await line.getByText(t('state.waiting-certificate')).waitFor();
    await line.dblclick();
    expect(await field('clientId').inputValue()).toBe(application?.appId);
    const choose = async (path: string) => {
      await second.answer('open', path);
      await importFrom(page, t('dialog.certificate.menu'));
      await page.getByRole('menuitem', { name: t('dialog.certificate.import') }).click();
    };
    const file = (name: string, bytes: Uint8Array | string) => {
      const path = join(second.directory, name);
      writeFileSync(path, bytes);
      return path;
    };

    // What cannot be MailStore’s certificate is told apart and taken by nobody.
    const [mine, old] = await Promise.all([ours('MailStore'), ours('MailStore', 2048, new Date('2020-01-01'))]);
    await choose(file('given.pfx', await createPfx({ ...mine, password: 'x', encryption: 'modern', friendlyName: 'x' })));
    await fault('certificate.pfx').waitFor();
    await choose(file('expired.cer', toCer(old.certificate)));
    await fault('certificate.expired').waitFor();
    await choose(file('letter.cer', 'Dear administrator'));
    await page.locator('[data-fault^="certificate."]:not([data-fault="certificate.expired"])').waitFor();
    expect(await field('certificate').inputValue()).toBe(t('dialog.certificate.waiting'));

    await choose(file('mailstore.cer', toCer(mine.certificate)));
    await page.locator('[data-import-confirmation]').waitFor();
    await button('dialog.import.confirm').click();
    await setUpAgain();
    await page.getByText(t('setup.proof.external', { tenant: 'Contoso' })).waitFor();
    expect(await page.locator('[data-check=key-credential]').getAttribute('data-result')).toBe('passed');
    expect(await page.locator('[data-check=token-graph]').getAttribute('data-result')).toBe('not-testable');
    await button('setup.proof.next').click();
    await button('setup.sheet.worked').click();
    await stage('finish');
    await button('app.close').click();
    await line.getByText(t('state.confirmed')).waitFor();
    expect(tenant().applications).toMatchObject([
      { appId: application?.appId, keyCredentials: [{ customKeyIdentifier: expect.any(String) }] },
    ]);
  });
});
