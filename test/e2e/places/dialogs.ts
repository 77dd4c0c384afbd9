import type { TextKey } from '../../../main/texts/index.ts';
import { today } from '../../host/fixtures.ts';
import { pagePlaces } from './pages.ts';
import { named, type Place, type Shown } from './shown.ts';

/** The dialog of a new credential for a server software. */
async function newCredential(shown: Shown, software: TextKey): Promise<void> {
  const { page } = shown;
  await create(shown);
  await page.getByRole('combobox', { name: named('field.server') }).click();
  await page.getByRole('option', { name: named(software) }).click();
}

/** Create… by key, until the dialog is there. */
async function create({ page }: Shown): Promise<void> {
  await page.keyboard.press('Control+n');
  await page.locator('[data-dialog=app-credentials]').waitFor();
}

/** Dialogs over the list in which nobody signs in. */
export const dialogPlaces: Readonly<Record<string, Place>> = {
  'recently deleted': async ({ page, main }) => {
    const [first, second] = main.list;
    if (first === undefined || second === undefined) throw new Error('the list is empty');
    main.list = [
      { ...first, deletedAt: today.toISOString() },
      { ...second, deletedAt: today.toISOString(), registrationDeleted: true },
      ...main.list.slice(2),
    ];
    await page.getByRole('button', { name: named('manager.more') }).click();
    await page.getByRole('menuitem', { name: named('manager.deleted') }).click();
    await page.locator('[data-dialog=deleted] li').nth(1).waitFor();
  },
  diagnostics: async ({ page, main }) => {
    await main.emit('menu:command', { command: 'diagnostics' });
    await page.locator('[data-report]').waitFor();
  },
  export: async ({ page }) => {
    await page.getByText('Contoso archive').click();
    await page.getByText('Contoso archive').click({ button: 'right' });
    await page.getByRole('menuitem', { name: named('manager.export') }).click();
    await page.getByRole('dialog').getByRole('radio').nth(2).click();
  },
  'PFX with a generated password': async (shown) => {
    await dialogPlaces['export']?.(shown);
    const dialog = shown.page.getByRole('dialog');
    await dialog.locator('input[value=generated]').click();
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('[data-generated-password]').waitFor();
  },
  'forget the key': async (shown) => {
    await dialogPlaces['PFX with a generated password']?.(shown);
    await shown.page.getByRole('button', { name: named('forget-key.button') }).click();
    await shown.page.locator('[data-dialog=forget-key]').waitFor();
  },
  customer: async (shown) => {
    await pagePlaces['several ticked']?.(shown);
    await shown.page.locator('[data-selection-bar] [data-command=set-customer]').click();
    await shown.page.locator('[data-field=customer]').waitFor();
  },
  'confirm several': async (shown) => {
    for (const name of ['Northwind Traders', 'Litware archive'])
      await shown.page.locator('[role=row]', { hasText: name }).locator('[data-tick]').click();
    await shown.page.locator('[data-selection-bar] [data-command=confirm]').click();
    await shown.page.locator('[data-dialog=confirm]').waitFor();
  },
  'delete all': async (shown) => {
    await shown.page.locator('[data-tick-all] [data-tick]').click();
    await shown.page.locator('[data-selection-bar] [data-command=delete]').click();
    await shown.page.locator('[data-dialog=remove]').waitFor();
  },
  'certificate menu': async ({ page }) => {
    await page.getByText('Contoso archive').dblclick();
    await page.locator('[data-dialog=app-credentials]').waitFor();
    await page.getByRole('button', { name: named('dialog.certificate.menu') }).click();
    await page.getByRole('menu').waitFor();
  },
  'PFX import': async (shown) => {
    await dialogPlaces['certificate menu']?.(shown);
    await shown.page.getByRole('menuitem', { name: named('dialog.certificate.import-pfx') }).click();
    const dialog = shown.page.locator('[data-pfx-import]');
    await dialog.locator('[data-field=pfx-password]').fill('wrong');
    await dialog.locator('button[type=submit]').click();
    await dialog.getByRole('alert').waitFor();
  },
  'export with the key in PEM': async (shown) => {
    await dialogPlaces['export']?.(shown);
    const dialog = shown.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: named('export-dialog.pem-key') }).click();
    await dialog.locator('[data-field=key-apart]').waitFor();
  },
  'PEM import, key': async (shown) => {
    await dialogPlaces['certificate menu']?.(shown);
    await shown.page.getByRole('menuitem', { name: named('dialog.certificate.import-pem') }).click();
    await shown.page.locator('[data-field=pem-file]').waitFor();
  },
  'PEM import, password': async (shown) => {
    await dialogPlaces['PEM import, key']?.(shown);
    const dialog = shown.page.locator('[data-pem-import]');
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('[data-field=pem-password]').fill('wrong');
    await dialog.locator('button[type=submit]').click();
    await dialog.getByRole('alert').waitFor();
  },
  'add existing, one': async ({ page }) => {
    await page.locator('[data-command=add-existing]').click();
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await page.locator('[data-field=name]:focus').waitFor();
  },
  'add existing, many': async ({ page }) => {
    await page.locator('[data-command=add-existing]').click();
    await page.getByRole('tab').nth(1).click();
    await page.locator('[data-choose-file]').click();
    await page.locator('[data-line]').first().waitFor();
  },
  'dialog, nothing answered': async (shown) => {
    await create(shown);
    await shown.page.locator('[data-obstacle]').waitFor();
  },
  'dialog, continued': async (shown) => {
    await create(shown);
    await shown.page.locator('[data-field=name]').fill('Contoso archive');
    await shown.page.keyboard.press('Escape');
    await shown.page.locator('[data-dialog=app-credentials]').waitFor({ state: 'detached' });
    await create(shown);
    await shown.page.locator('[data-draft]').waitFor();
  },
  'dialog, advanced': async (shown) => {
    await create(shown);
    await shown.page.getByRole('radio').nth(1).click();
    await shown.page.locator('[data-advanced]').click();
    await shown.page.locator('[data-field=appName]').fill('Archive of Contoso');
  },
  'dialog, with an instance': async (shown) => {
    await newCredential(shown, 'server.mailstore-spe.name');
    await shown.page.locator('[data-field=instance]').fill('Contoso1');
  },
  'dialog, own permissions': async (shown) => {
    await newCredential(shown, 'server.other.name');
    await shown.page.locator('[data-field=permissions]').fill('graph/User.Read.All');
    await shown.page.locator('[data-field=keepAs]').fill('mine');
  },
  'dialog, search of permissions': async (shown) => {
    await dialogPlaces['dialog, own permissions']?.(shown);
    await shown.page.getByRole('button', { name: named('dialog.permissions.search') }).click();
    await shown.page.getByRole('combobox', { name: named('dialog.permissions.find') }).click();
    await shown.page.keyboard.type('mail');
    await shown.page.getByRole('option').first().waitFor();
  },
};
