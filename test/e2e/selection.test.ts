import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FakeFault } from '../host/fake-bridge.ts';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';

const executable = findChromium();
if (executable === null) console.warn('What is done with several credentials is not tested: no Chromium, Chrome or Edge is installed.');

let host: RendererHost;
let opened: Awaited<ReturnType<RendererHost['open']>>;

const open = async (options: Parameters<RendererHost['open']>[0] = {}) => (opened = await host.open(options));
const eventually = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000 });
const names = (page: Page) => page.locator('[role=row][data-key]:not([aria-expanded]) > [role=rowheader]').allTextContents();
const row = (page: Page, name: string) => page.locator('[role=row][data-key]', { hasText: name });
const tick = (page: Page, name: string) => row(page, name).locator('[data-tick]').click();
const ticked = (page: Page) =>
  page
    .locator('[role=row][data-key]:not([aria-expanded])')
    .filter({ has: page.locator('input:checked') })
    .locator('[role=rowheader]')
    .allTextContents();
const bar = (page: Page) => page.locator('[data-selection-bar]');
const command = (page: Page, id: string) => bar(page).locator(`[data-command=${id}]`);
const said = (page: Page) => page.locator('[data-announcer]');
const calls = (channel: string) => opened.main.calls.filter((call) => call.channel === channel).map(({ input }) => input);
const idOf = (name: string) => opened.main.list.find((each) => each.name === name)?.id;

describe.skipIf(executable === null)('what is ticked', () => {
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());
  afterEach(async () => {
    expect(opened.problems).toEqual([]);
    await opened.page.context().close();
  });

  it('has a bar of its own in the toolbar’s place, until nothing is ticked', async () => {
    const { page } = await open();
    await page.getByText('Contoso archive').click();
    expect(await ticked(page)).toEqual([]);
    expect(await bar(page).count()).toBe(0);
    await tick(page, 'Wingtip');
    // What was only gone to is not ticked.
    expect(await ticked(page)).toEqual(['Wingtip']);
    await bar(page).getByText('1 selected').waitFor();
    expect(await page.locator('[data-command=create]').count()).toBe(0);
    await page.keyboard.press('ArrowUp');
    await eventually(() => bar(page).count()).toBe(0);
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+ArrowUp');
    await page.keyboard.press('Space');
    expect(await ticked(page)).toEqual(['Litware archive', 'Proseware']);
    await page.keyboard.press('Escape');
    await eventually(() => bar(page).count()).toBe(0);
    await page.locator('[data-tick-all] [data-tick]').click();
    expect((await ticked(page)).length).toBe(7);
    await page.locator('[data-untick]').click();
    expect(await ticked(page)).toEqual([]);
    await page.locator('[role=row][data-key]:focus').waitFor();
  });

  it('is ticked by the group too', async () => {
    const { page, main } = await open();
    main.list = main.list.map((each, index) => ({ ...each, customer: index < 3 ? 'Adatum' : '' }));
    await main.emit('store:changed', null);
    await row(page, '3 credentials').locator('[data-tick]').click();
    expect((await ticked(page)).toSorted()).toEqual(['Contoso archive', 'Fabrikam MailStore', 'Litware archive']);
    await tick(page, 'Litware archive');
    expect(await row(page, '3 credentials').locator('input:indeterminate').count()).toBe(1);
  });

  it('says of a command how many it is for, and why not for the others', async () => {
    const { page } = await open();
    for (const name of ['Fabrikam MailStore', 'Northwind Traders', 'Litware archive', 'Proseware']) await tick(page, name);
    expect(await command(page, 'verify').innerText()).toBe('Verify');
    expect(await command(page, 'rotate').innerText()).toMatch(/^Rotate…\s*3 of 4$/);
    await command(page, 'rotate').hover();
    await page.getByRole('tooltip').getByText('Proseware has no certificate yet.').waitFor();
    expect(await command(page, 'confirm').innerText()).toMatch(/^Confirm…\s*2 of 4$/);
    await command(page, 'confirm').hover();
    await page.getByRole('tooltip').getByText('Fabrikam MailStore is confirmed already.').waitFor();
  });

  it('is copied as a table, as shown, by Ctrl+C too', async () => {
    const { page } = await open();
    await tick(page, 'Wingtip');
    await tick(page, 'Tailspin Toys');
    await page.keyboard.press('Control+c');
    await eventually(() => said(page).textContent()).toBe('2 credentials copied as a table.');
    expect(calls('list:copy')).toEqual([{ ids: [idOf('Tailspin Toys'), idOf('Wingtip')] }]);
  });

  it('gets one customer', async () => {
    const { page } = await open();
    await tick(page, 'Wingtip');
    await tick(page, 'Proseware');
    await command(page, 'set-customer').click();
    await page.locator('[data-field=customer]').fill('Adatum');
    await page.keyboard.press('Enter');
    await eventually(() => said(page).textContent()).toBe('Customer of 2 credentials set.');
    expect(calls('credential:annotate')).toEqual(['Proseware', 'Wingtip'].map((name) => ({ id: idOf(name), customer: 'Adatum' })));
    await row(page, '2 credentials').waitFor();
  });

  it('is confirmed certificate by certificate; what is refused stops nothing and is named', async () => {
    let refuse = true;
    const { page } = await open({
      answers: {
        'handover:confirm': ({ id }) => {
          const found = opened.main.list.find((each) => each.id === id);
          if (found === undefined || (refuse && found.name === 'Northwind Traders'))
            throw new FakeFault('handover.superseded', 'Another one.');
          return found;
        },
      },
    });
    await tick(page, 'Northwind Traders');
    await tick(page, 'Litware archive');
    await command(page, 'confirm').click();
    const dialog = page.locator('[data-dialog=confirm]');
    for (const name of ['Northwind Traders', 'Litware archive'])
      await dialog.getByText(opened.main.list.find((each) => each.name === name)?.certificate?.thumbprint ?? 'none').waitFor();
    await dialog.getByRole('button', { name: 'It worked' }).click();
    await dialog.getByText('Done for 1 of 2. Not for:').waitFor();
    await dialog.getByText('Northwind Traders: Another one.').waitFor();
    refuse = false;
    await dialog.getByRole('button', { name: 'It worked' }).click();
    await dialog.waitFor({ state: 'detached' });
    // The second time only what was left.
    expect(calls('handover:confirm').map((input) => (input as { id: string }).id)).toEqual(
      ['Northwind Traders', 'Litware archive', 'Northwind Traders'].map(idOf),
    );
  });

  it('is rotated and exported one after the other, each when the person wants it', async () => {
    const { page } = await open();
    for (const name of ['Fabrikam MailStore', 'Proseware', 'Contoso archive']) await tick(page, name);
    await command(page, 'export').click();
    await page.getByRole('dialog', { name: /Fabrikam MailStore/ }).waitFor();
    // Not by Escape: what it closes first is the tooltip of the command, while that still stands there.
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.locator('[data-next]').getByText('One more certificate to export. Next: Contoso archive.').waitFor();
    await page.locator('[data-next]').getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('dialog', { name: /Contoso archive/ }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.locator('[data-next]').count()).toBe(0);
  });

  it('is deleted only when more than ten were counted; what fails stops nothing, and what went can be undone', async () => {
    const locked = { id: '' };
    const { page, main } = await open({ rows: 12 });
    const remove = main.handle.bind(main);
    main.handle = (channel, input) =>
      channel === 'credential:remove' && (input as { id: string }).id === locked.id
        ? Promise.resolve({ ok: false, fault: new FakeFault('lease.held', 'Somebody works on it.').view })
        : remove(channel, input);
    locked.id = idOf('Wingtip') ?? '';
    await page.locator('[data-tick-all] [data-tick]').click();
    await command(page, 'delete').click();
    const dialog = page.locator('[data-dialog=remove]');
    const button = dialog.getByRole('button', { name: 'Delete', exact: true });
    await dialog.getByRole('button', { name: 'Cancel' }).and(page.locator(':focus')).waitFor();
    await button.click({ force: true });
    expect(calls('credential:remove')).toEqual([]);
    await dialog.locator('[data-field=count]').fill('11');
    await page.keyboard.press('Enter');
    expect(calls('credential:remove')).toEqual([]);
    await dialog.locator('[data-field=count]').fill('12');
    await button.click();
    await dialog.getByText('Done for 11 of 12. Not for:').waitFor();
    await dialog.getByText('Wingtip: Somebody works on it.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await eventually(() => names(page)).toEqual(['Wingtip']);
    await page.keyboard.press('Control+z');
    await eventually(async () => (await names(page)).length).toBe(12);
  });
});

