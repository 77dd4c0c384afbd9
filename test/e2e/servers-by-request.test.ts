import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';
import { serverPlaces } from './places/servers.ts';
import { named, type Shown } from './places/shown.ts';

const executable = findChromium();

describe.skipIf(executable === null)('a server, on request', () => {
  let host: RendererHost;
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());

  async function at(place: string): Promise<Shown> {
    const shown = await host.open();
    await serverPlaces[place]?.(shown);
    return shown;
  }
  const inputs = ({ main }: Shown, channel: string) => main.calls.filter((call) => call.channel === channel).map(({ input }) => input);

  it('shows what it holds, each of its instances when that is chosen, and the way to the credential', async () => {
    const shown = await at('what a server holds');
    const { page, main } = shown;
    const dialog = page.locator('[data-dialog=show-server]');
    expect(inputs(shown, 'server:show')).toMatchObject([{ instance: 'contoso' }]);
    await dialog.locator('select').selectOption('fabrikam');
    await dialog.locator('[data-held="Contoso fabrikam"]').waitFor();
    expect(inputs(shown, 'server:show')).toMatchObject([{ instance: 'contoso' }, { instance: 'fabrikam' }]);
    expect(await dialog.locator('[data-held]').count()).toBe(2);
    await dialog.getByRole('button', { name: named('asked.findings.credential') }).click();
    await page.getByRole('heading', { level: 1, name: main.list[0]?.name ?? '' }).waitFor();
    await page.context().close();
  });

  it('tests the user synchronization once it is begun, and shows the answer as it came', async () => {
    const shown = await host.open();
    await serverPlaces['another certificate in the server']?.(shown);
    const { page } = shown;
    await page.locator('button[data-test=users]').click();
    const dialog = page.locator('[data-dialog=requested-test]');
    await dialog.waitFor();
    expect(inputs(shown, 'server:test-users')).toEqual([]);
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('[data-result=passed]').waitFor();
    expect(await dialog.locator('pre').innerText()).toContain('"userName": "test.mailbox"');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.locator('button[data-test=users]').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it('looks at the redirect address, also where no server is known', async () => {
    const shown = await host.open();
    const { page } = shown;
    await page.getByText('Contoso archive', { exact: true }).click();
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('heading', { level: 1, name: 'Contoso archive' }).waitFor();
    expect(await page.locator('button[data-test=users]').count()).toBe(0);
    await page.locator('button[data-test=address]').click();
    const dialog = page.locator('[data-dialog=requested-test]');
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('[data-result=failed]').waitFor();
    expect(inputs(shown, 'server:test-address')).toHaveLength(1);
    await page.context().close();
  });

  it('saves a recording, and says where', async () => {
    const shown = await at('servers in Settings');
    await shown.page.locator('[data-action=save]').first().click();
    await expect.poll(() => shown.page.locator('[aria-live]').allInnerTexts()).toContainEqual(expect.stringContaining('MailStore.json'));
    await shown.page.context().close();
  });
});
