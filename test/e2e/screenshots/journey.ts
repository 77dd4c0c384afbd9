import type { Page } from 'playwright-core';
import type { Language } from '../../../main/texts/index.ts';
import { credentialWindow } from '../credential-window.ts';
import { photographRotation } from './rotation.ts';
import { shot } from './shot.ts';

/** From the empty window to a confirmed handover on a simulated tenant, and every page on the way. */
export async function photographJourney(page: Page, language: Language, folder: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1180, height: 760 });
  const { t, button, field, stage, row, fillIn, apply, toSheet, worked } = credentialWindow(page, language);
  const take = (name: string) => shot(page, folder, name);

  await button('manager.create').waitFor();
  await take('empty');
  await button('empty.existing').click();
  await page.getByRole('dialog').waitFor();
  await take('add-existing');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com' });
  await page.locator('[data-redirect-uri]').getByText('https://mailstore.contoso.com:8462/oidc/signin').waitFor();
  await take('dialog');
  await page.getByRole('button', { name: t('dialog.certificate.menu') }).click();
  await page.getByRole('menu').waitFor();
  await take('dialog-certificate');
  await page.keyboard.press('Escape');

  await button('dialog.set-up').click();
  await stage('tenant');
  await take('set-up-tenant');
  await field('tenant').last().fill('contoso.example');
  await button('setup.tenant.begin').click();
  await stage('plan');
  await take('set-up-plan');
  await apply().click();
  await stage('proof');
  await take('set-up-proof');
  await toSheet();
  await take('set-up-sheet');
  await button('dialog.certificate.export-pfx').click();
  await page.locator('[data-pfx]').waitFor();
  await take('export-pfx');
  await page.keyboard.press('Escape');
  await page.locator('[data-pfx]').waitFor({ state: 'detached' });
  await worked().click();
  await page.locator('[data-sheet=end]').waitFor();
  await take('set-up-finish');
  await button('app.close').click();
  await row('Contoso archive').waitFor();

  await row('Contoso archive').click({ button: 'right' });
  await page.getByRole('menuitem', { name: t('manager.export') }).click();
  await page.getByRole('dialog').waitFor();
  await take('export');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await row('Contoso archive').click();
  await page.keyboard.press('Delete');
  await page.locator('[data-dialog=remove]').waitFor();
  await take('delete');
  await page.getByRole('checkbox', { name: t('remove-dialog.registration', { tenant: 'Contoso' }) }).click();
  await field('confirm-name').fill('Contoso archive');
  await take('delete-registration');
  await button('remove-dialog.sign-in').click();
  await page.locator('[data-dialog=removal][data-stage=plan]').waitFor();
  await take('delete-registration-plan');
  await button('removal.plan.apply', { tenant: 'Contoso', domain: 'contoso.example' }).click();
  await page.locator('[data-dialog=removal][data-stage=done]').waitFor();
  await take('delete-registration-done');
  await button('app.close').click();
  await button('manager.undo.sign-in').waitFor();
  await take('deleted-with-registration');
  await button('manager.undo.sign-in').click();
  await page.locator('[data-dialog=restoration][data-stage=plan]').waitFor();
  await take('restore-plan');
  await button('restoration.plan.apply', { tenant: 'Contoso', domain: 'contoso.example' }).click();
  await page.locator('[data-dialog=restoration][data-stage=done]').waitFor();
  await take('restore-done');
  await button('app.close').click();

  await photographRotation(page, language, folder);
  await row('Contoso archive').click();
  await page.keyboard.press('Alt+Enter');
  await page.getByRole('heading', { level: 1, name: 'Contoso archive' }).waitFor();
  await page.locator('h2').first().waitFor();
  await take('details');
  await page.keyboard.press('Escape');
  await row('Contoso archive').waitFor();
  await page.locator('[data-command=activity]').click();
  await page.getByRole('table').waitFor();
  await take('activity');
}