describe.skipIf(executable === null)('the line over the list', () => {
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());
  afterEach(async () => {
    expect(opened.problems).toEqual([]);
    await opened.page.context().close();
  });

  it('says what a verification came to until the next thing is done', async () => {
    const { page } = await open();
    await row(page, 'Contoso archive').click();
    await page.locator('[data-command=verify]').click();
    await page.locator('[data-verified]').waitFor();
    await row(page, 'Wingtip').click();
    expect(await page.locator('[data-verified]').count()).toBe(1);
    await page.keyboard.press('F5');
    await page.locator('[data-verified]').waitFor({ state: 'detached' });
  });

  it('counts what is to be done; pressed, that is shown, of two what either counts', async () => {
    const { page } = await open();
    const chip = (mark: string) => page.locator(`[data-chip=${mark}]`);
    expect(await page.locator('[data-chip]').allInnerTexts()).toEqual(['1 needs attention', '1 expires within 30 days', '3 unfinished']);
    await chip('attention').click();
    await eventually(() => names(page)).toEqual(['Tailspin Toys']);
    await chip('expiring').click();
    await eventually(() => names(page)).toEqual(['Tailspin Toys', 'Fabrikam MailStore']);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('tenant:fabrikam');
    await eventually(() => names(page)).toEqual(['Fabrikam MailStore']);
    await page.keyboard.press('Escape');
    await chip('attention').click();
    await chip('expiring').click();
    await eventually(async () => (await names(page)).length).toBe(7);
  });

  it('says in one sentence what the filter cannot mean', async () => {
    const { page } = await open();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('expires:soon');
    await page.locator('[data-filter-problem]').getByText('“soon” is no time').waitFor();
    expect((await names(page)).length).toBe(7);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('expires:30d');
    await eventually(() => names(page)).toEqual(['Fabrikam MailStore']);
    expect(await page.locator('[data-filter-problem]').innerText()).toBe('');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('stat:attention');
    await page.locator('[data-filter-problem]').getByText('“stat:” is not known here').waitFor();
  });
});
