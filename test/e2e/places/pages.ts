import { damagedRow, keyFindings, listBackups } from '../../host/fixtures.ts';
import { named, type Place } from './shown.ts';

const newVersion = { version: '2.0.0', notes: '## What is new\n\n- Keys are found sooner.\n- The list shows who handed over what.' };

/** Pages, and what stands on them. */
export const pagePlaces: Readonly<Record<string, Place>> = {
  list: async ({ page }) => {
    await page.getByText('Contoso archive').click();
  },
  groups: async ({ page }) => {
    await page.locator('[data-group-by-tenant]').click();
    await page.getByRole('treegrid').waitFor();
    await page.mouse.move(0, 0);
  },
  menu: async ({ page }) => {
    await page.getByText('Contoso archive').click({ button: 'right' });
    await page.getByRole('menu').waitFor();
  },
  details: async ({ page }) => {
    await page.getByText('Northwind Traders').click();
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('heading', { level: 1, name: 'Northwind Traders' }).waitFor();
    await page.locator('h2').first().waitFor();
  },
  settings: async ({ page }) => {
    await page.keyboard.press('Control+,');
    await page.locator('main select').first().waitFor();
  },
  'damaged row': async ({ page, main }) => {
    main.damaged = [damagedRow];
    main.backups = [...listBackups];
    await main.emit('store:changed', null);
    await page.locator('[data-damaged]').waitFor();
  },
  backups: async (shown) => {
    await pagePlaces['damaged row']?.(shown);
    await shown.page
      .locator('[data-damaged]')
      .getByRole('button', { name: named('damaged.backups') })
      .click();
    await shown.page.locator('[data-backups] li').first().waitFor();
  },
  'nothing testable': async ({ page, main }) => {
    const [, , untested] = main.list;
    if (untested === undefined) throw new Error('the list is empty');
    main.untested.add(untested.id);
    await page.getByText(untested.name).click({ button: 'right' });
    await page.getByRole('menuitem', { name: named('manager.verify') }).click();
    await page.locator('[data-untested]').waitFor();
  },
  'keys at odds': async ({ page, main }) => {
    main.keys = keyFindings;
    // At the start: so once more.
    await page.reload();
    await page.locator('[data-keys-notice]').waitFor();
  },
  'private keys': async (shown) => {
    await pagePlaces['keys at odds']?.(shown);
    await shown.page
      .locator('[data-keys-notice]')
      .getByRole('button', { name: named('keys.notice.show') })
      .click();
    await shown.page.locator('[data-keys=unneeded]').waitFor();
    await shown.page
      .getByRole('heading', { level: 2, name: named('keys.title') })
      .and(shown.page.locator(':focus'))
      .waitFor();
  },
  'remove private keys': async (shown) => {
    await pagePlaces['private keys']?.(shown);
    await shown.page.locator('[data-keys=unneeded]').getByRole('checkbox').first().click();
    await shown.page.getByRole('button', { name: named('keys.remove') }).click();
    await shown.page.locator('[data-dialog=forget-keys]').waitFor();
  },
  'newer version': async ({ page, main }) => {
    await main.emit('updates:changed', { kind: 'available', ...newVersion });
    await page.locator('[data-update=available]').waitFor();
  },
  'release notes': async ({ page, main }) => {
    await main.emit('updates:changed', { kind: 'ready', ...newVersion });
    await page.getByRole('button', { name: named('updates.notes') }).click();
    await page.locator('[data-dialog=release-notes]').waitFor();
  },
  'update under way': async ({ page, main }) => {
    await page.keyboard.press('Control+,');
    await page.locator('main select').first().waitFor();
    await main.emit('updates:changed', { kind: 'downloading', version: '2.0.0', percent: 42 });
    await page.locator('[data-updates=downloading]').waitFor();
  },
  activity: async ({ page }) => {
    await page.locator('[data-activity]').click();
    await page.getByRole('table').waitFor();
  },
};
