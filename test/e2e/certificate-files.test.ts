import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { readCertificate } from '../../main/certificates/index.ts';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing, newDirectory } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

/** Where nobody may write a file; a file in the place of the folder on Windows, whose folders have no such mode. */
function closedFolder(directory: string): string {
  // Whoever is root may write everywhere but into what the kernel shows.
  if (process.getuid?.() === 0) return '/sys';
  const path = join(directory, 'closed');
  if (process.platform === 'win32') writeFileSync(path, '');
  else mkdirSync(path, { mode: 0o500 });
  return path;
}

describe.skipIf(missing !== null)('Export certificate', () => {
  it('writes CER, PEM and PFX where the save dialog says, over an existing file, and explains where it cannot', async () => {
    const directory = newDirectory();
    const { origin } = await practiceTenants();
    const connected = await inside([
      'connect',
      '--json',
      '--name',
      'Contoso: archive',
      '--fqdn',
      'mailstore.contoso.com',
      '--yes',
      '--practice',
      origin,
      '--data-dir',
      directory,
    ]);
    expect(connected).toMatchObject({ code: 0 });
    const { credential } = JSON.parse(connected.stdout) as { credential: { certificate: { thumbprint: string } } };
    const application = await launch({ tenants: origin, directory });
    const { page } = application;
    const { t, button, row } = credentialWindow(page);
    const dialog = page.locator('[data-dialog=export]');
    const format = (name: 'cer' | 'pem' | 'pfx' | 'pem-key') => dialog.getByRole('radio', { name: t(`export-dialog.${name}`) });
    const written = (path: string) => dialog.getByText(t('export-dialog.written', { path }));
    await row('Contoso: archive').click();
    await button('manager.export.short').click();

    // Nothing chosen in the save dialog: nothing written, the dialog stays.
    await application.answer('save', null);
    await button('export-dialog.save').click();
    await expect.poll(async () => (await application.recorded()).dialogs.length).toBe(1);
    expect((await application.recorded()).dialogs).toMatchObject([{ defaultPath: '[Practice] Contoso_ archive.cer' }]);

    const cer = join(directory, 'contoso.cer');
    writeFileSync(cer, 'what was there before');
    await application.answer('save', cer);
    await button('export-dialog.save').click();
    await written(cer).waitFor();
    expect(readCertificate(readFileSync(cer)).thumbprint).toBe(credential.certificate.thumbprint);

    // Done is done: the form is gone, and closing is what is at hand.
    expect(await dialog.getByRole('radio').count()).toBe(0);
    const another = () => button('export-dialog.another').click();
    await another();
    const pem = join(directory, 'contoso.pem');
    await format('pem').check();
    await application.answer('save', pem);
    await button('export-dialog.save').click();
    await written(pem).waitFor();
    expect(readFileSync(pem, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(readFileSync(pem, 'utf8')).not.toContain('PRIVATE KEY');

    await another();
    const pfx = join(directory, 'contoso.pfx');
    await format('pfx').check();
    await dialog.locator('[data-field=pfx-password]').fill('correct horse');
    await dialog.locator('[data-field=pfx-repeat]').fill('correct house');
    await button('export-dialog.save').click();
    await dialog.getByText(t('dialog.pfx.different')).waitFor();
    await dialog.locator('[data-field=pfx-repeat]').fill('correct horse');
    await application.answer('save', pfx);
    await button('export-dialog.save').click();
    await written(pfx).waitFor();
    expect(() => createSecureContext({ pfx: readFileSync(pfx), passphrase: 'correct horse' })).not.toThrow();

    // The same under a password that nobody has to think of: copied, shown by the system, and cleared again.
    await another();
    const made = join(directory, 'made.pfx');
    await dialog.getByRole('radio', { name: t('dialog.pfx.generated') }).check();
    await dialog.getByRole('radio', { name: t('dialog.pfx.compatible') }).check();
    await application.answer('save', made);
    await button('export-dialog.save').click();
    await written(made).waitFor();
    await dialog.getByText(t('dialog.pfx.password.copied', { seconds: 90 })).waitFor();
    const passphrase = (await application.recorded()).clipboard ?? '';
    expect(() => createSecureContext({ pfx: readFileSync(made), passphrase })).not.toThrow();
    await button('dialog.pfx.password.show').click();
    await expect
      .poll(async () => (await application.recorded()).dialogs.at(-1))
      .toMatchObject({ kind: 'message', message: t('window.pfx-password', { file: 'made.pfx' }), detail: passphrase });
    expect(await page.content()).not.toContain(passphrase);
    const copy = (what: string) => dialog.getByRole('button', { name: t('dialog.copy.what', { what }), exact: true }).click();
    await copy('certutil');
    await expect.poll(async () => (await application.recorded()).clipboard).toBe(`certutil -importpfx My "${made}" NoExport`);
    await copy(t('dialog.details.x5t'));
    await expect
      .poll(async () => (await application.recorded()).clipboard)
      .toBe(Buffer.from(credential.certificate.thumbprint, 'hex').toString('base64url'));
    await application.shortenWaits();
    await button('dialog.pfx.password.copy').click();
    await expect.poll(async () => (await application.recorded()).clipboard).toBe('');

    // Certificate and key as text, each in a file of its own.
    await another();
    const [text, key] = [join(directory, 'server.pem'), join(directory, 'server.key')];
    await format('pem-key').check();
    await dialog.getByRole('radio', { name: t('dialog.pfx.none') }).check();
    await dialog.locator('[data-field=key-apart]').check();
    await application.answer('save', text, key);
    await button('export-dialog.save').click();
    await dialog.getByText(t('export-dialog.written-pair', { path: text, key })).waitFor();
    expect(() => createSecureContext({ cert: readFileSync(text), key: readFileSync(key) })).not.toThrow();
    expect(readFileSync(text, 'utf8')).not.toContain('PRIVATE KEY');

    await another();
    await format('cer').check();
    await application.answer('save', join(closedFolder(directory), 'contoso.cer'));
    await button('export-dialog.save').click();
    const fault = dialog.locator('[data-fault="file.not-writable"]');
    await fault.waitFor();
    expect(await fault.textContent()).toContain('contoso.cer');
    await button('app.cancel').click();
    await button('manager.export.short').and(page.locator(':focus')).waitFor();
  });
});
