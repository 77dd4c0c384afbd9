import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Page } from 'playwright-core';
import type { Application } from './application.ts';
import type { CredentialWindow } from './credential-window.ts';
import { keyboardOf } from './keyboard.ts';

/** Export with private key (PFX)… from the page that has its button, with the keyboard alone; what was written can be used. */
export async function exportPfxByKeyboard(
  page: Page,
  { t, button }: Pick<CredentialWindow, 't' | 'button'>,
  application: Application,
  path: string,
): Promise<void> {
  const { press, type, tabTo, activate } = keyboardOf(page);
  const password = 'correct horse';
  await application.answer('save', path);
  await activate(button('dialog.certificate.export-pfx'));
  const dialog = page.locator('[data-pfx]');
  await dialog.waitFor();
  await tabTo(dialog.locator('[data-field=pfx-password]'));
  await type(password);
  await press('Tab');
  await type(password);
  await press('Enter');
  // What to do with it stands there until it is closed; the button for that has the focus.
  await dialog.locator('[data-written]').getByText(t('export-dialog.written', { path })).waitFor();
  await dialog.getByText(`Import-PfxCertificate -FilePath '${path}'`).waitFor();
  await dialog
    .getByRole('button', { name: t('app.close') })
    .and(page.locator(':focus'))
    .waitFor();
  await press('Enter');
  await dialog.waitFor({ state: 'detached' });
  createSecureContext({ pfx: readFileSync(path), passphrase: password });
}
