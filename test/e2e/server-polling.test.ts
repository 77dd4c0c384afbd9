import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';
import { otherCertificate } from '../host/asked-server-answers.ts';
import { serverPlaces } from './places/servers.ts';
import { named, type Shown } from './places/shown.ts';

const executable = findChromium();
const questions = ({ main }: Shown) => main.calls.filter(({ channel }) => channel === 'server:ask').length;

describe.skipIf(executable === null)('while the sheet is open, its server', () => {
  let host: RendererHost;
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());

  /** A place in a page whose clock the test moves. */
  async function at(place: string): Promise<Shown> {
    const shown = await host.open({ rows: 20 });
    await shown.page.clock.install();
    await shown.page.reload();
    await serverPlaces[place]?.(shown);
    return shown;
  }

  it('is asked again and again, one question after the other, until the sheet is left', async () => {
    const shown = await at('sheet that ticks itself');
    await shown.page.clock.pauseAt(new Date(Date.now() + 3_600_000));
    const before = questions(shown);
    await shown.page.clock.runFor(4000);
    await expect.poll(() => questions(shown)).toBe(before + 1);
    await shown.page.clock.runFor(4000);
    await expect.poll(() => questions(shown)).toBe(before + 2);
    await shown.page.keyboard.press('Escape');
    await shown.page.clock.runFor(1000);
    await shown.page.locator('[data-stage=sheet]').waitFor({ state: 'detached' });
    const left = questions(shown);
    await shown.page.clock.runFor(600_000);
    expect(questions(shown)).toBe(left);
    await shown.page.context().close();
  });

  it('warns once of the switch of directory services, and not where there is none', async () => {
    const shown = await at('sheet that ticks itself');
    const { page, main } = shown;
    const warning = page.getByText(named('asked.would-switch'));
    await warning.waitFor();
    expect(await warning.count()).toBe(1);
    expect(await page.getByText(named('server.mailstore-server.sheet.redirect-uri.warning')).count()).toBe(0);
    const row = main.list.find(({ name }) => name === 'Litware archive');
    if (row === undefined) throw new Error('no row');
    main.answer('server:ask', () => ({ ...otherCertificate(row), wouldSwitchDirectory: false }));
    await page.clock.runFor(4000);
    await warning.waitFor({ state: 'detached' });
    expect(await page.getByText(named('server.mailstore-server.sheet.redirect-uri.warning')).count()).toBe(0);
    await page.context().close();
  });

  it('is not asked any more once it refuses the password, until somebody types it', async () => {
    const shown = await at('sheet whose server is not asked any more');
    const before = questions(shown);
    await shown.page.clock.runFor(600_000);
    expect([before, questions(shown)]).toEqual([1, 1]);
    await shown.page.locator('[data-sheet-server] button').last().click();
    const dialog = shown.page.locator('[data-dialog=server-password]');
    await dialog.locator('input').fill('right');
    await dialog.locator('button[type=submit]').click();
    await expect.poll(() => questions(shown)).toBe(2);
    await shown.page.context().close();
  });
});
