import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { someFindings } from '../host/asked-server-answers.ts';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';
import { serverPlaces } from './places/servers.ts';
import { named } from './places/shown.ts';

const executable = findChromium();

describe.skipIf(executable === null)('what was found in servers', () => {
  let host: RendererHost;
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());

  const opened = async () => {
    const shown = await host.open();
    await serverPlaces['what servers need, over the list']?.(shown);
    return { ...shown, notice: shown.page.locator('[data-server-findings]') };
  };

  it('stands over the list, with one click to the credential that it is about', async () => {
    const { page, main, notice } = await opened();
    const [row] = main.list;
    expect(await notice.locator('li').count()).toBe(4);
    await notice
      .getByRole('button', { name: /Contoso$/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: row?.name ?? '' }).waitFor();
    await page.context().close();
  });

  it('leads to the servers in Settings, where all of it stands and a server is asked again', async () => {
    const { page, main, notice } = await opened();
    await notice.getByRole('button', { name: named('asked.findings.show') }).click();
    const heading = page.getByRole('heading', { level: 2, name: named('asked.title') });
    await heading.waitFor();
    await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
    const archive = page.locator('[data-server=Archive] [data-line-findings]');
    expect(await archive.locator('li').count()).toBe(someFindings(main.list).length - 1);
    main.answer('server:findings', () => []);
    await archive
      .getByRole('button', { name: /Archive/ })
      .last()
      .click();
    await expect.poll(() => main.calls.filter(({ channel }) => channel === 'server:look').length).toBe(1);
    await main.emit('store:changed', null);
    await archive.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('is quiet once it was put away, and speaks again when there is something else', async () => {
    const { page, main, notice } = await opened();
    await notice.getByRole('button', { name: named('app.dismiss') }).click();
    await notice.waitFor({ state: 'detached' });
    // More runs have failed meanwhile: that is no other finding.
    main.answer('server:findings', () => someFindings(main.list).map((each) => ({ ...each, text: `${each.text} More.` })));
    await main.emit('store:changed', null);
    await page.waitForFunction(() => document.querySelectorAll('[role=row]').length > 1);
    expect(await notice.count()).toBe(0);
    main.answer('server:findings', () => someFindings(main.list).slice(1));
    await main.emit('store:changed', null);
    await notice.waitFor();
    await page.context().close();
  });
});
