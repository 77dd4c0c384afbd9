import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';
import { FakeFault, type FakeOptions } from '../host/fake-bridge.ts';
import { idOf, reportOf, row, today } from '../host/fixtures.ts';

const executable = findChromium();
if (executable === null) console.warn('The list of credentials is not tested: no Chromium, Chrome or Edge is installed.');

let host: RendererHost;
let opened: Awaited<ReturnType<RendererHost['open']>>;

const open = async (options: Parameters<RendererHost['open']>[0] = {}) => (opened = await host.open(options));
/** The page draws when it can; a busy machine takes its time. */
const eventually = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000 });
/** The list in the order of names, as somebody left it. */
const byName = { prepare: `localStorage.setItem('manager.sort', '{"by":"name","descending":false}')` };
const focused = (page: Page) =>
  page.evaluate(
    'document.activeElement?.dataset?.key ?? document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent',
  );
const names = (page: Page) => page.locator('[role=row][data-key]:not([aria-expanded]) > [role=rowheader]').allTextContents();
const said = (page: Page) => page.locator('[data-announcer]');
const selected = (page: Page) => page.locator('[role=row][aria-selected=true]').locator('[role=rowheader]').allTextContents();

describe.skipIf(executable === null)('the list of credentials', () => {
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());
  afterEach(async () => {
    expect(opened.problems).toEqual([]);
    await opened.page.context().close();
  });

  it('shows what is known of each, in words', async () => {
    const { page } = await open();
    // What needs attention, what ends soon, what is unfinished, and the rest.
    expect(await names(page)).toEqual([
      'Tailspin Toys',
      'Fabrikam MailStore',
      'Northwind Traders',
      'Litware archive',
      'Proseware',
      'Wingtip',
      'Contoso archive',
    ]);
    const line = (name: string) => page.locator('[role=row]', { hasText: name });
    await eventually(() => line('Contoso').innerText()).toMatch(
      /Microsoft 365\s+contoso\.com\s+\S{4} \S{4} …\s+23 Feb 2028\s*456 days\s+Proven/,
    );
    // Proven, and nothing that ends soon is all green.
    const tone = (name: string) => line(name).locator('[data-tone]').getAttribute('data-tone');
    expect([await tone('Contoso'), await tone('Fabrikam')]).toEqual(['good', 'word']);
    expect(await line('Northwind').innerText()).toContain('not handed over');
    expect(await line('Tailspin').innerText()).toMatch(/expired 2 days ago\s+Needs attention/);
    expect(await line('Proseware').innerText()).toContain('Waiting for the server’s certificate');
    expect(await line('Wingtip').innerText()).toContain('Confirmed by the administrator');
    expect(await page.title()).toBe('Tenant Keyring – Credential Manager');
  });

  it('shows the ids when they are asked for, keeps that, and lets columns give way where there is no room', async () => {
    const { page } = await open();
    const heads = () => page.locator('[data-column]').evaluateAll((all) => all.map((head) => head.getAttribute('data-column')));
    expect(await heads()).toEqual(['name', 'type', 'tenant', 'certificate', 'expires', 'state']);
    await page.locator('[data-columns]').click();
    await page.getByRole('menuitemcheckbox', { name: 'Application (client) ID' }).click();
    await page.keyboard.press('Escape');
    expect(await heads()).toEqual(['name', 'type', 'tenant', 'client', 'certificate', 'expires', 'state']);
    await page.reload();
    await page.waitForSelector('[role=row][data-key]');
    expect(await heads()).toContain('client');
    await page.setViewportSize({ width: 640, height: 720 });
    await eventually(heads).toEqual(['name', 'expires', 'state']);
    await page.setViewportSize({ width: 1280, height: 800 });
    await eventually(heads).toContain('client');
  });

  it('sorts by a column, and keeps order and width for the next time', async () => {
    const { page } = await open();
    await page.locator('[data-column=expires] button').click();
    expect((await names(page))[0]).toBe('Tailspin Toys');
    await page.locator('[data-column=expires] button').click();
    expect(await page.locator('[data-column=expires]').getAttribute('aria-sort')).toBe('descending');
    const width = () => page.locator('[data-column=expires]').evaluate((head) => (head as unknown as { offsetWidth: number }).offsetWidth);
    const before = await width();
    await page.keyboard.press('Shift+ArrowRight');
    await eventually(width).toBe(before + 16);
    await page.reload();
    await page.waitForSelector('[role=row][data-key]');
    expect(await page.locator('[data-column=expires]').getAttribute('aria-sort')).toBe('descending');
    expect(await width()).toBe(before + 16);
  });

  it('filters as one types, by any id too, and by what needs a look', async () => {
    const { page } = await open();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('fabrikam mail');
    await eventually(() => names(page)).toEqual(['Fabrikam MailStore']);
    await page.keyboard.press('Escape');
    await eventually(async () => (await names(page)).length).toBe(7);
    await page.keyboard.type(idOf('application of Wingtip').slice(0, 13));
    await eventually(() => names(page)).toEqual(['Wingtip']);
    await page.keyboard.press('ArrowDown');
    await eventually(() => selected(page)).toEqual(['Wingtip']);
    await page.keyboard.press('Control+f');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '1 expires within 30 days' }).click();
    await eventually(() => names(page)).toEqual(['Fabrikam MailStore']);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('nobody');
    await page.getByText('No credential matches the filter.').waitFor();
  });

  it('is worked by the keyboard alone, as a list view of Windows', async () => {
    const { page } = await open(byName);
    // The focus starts in the list.
    await eventually(() => focused(page)).toBe(idOf('Contoso archive'));
    expect(await selected(page)).toEqual(['Contoso archive']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    expect(await selected(page)).toEqual(['Fabrikam MailStore', 'Litware archive']);
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('Space');
    expect(await selected(page)).toEqual(['Fabrikam MailStore', 'Litware archive', 'Proseware']);
    await page.keyboard.press('Control+a');
    expect((await selected(page)).length).toBe(7);
    await page.keyboard.press('End');
    expect(await selected(page)).toEqual(['Wingtip']);
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('heading', { level: 1, name: 'Wingtip' }).waitFor();
    expect(await focused(page)).toBe('Wingtip');
    await page.keyboard.press('Escape');
    await eventually(() => focused(page)).toBe(idOf('Wingtip'));
    await page.keyboard.press('t');
    // A letter goes to the filter.
    await page.keyboard.type('ails');
    await eventually(() => names(page)).toEqual(['Tailspin Toys']);
  });

  it('groups by tenant, and opens and closes a group by key', async () => {
    const { page } = await open({ rows: 13 });
    await page.locator('[data-choice=grouping]').click();
    await page.getByRole('menuitemradio', { name: 'Grouped by tenant' }).click();
    await page.getByRole('treegrid').waitFor();
    const group = page.locator('[role=row][aria-expanded]', { hasText: 'Tenant0' });
    expect(await group.innerText()).toMatch(/3 credentials\s+29 Nov 2026\s+5 days\s+1 unfinished/);
    await group.click();
    expect(await group.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowRight');
    expect(await group.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    expect(await selected(page)).toEqual(['Tenant 0001 archive']);
  });

  it('deletes what is selected, says what stays, and undoes it', async () => {
    const { page, main } = await open(byName);
    await page.getByText('Northwind Traders').click();
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(/stays in Northwind/).waitFor();
    await dialog.getByText(/The private key exists only here/).waitFor();
    await eventually(() => focused(page)).toBe('Cancel');
    await page.keyboard.press('Shift+Tab');
    await eventually(() => focused(page)).toBe('Delete');
    await page.keyboard.press('Enter');
    await eventually(() => names(page)).not.toContain('Northwind Traders');
    await eventually(() => said(page).textContent()).toBe('“Northwind Traders” was deleted.');
    // The focus stands where the row stood.
    await eventually(() => focused(page)).toBe(idOf('Proseware'));
    await page.keyboard.press('Control+z');
    await eventually(() => selected(page)).toEqual(['Northwind Traders']);
    await eventually(() => focused(page)).toBe(idOf('Northwind Traders'));
    expect(main.calls.filter(({ channel }) => channel.startsWith('credential:')).map(({ channel }) => channel)).toEqual([
      'credential:remove',
      'credential:restore',
    ]);
  });

  it('keeps open what could not be deleted, with the fault', async () => {
    const { page } = await open({
      answers: {
        'credential:remove': () => {
          throw new FakeFault('vault.locked', 'The keychain is locked.', 'Unlock it.');
        },
      },
    });
    await page.getByText('Wingtip', { exact: true }).click();
    await page.keyboard.press('Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('alertdialog').getByText('The keychain is locked.').waitFor();
    await page.getByText('7f4c1f0e-0000-4000-8000-000000000001').waitFor();
    await eventually(() => said(page).textContent()).toBe('Wingtip: The keychain is locked. Unlock it.');
    await page.keyboard.press('Escape');
    expect((await names(page)).length).toBe(7);
  });

  it('verifies many at once, shows how far it is, and stops when told', async () => {
    const waiting: (() => void)[] = [];
    const { page, main } = await open({
      ...byName,
      rows: 40,
      answers: {
        'credential:verify': ({ id }) =>
          new Promise((resolve) =>
            waiting.push(() =>
              resolve(reportOf(main.list.find((each) => each.id === id) ?? row({ name: 'x', domain: 'x', ends: 1, state: 'proven' }))),
            ),
          ),
      },
    });
    await page.getByText('Contoso archive').click();
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('Verifying: 0 of 40 …').waitFor();
    await eventually(() => waiting.length).toBe(4);
    waiting.splice(0, 1).forEach((go) => go());
    await page.getByText('Verifying: 1 of 40 …').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    while (waiting.length > 0) waiting.splice(0).forEach((go) => go());
    await eventually(() => said(page).textContent()).toMatch(/^Cancelled after [45] of 40/);
    expect(main.calls.filter(({ channel }) => channel === 'credential:verify').length).toBeLessThanOrEqual(5);
  });

  it('opens a menu at the row, by mouse and by key, and copies an id', async () => {
    const { page, main } = await open();
    await page.getByText('Contoso archive').click();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
    await eventually(() => focused(page)).toMatch(/^Edit/);
    await page.keyboard.press('Escape');
    await eventually(() => focused(page)).toBe(idOf('Contoso archive'));
    await page.getByText('Fabrikam MailStore').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy application (client) ID' }).click();
    await eventually(() => main.calls.at(-1)).toEqual({
      channel: 'clipboard:copy',
      input: { text: idOf('application of Fabrikam MailStore') },
    });
  });

  it('shows the window of another language, and practice, without being opened anew', async () => {
    const { page, main } = await open();
    Object.assign(main.facts, { language: 'fr', practice: true });
    await main.emit('app:changed', null);
    await page.getByRole('button', { name: 'Créer…' }).waitFor();
    await page.getByText('Exercice : locataires simulés sur cet ordinateur.').waitFor();
    expect(await page.title()).toBe('[Exercice] Tenant Keyring – Gestionnaire des identifiants');
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  });

  it('draws only what is in sight of 5,000 and reaches the last by key', async () => {
    const { page } = await open({ ...byName, rows: 5000 });
    await page.getByText('Contoso archive').click();
    await page.keyboard.press('End');
    await eventually(async () => (await names(page)).at(-1)).toBe('Wingtip');
    expect(await page.locator('[role=row][data-key]').count()).toBeLessThan(60);
    await page.keyboard.press('PageUp');
    await eventually(async () => (await selected(page))[0]).toMatch(/^Tenant 49\d\d archive$/);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('tenant140.example');
    await eventually(() => names(page)).toEqual(['Tenant 0421 archive', 'Tenant 0422 archive', 'Tenant 0423 archive']);
  });

  it('follows what another process writes', async () => {
    const { page, main } = await open(byName);
    main.list = [...main.list, row({ name: 'Adatum', domain: 'adatum.com', ends: 400, state: 'proven', proven: 1 })];
    await main.emit('store:changed', null);
    await eventually(async () => (await names(page))[0]).toBe('Adatum');
  });

  it('tells how to begin when there is nothing', async () => {
    const { page, main } = await open({ rows: 0 });
    await page.getByRole('heading', { name: 'Connect MailStore to Microsoft 365' }).waitFor();
    await page.getByRole('button', { name: 'Practise with a simulated tenant' }).click();
    await eventually(() => main.calls.map(({ channel }) => channel)).toContain('app:practise');
  });

  it('tells a fault of the list with its id and tries again', async () => {
    let broken = true;
    const { page, main } = await open({
      answers: {
        'credentials:list': () => {
          if (broken) throw new FakeFault('store.locked', 'Another process holds the store.');
          return main.list;
        },
      } satisfies FakeOptions['answers'],
    });
    await page.locator('[data-fault]').getByText('Another process holds the store.').waitFor();
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await eventually(async () => (await names(page)).length).toBe(7);
  });

  it('confirms a handover in the details, with the day it happened', async () => {
    const { page, main } = await open();
    await page.getByText('Northwind Traders').click();
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('button', { name: 'Confirm…' }).click();
    await page.getByRole('button', { name: 'It worked' }).click();
    await page.getByText(/confirmed by admin, 24 Nov 2026/).waitFor();
    expect(main.list.find(({ name }) => name === 'Northwind Traders')?.handover?.confirmedAt).toBe(today.toISOString());
  });
});
