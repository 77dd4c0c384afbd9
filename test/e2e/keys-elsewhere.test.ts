import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPfx, readCertificate, toPem } from '../../main/certificates/index.ts';
import { inside } from '../practice/cli/command-line.ts';
import { authority } from '../unit/certificates/authority.ts';
import { isInstalled } from '../system.ts';
import { bags, pfxOfBags } from '../unit/certificates/der-writer.ts';
import { ours } from '../unit/certificates/samples.ts';
import { credentialWindow } from './credential-window.ts';
import { keyboardOf } from './keyboard.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

/** A window with one credential that is set up. */
async function connected() {
  const { origin, tenant } = await practiceTenants();
  const application = await launch({ tenants: origin });
  const cli = (...args: string[]) => inside([...args, '--practice', origin, '--data-dir', application.directory]);
  expect(await cli('connect', '--name', 'Contoso archive', '--fqdn', 'mailstore.contoso.com', '--yes')).toMatchObject({ code: 0 });
  const window = credentialWindow(application.page);
  await window.row('Contoso archive').getByText(window.t('state.set-up')).waitFor();
  await window.row('Contoso archive').click();
  return { application, page: application.page, window, cli, keys: () => tenant().applications[0]?.keyCredentials ?? [] };
}

describe.skipIf(missing !== null)('a key that is not only here', () => {
  it.skipIf(!isInstalled('openssl'))('has its request signed by an authority, and the certificate comes back with its chain', async () => {
    const { application, page, window, keys } = await connected();
    const { t, button, row, field, setUpAgain } = window;
    const fromMenu = async (key: Parameters<typeof t>[0]) => {
      await button('dialog.certificate.menu').click();
      await page.getByRole('menuitem', { name: t(key), exact: true }).click();
    };
    await row('Contoso archive').dblclick();
    const csr = join(application.directory, 'contoso.csr');
    await application.answer('save', csr);
    await fromMenu('dialog.certificate.export-request');
    await page
      .locator('[data-announcer]')
      .getByText(t('dialog.certificate.request-saved', { path: csr }))
      .waitFor();
    expect((await application.recorded()).dialogs).toMatchObject([{ kind: 'save', defaultPath: '[Practice] Contoso archive.csr' }]);
    const ca = authority();
    const leaf = ca.sign(readFileSync(csr, 'utf8'));
    const answer = join(application.directory, 'answer.pem');
    writeFileSync(answer, [leaf, ca.intermediate, ca.root].map((path) => readFileSync(path, 'utf8')).join(''));
    await application.answer('open', answer);
    await fromMenu('dialog.certificate.import-signed');
    await page.getByText(t('dialog.certificate.unpublished-chain', { chain: 2 })).waitFor();
    expect(await field('certificate').inputValue()).toContain(readCertificate(readFileSync(leaf)).thumbprint.slice(0, 8));
    // It is another certificate now, and only what is stored has a request.
    await button('dialog.certificate.menu').click();
    expect(await page.getByRole('menuitem', { name: t('dialog.certificate.export-request') }).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await setUpAgain();
    expect(await page.locator('[data-check=token-graph]').getAttribute('data-result')).toBe('passed');
    expect(keys()).toHaveLength(2);
  });

  it('comes out of a PFX for a new credential, by the keyboard alone; a wrong password is told beside it', async () => {
    const { origin, tenant } = await practiceTenants();
    const application = await launch({ tenants: origin });
    const { page } = application;
    const { t, button, fillIn, field, toPlan, apply, stage } = credentialWindow(page);
    const { press, type, tabTo, activate } = keyboardOf(page);
    const made = await ours('made elsewhere');
    const pfx = join(application.directory, 'made elsewhere.pfx');
    writeFileSync(pfx, await createPfx({ ...made, password: 'correct horse', encryption: 'compatible', friendlyName: 'x' }));
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com' });
    await expect.poll(() => field('certificate').inputValue()).toContain('expires');
    await application.answer('open', pfx);
    const menu = button('dialog.certificate.menu');
    await activate(menu);
    const item = page.getByRole('menuitem', { name: t('dialog.certificate.import-pfx') });
    await page.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
    while ((await item.and(page.locator(':focus')).count()) === 0) await press('ArrowDown');
    await press('Enter');
    const dialog = page.locator('[data-pfx-import]');
    await dialog.locator('[data-field=pfx-password]:focus').waitFor();
    expect(await dialog.locator('[data-field=pfx-file]').textContent()).toBe('made elsewhere.pfx');
    await type('correct house');
    await press('Enter');
    await dialog.getByText(t('fault.import.password-wrong', { path: pfx })).waitFor();
    // The password is selected: what is typed takes its place.
    await dialog.locator('[data-field=pfx-password]:focus').waitFor();
    await type('correct horse');
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await menu.and(page.locator(':focus')).waitFor();
    await expect.poll(() => field('certificate').inputValue()).toContain(made.certificate.thumbprint.slice(0, 8));
    await tabTo(button('dialog.set-up'));
    await toPlan();
    await apply().click();
    await stage('proof');
    expect(await page.locator('[data-check=token-graph]').getAttribute('data-result')).toBe('passed');
    expect(tenant().applications[0]?.keyCredentials).toHaveLength(1);
  });

  it('comes out of certificate and key in PEM, by the keyboard alone: asked for is what the files do not say', async () => {
    const { origin } = await practiceTenants();
    const application = await launch({ tenants: origin });
    const { page } = application;
    const { t, button, fillIn, field } = credentialWindow(page);
    const { press, type, activate } = keyboardOf(page);
    const { certificate, privateKey } = await ours('proxy');
    const [pem, key] = [join(application.directory, 'proxy.pem'), join(application.directory, 'proxy.key')];
    writeFileSync(pem, toPem(certificate));
    writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'correct horse' }));
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com' });
    await expect.poll(() => field('certificate').inputValue()).toContain('expires');
    await application.answer('open', pem, pem, key);
    const menu = button('dialog.certificate.menu');
    await activate(menu);
    const item = page.getByRole('menuitem', { name: t('dialog.certificate.import-pem') });
    await page.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
    while ((await item.and(page.locator(':focus')).count()) === 0) await press('ArrowDown');
    await press('Enter');
    const dialog = page.locator('[data-pem-import]');
    await dialog.getByText(t('dialog.pem-import.needs-key')).waitFor();
    expect(await dialog.locator('[data-field=pem-file]').textContent()).toBe('proxy.pem');
    const choose = dialog.getByRole('button', { name: t('dialog.pem-import.choose'), exact: true });
    // The certificate once more, by mistake: it has no key.
    await activate(choose);
    await dialog.getByText(t('fault.import.key-missing', { path: pem })).waitFor();
    await activate(choose);
    await dialog.locator('[data-field=pem-password]:focus').waitFor();
    expect(await dialog.locator('[data-field=pem-key]').textContent()).toBe('proxy.key');
    await type('correct house');
    await press('Enter');
    await dialog.getByText(t('fault.import.password-wrong', { path: key })).waitFor();
    await dialog.locator('[data-field=pem-password]:focus').waitFor();
    await type('correct horse');
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await menu.and(page.locator(':focus')).waitFor();
    await expect.poll(() => field('certificate').inputValue()).toContain(certificate.thumbprint.slice(0, 8));
  });

  it('is the one that is chosen, where a PFX holds several', async () => {
    const { origin } = await practiceTenants();
    const application = await launch({ tenants: origin });
    const { page } = application;
    const { t, button, fillIn, field } = credentialWindow(page);
    const [one, two] = await Promise.all([ours('one'), ours('two')]);
    const item = ({ certificate, privateKey }: typeof one, name: string) => [
      bags.key(privateKey.export({ format: 'der', type: 'pkcs8' }), { name }),
      bags.certificate(certificate.der),
    ];
    const pfx = join(application.directory, 'several.pfx');
    writeFileSync(pfx, pfxOfBags([item(one, 'Archive'), item(two, 'Mail')], 'secret'));
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com' });
    await expect.poll(() => field('certificate').inputValue()).toContain('expires');
    await application.answer('open', pfx);
    await button('dialog.certificate.menu').click();
    await page.getByRole('menuitem', { name: t('dialog.certificate.import-pfx') }).click();
    const dialog = page.locator('[data-pfx-import]');
    await dialog.locator('[data-field=pfx-password]').fill('secret');
    await page.keyboard.press('Enter');
    await dialog.getByText(t('dialog.pfx-import.keys')).waitFor();
    expect(await dialog.getByRole('radio').count()).toBe(2);
    await dialog.getByRole('radio', { name: /^Mail: CN=two/ }).check();
    await dialog.getByRole('button', { name: t('dialog.pfx-import.read'), exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => field('certificate').inputValue()).toContain(two.certificate.thumbprint.slice(0, 8));
  });

  it('is handed over and forgotten here, only after the administrator’s word', async () => {
    const { application, page, window, cli, keys } = await connected();
    const { t, button, row } = window;
    const { press, tabTo, activate } = keyboardOf(page);
    await button('manager.export.short').click();
    const exporting = page.locator('[data-dialog=export]');
    await exporting.locator('input[value=pfx]').check();
    await exporting.locator('input[value=generated]').check();
    await application.answer('save', join(application.directory, 'server.pfx'));
    await button('export-dialog.save').click();
    await exporting.locator('[data-generated-password]').waitFor();

    await activate(button('forget-key.button'));
    const dialog = page.locator('[data-dialog=forget-key]');
    await dialog.getByText(t('forget-key.proof')).waitFor();
    // Without the word the button does nothing, and Escape leaves all as it was.
    await activate(button('forget-key.confirm'));
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(JSON.parse((await cli('show', 'Contoso archive', '--json')).stdout)).toMatchObject({
      credential: { custody: 'keyring', handover: null },
    });

    await activate(button('forget-key.button'));
    await tabTo(dialog.locator('[data-field=thumbprint]'));
    await page.keyboard.type('not a thumbprint');
    await tabTo(dialog.getByRole('checkbox'));
    await press('Space');
    await activate(button('forget-key.confirm'));
    await dialog.getByText(t('fault.certificate.thumbprint-invalid', { value: 'not a thumbprint' })).waitFor();
    await dialog.locator('[data-field=thumbprint]').fill('');
    await activate(button('forget-key.confirm'));
    await dialog.waitFor({ state: 'detached' });
    await exporting.waitFor({ state: 'detached' });
    await row('Contoso archive').getByText(t('state.confirmed')).waitFor();
    expect((await application.recorded()).dialogs.filter(({ kind }) => kind === 'save')).toHaveLength(1);
    expect(JSON.parse((await cli('show', 'Contoso archive', '--json')).stdout)).toMatchObject({
      credential: { custody: 'external', state: 'confirmed' },
    });
    expect(await cli('export', 'Contoso archive', '--format', 'csr', '--out', join(application.directory, 'x.csr'))).toMatchObject({
      code: 2,
    });
    expect(keys()).toHaveLength(1);
    await row('Contoso archive').click();
    await press('Alt+Enter');
    await page.getByText(t('custody.external')).waitFor();
    expect(await button('forget-key.button').count()).toBe(0);
  });
});
