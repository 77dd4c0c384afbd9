import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPfx, toCer } from '../../main/certificates/index.ts';
import { dropFile } from '../host/page/dropped-file.ts';
import { inside } from '../practice/cli/command-line.ts';
import { ours } from '../unit/certificates/samples.ts';
import { credentialWindow } from './credential-window.ts';
import { exportPfxByKeyboard } from './export-pfx.ts';
import { keyboardOf } from './keyboard.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

const domain = { tenant: 'Contoso', domain: 'contoso.example' };

/** A window with one credential that is set up, whose rotation is asked for. */
async function ready(language: 'en' | 'fr' = 'en', ...options: readonly string[]) {
  const practice = await practiceTenants();
  const application = await launch({ tenants: practice.origin, lang: language });
  const { page } = application;
  const window = credentialWindow(page, language);
  const cli = (...args: string[]) => inside([...args, '--practice', practice.origin, '--data-dir', application.directory]);
  expect(await cli('connect', '--name', 'Contoso archive', '--fqdn', 'mailstore.contoso.com', '--yes', ...options)).toMatchObject({
    code: options.length === 0 ? 0 : 10,
  });
  const keys = () => practice.tenant().applications[0]?.keyCredentials ?? [];
  const at = (stage: string) => page.locator(`[data-dialog=rotation][data-stage=${stage}]`);
  // The window hears of what the command line wrote a moment later; what is opened before is about an earlier state.
  await window
    .row('Contoso archive')
    .getByText(window.t(options.length === 0 ? 'state.set-up' : 'state.waiting-certificate'))
    .waitFor();
  await window.row('Contoso archive').click();
  return { practice, application, page, window, keys, at, cli };
}

