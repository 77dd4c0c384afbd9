import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';
import { places } from './places.ts';

const executable = findChromium();
if (executable === null) console.warn('Accessibility is not tested: no Chromium, Chrome or Edge is installed.');

let host: RendererHost;

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
    const shown = await host.open({ ...look, rows: place === 'nothing yet' ? 0 : 20 });
    const { page, problems } = shown;
    await places[place]?.(shown);
    // Colours are validated when they have settled.
    await page.waitForTimeout(500);
    // Fluent's focus sentinels are hidden from everybody, and take the focus on its way only.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-tabster-dummy]');
    // An open menu or list of choices stands in no landmark, as a dialog does; axe exempts the dialog alone.
    const opened = await page.locator('.fui-MenuPopover:visible, .fui-Listbox:visible').count();
    const { violations } = await (opened > 0 ? axe.disableRules('region') : axe).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`),
    ).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
