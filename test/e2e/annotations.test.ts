import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';

const executable = findChromium();
if (executable === null) console.warn('Customer and notes are not tested in the window: no Chromium, Chrome or Edge is installed.');

const eventually = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000 });

describe.skipIf(executable === null)('customer and notes', () => {
  let host: RendererHost;
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());

  it('are a column once one is set, found by the filter, in the details with their lines, and kept by the dialog', async () => {
    const { page, main, problems } = await host.open();
    const heads = () => page.getByRole('columnheader').allInnerTexts();
    const names = () => page.locator('[role=row][data-key] > [role=rowheader]').allTextContents();
    expect((await heads()).map((each) => each.trim())).not.toContain('Customer');

    main.list = main.list.map((each) =>
      each.name === 'Proseware' ? { ...each, customer: 'Woodgrove Ltd', notes: 'Call\nMrs Bee first' } : each,
    );
    await main.emit('store:changed', null);
    await eventually(async () => (await heads())[4]?.trim()).toBe('Customer');
    expect(await page.locator('[role=row]', { hasText: 'Proseware' }).innerText()).toContain('Woodgrove Ltd');
    for (const words of ['woodgrove', 'mrs bee']) {
      await page.keyboard.press('Control+f');
      await page.keyboard.type(words);
      await eventually(names).toEqual(['Proseware']);
      await page.keyboard.press('Escape');
    }

    await page.getByText('Proseware', { exact: true }).click();
    await page.keyboard.press('Alt+Enter');
    await eventually(() => page.locator('dd', { hasText: 'Mrs Bee' }).innerText()).toBe('Call\nMrs Bee first');

    await page.getByRole('button', { name: 'Edit' }).click();
    const notes = page.locator('textarea[data-field=notes]');
    await eventually(() => notes.inputValue()).toBe('Call\nMrs Bee first');
    await notes.fill('Call back');
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await eventually(() => main.calls.find(({ channel }) => channel === 'credential:save')?.input).toMatchObject({
      draft: { name: 'Proseware', notes: 'Call back' },
    });
    expect(main.calls.find(({ channel }) => channel === 'credential:save')?.input).not.toHaveProperty('draft.customer');
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