describe.skipIf(missing !== null)('the rotation of a certificate', () => {
  it.each(['en', 'fr'] as const)(
    'with our key, by the keyboard alone, in %s: the old one goes only after the handover',
    async (language) => {
      const { application, page, window, keys, at } = await ready(language);
      const { t, button, row } = window;
      const { press, type, activate, tabTo } = keyboardOf(page);
      const reached = () =>
        page
          .locator('[data-dialog=rotation] [data-reached=true]')
          .evaluateAll((steps) => steps.map((step) => step.getAttribute('data-timeline-state')));
      await press('Alt+Enter');
      await page.getByRole('heading', { level: 1, name: 'Contoso archive' }).waitFor();
      await activate(button('manager.rotate'));
      await at('begin').waitFor();
      await tabTo(page.locator('[data-field=overlap]'));
      await press('Control+a');
      await type('seven');
      await press('Enter');
      await page.getByText(t('fault.rotation.overlap-invalid', { typed: 'seven', most: 3650 })).waitFor();
      await press('Control+a');
      await type('0');
      await press('Enter');
      await at('plan').getByText(t('rotation.plan.warning')).waitFor();
      expect(keys()).toHaveLength(1);
      await activate(button('setup.plan.apply', domain));
      await at('handover').waitFor();
      expect(await reached()).toEqual(['created', 'published', 'proven']);
      expect(keys()).toHaveLength(2);

      // Handed over as PFX; only the administrator's word lets the old one go.
      const path = join(application.directory, 'new.pfx');
      await exportPfxByKeyboard(page, { t, button }, application, path);
      await at('handover').getByText(`Import-PfxCertificate -FilePath '${path}'`).waitFor();
      await activate(button('rotation.handover.worked'));
      await at('remove').waitFor();
      await activate(button('rotation.remove'));
      await at('plan').getByText(t('rotation.remove.warning')).waitFor();
      expect(keys()).toHaveLength(2);
      await activate(button('setup.plan.apply', domain));
      await at('nothing').waitFor();
      expect(await reached()).toEqual(['created', 'published', 'proven', 'handed-over', 'old-removed']);
      expect(keys()).toHaveLength(1);
      await activate(button('app.close'));
      await button('manager.rotate').and(page.locator(':focus')).waitFor();
      await press('Escape');
      await row('Contoso archive').getByText(t('state.confirmed')).waitFor();
    },
  );

  it('is rolled back while the old one is there', async () => {
    const { page, window, keys, at } = await ready();
    const { t, button, row } = window;
    const certificate = () => row('Contoso archive').getByRole('gridcell').nth(3).textContent();
    const shown = await certificate();
    expect(shown).toMatch(/^[0-9A-F]{4} [0-9A-F]{4}/);
    await row('Contoso archive').click({ button: 'right' });
    await page.getByRole('menuitem', { name: t('manager.rotate') }).click();
    await button('rotation.begin').click();
    await at('plan').waitFor();
    await button('setup.plan.apply', domain).click();
    await at('handover').waitFor();
    await button('rotation.roll-back').click();
    await page.locator('[data-timeline-state=rolled-back][data-reached=true]').waitFor();
    expect(keys()).toHaveLength(2);
    await page.keyboard.press('Escape');
    await expect.poll(certificate).toBe(shown);
  });

  it('with MailStore’s key signs in first, then takes the certificate that MailStore makes', async () => {
    const first = (await ours('MailStore')).certificate;
    const { application, page, window, keys, at, cli } = await ready('en', '--custody', 'external');
    const { t, button, row } = window;
    const file = (name: string, der: Uint8Array) => {
      const path = join(application.directory, name);
      writeFileSync(path, der);
      return path;
    };
    expect(await cli('repair', 'Contoso archive', '--certificate', file('first.cer', toCer(first)), '--yes')).toMatchObject({ code: 0 });
    await row('Contoso archive').getByText(first.thumbprint.slice(0, 4)).waitFor();
    const second = (await ours('MailStore')).certificate;
    await row('Contoso archive').click({ button: 'right' });
    await page.getByRole('menuitem', { name: t('manager.rotate') }).click();
    await page.getByText(t('rotation.external.warning')).waitFor();
    await button('rotation.begin').click();
    await at('certificate').waitFor();
    await application.answer('open', file('second.cer', toCer(second)));
    await button('intake.choose').click();
    const confirmation = page.locator('[data-import-confirmation]');
    await confirmation.getByText(second.thumbprint.slice(0, 4)).first().waitFor();
    await confirmation.getByRole('button', { name: t('app.cancel') }).click();

    // The same by dropping it; a file that is none is refused in words, and nothing is lost.
    const drop = (name: string, bytes: Uint8Array) => page.locator('[data-drop-zone]').evaluate(dropFile, { name, bytes: [...bytes] });
    await drop('holiday.jpg', new Uint8Array([255, 216, 255, 224]));
    await page.locator('[data-fault="certificate.not-a-certificate"]').waitFor();
    await drop('second.cer', toCer(second));
    await confirmation.getByText(second.thumbprint.slice(0, 4)).first().waitFor();
    await confirmation.getByRole('button', { name: t('app.cancel') }).click();

    // And the Downloads folder, when asked: what was there before is not proposed.
    const folder = join(application.directory, 'Downloads');
    mkdirSync(folder);
    file('Downloads/first.cer', toCer(first));
    utimesSync(join(folder, 'first.cer'), new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    await application.setDownloadsFolder(folder);
    await page.getByRole('checkbox', { name: t('rotation.downloads.watch') }).click();
    await page.getByText(t('rotation.downloads.none')).waitFor();
    // What cannot be it is told in a sentence, and proposed by nobody.
    file('Downloads/MailStore.pfx', await createPfx({ ...(await ours()), password: 'x', encryption: 'modern', friendlyName: 'x' }));
    await page
      .locator('[data-refused-files]')
      .getByText(t('fault.certificate.pfx', { path: 'MailStore.pfx' }))
      .waitFor();
    await page.getByText(t('rotation.downloads.none')).waitFor();
    file('Downloads/MailStore.cer', toCer(second));
    await page
      .locator('[data-found-files]')
      .getByRole('radio', { name: /^MailStore\.cer/, checked: true })
      .waitFor();
    await button('rotation.downloads.take').click();
    await confirmation.getByText(second.thumbprint.slice(0, 4)).first().waitFor();
    expect(keys()).toHaveLength(1);
    await confirmation.getByRole('button', { name: t('dialog.import.confirm') }).click();
    await at('plan').waitFor();
    await button('setup.plan.apply', domain).click();
    await at('handover').waitFor();
    expect(keys()).toHaveLength(2);
    await button('rotation.handover.worked').click();
    await at('wait').waitFor();
    expect(keys()).toHaveLength(2);
  });
});
