import { damagedRow, keyFindings, listBackups } from '../../host/fixtures.ts';
import { named, type Place, type Shown } from './shown.ts';

/** What is told by an event alone needs somebody who listens: the notices over the list are read after it. */
async function listened({ main, page }: Shown): Promise<void> {
  while (!main.calls.some(({ channel }) => channel === 'updates:read')) await page.waitForTimeout(20);
}

const newVersion = { version: '2.0.0', notes: '## What is new\n\n- Keys are found sooner.\n- The list shows who handed over what.' };

/** Pages, and what stands on them. */
export const pagePlaces: Readonly<Record<string, Place>> = {
  list: async ({ page }) => {
    await page.getByText('Contoso archive').click();
  },
  groups: async ({ page }) => {
    await page.locator('[data-choice=grouping]').click();
    await page.getByRole('menuitemradio', { name: named('manager.grouping.tenant') }).click();
    await page.getByRole('treegrid').waitFor();
    await page.mouse.move(0, 0);
  },
  'several ticked': async ({ page }) => {
    for (const name of ['Proseware', 'Contoso archive']) await page.locator('[role=row]', { hasText: name }).locator('[data-tick]').click();
    await page.locator('[data-selection-bar]').waitFor();
    await page.mouse.move(0, 0);
  },
  'customers, one chosen mark': async ({ page, main }) => {
    main.list = main.list.map((each, index) => ({ ...each, customer: index % 2 === 0 ? 'Adatum' : '' }));
    await main.emit('store:changed', null);
    await page.getByRole('treegrid').waitFor();
    await page.locator('[data-chip=unfinished]').click();
    await page.mouse.move(0, 0);
  },
  'filter that cannot be meant': async ({ page }) => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('expires:soon');
    await page.locator('[data-filter-problem] svg').waitFor();
    await page.keyboard.press('ArrowDown');
  },
  guide: async ({ page, main }) => {
    await main.emit('menu:command', { command: 'guide' });
    await page.locator('[data-help=guide] table').first().waitFor();
  },
  shortcuts: async ({ page, main }) => {
    await main.emit('menu:command', { command: 'shortcuts' });
    await page.locator('[data-help=shortcuts] table').waitFor();
  },
  'list without credentials': async ({ page, main }) => {
    main.list = main.list.map((each) => ({ ...each, deletedAt: '2026-11-24T09:30:00.000Z' }));
    await main.emit('store:changed', null);
    await page.getByRole('heading', { name: named('empty.deleted.title') }).waitFor();
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
  'watch every day': async ({ page }) => {
    await page.locator('[data-daily-watch]').click();
    const dialog = page.locator('[data-dialog=daily-watch]');
    await dialog.locator('[data-field=at]').waitFor();
    await dialog.getByRole('radio').nth(1).click();
    await dialog.locator('[data-field=password]').waitFor();
    await dialog.getByRole('checkbox').first().check();
    await dialog.locator('[data-field=pfx-folder]').waitFor();
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
  'newer version': async (shown) => {
    const { page, main } = shown;
    await listened(shown);
    await main.emit('updates:changed', { kind: 'available', ...newVersion });
    await page.locator('[data-update=available]').waitFor();
  },
  'release notes': async (shown) => {
    const { page, main } = shown;
    await listened(shown);
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
    await page.locator('[data-command=activity]').click();
    await page.getByRole('table').waitFor();
  },
};
