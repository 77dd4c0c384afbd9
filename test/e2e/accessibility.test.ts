import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';

const executable = findChromium();
if (executable === null) console.warn('Accessibility is not tested: no Chromium, Chrome or Edge is installed.');

let host: RendererHost;

const places: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  list: async (page) => {
    await page.getByText('Contoso archive').click();
  },
  groups: async (page) => {
    await page.locator('[data-group-by-tenant]').click();
    await page.getByRole('treegrid').waitFor();
    await page.mouse.move(0, 0);
  },
  menu: async (page) => {
    await page.getByText('Contoso archive').click({ button: 'right' });
    await page.getByRole('menu').waitFor();
  },
  delete: async (page) => {
    await page.getByText('Northwind Traders').click();
    await page.keyboard.press('Delete');
    await page.getByRole('alertdialog').waitFor();
  },
  export: async (page) => {
    await page.getByText('Contoso archive').click();
    await page.locator('[data-command=exportCertificate]').click();
    await page.getByRole('dialog').getByRole('radio').nth(2).click();
  },
  'add existing, one': async (page) => {
    await page.locator('[data-command=addExisting]').click();
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await page.locator('[data-field=name]:focus').waitFor();
  },
  'add existing, many': async (page) => {
    await page.locator('[data-command=addExisting]').click();
    await page.getByRole('tab').nth(1).click();
    await page.locator('[data-choose-file]').click();
    await page.locator('[data-line]').first().waitFor();
  },
  details: async (page) => {
    await page.getByText('Northwind Traders').click();
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('heading', { level: 1, name: 'Northwind Traders' }).waitFor();
    await page.locator('h2').first().waitFor();
  },
  settings: async (page) => {
    await page.keyboard.press('Control+,');
    await page.locator('form input').first().waitFor();
  },
  activity: async (page) => {
    await page.locator('[data-activity]').click();
    await page.getByRole('table').waitFor();
  },
};

const looks = {
  'light, English': {},
  'dark, French, practice': { facts: { dark: true, language: 'fr', practice: true }, context: { colorScheme: 'dark' } },
  'forced colours, German': { facts: { language: 'de' }, context: { forcedColors: 'active' } },
} as const;

describe.skipIf(executable === null).each(Object.entries(looks))('in %s', (_, look) => {
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());

  it.each([...Object.keys(places), 'nothing yet'])('axe finds nothing wrong in: %s', async (place) => {
    const { page, problems } = await host.open({ ...look, rows: place === 'nothing yet' ? 0 : 20 });
    await places[place]?.(page);
    // Colours are judged when they have settled.
    await page.waitForTimeout(500);
    // Fluent's focus sentinels are hidden from everybody, and take the focus on its way only.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-tabster-dummy]');
    // An open menu stands in no landmark, as a dialog does; axe exempts the dialog alone.
    const { violations } = await (place === 'menu' ? axe.disableRules('region') : axe).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
