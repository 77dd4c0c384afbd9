import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';

const executable = findChromium();
if (executable === null) console.warn('Cancel of Add existing… is not tested: no Chromium, Chrome or Edge is installed.');

describe.skipIf(executable === null)('Add existing…, while the domains of a file are looked up', () => {
  let host: RendererHost;
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());

  it.each(['Cancel', 'Escape'])('is left at once by %s, and main is told to give up', async (way) => {
    const unanswered = Promise.withResolvers<null>();
    const { page, main } = await host.open({ answers: { 'track:choose': () => unanswered.promise } });
    const asked = (channel: string) => main.calls.filter((call) => call.channel === channel).length;
    await page.locator('[data-command=add-existing]').click();
    const dialog = page.locator('[data-dialog=add-existing]');
    await page.getByRole('tab').nth(1).click();
    await page.locator('[data-choose-file]').click();
    await expect.poll(() => asked('track:choose')).toBe(1);
    expect(asked('track:cancel')).toBe(0);
    if (way === 'Escape') await page.keyboard.press('Escape');
    else await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(asked('track:cancel')).toBe(1);
    unanswered.resolve(null);
    await page.context().close();
  });
});
