import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../host/chromium.ts';
import { outOfReach } from '../host/page/out-of-reach.ts';
import { outOfSight } from '../host/page/out-of-sight.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';
import { places } from './places.ts';

const executable = findChromium();
if (executable === null) console.warn('Twice the size is not tested: no Chromium, Chrome or Edge is installed.');

describe.skipIf(executable === null)('at 200 % in a window of 1280 by 800', () => {
  let host: RendererHost;
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());

  it.each(Object.keys(places))('every control can be reached in: %s', async (place) => {
    const shown = await host.open({
      rows: 20,
      // In the order of names: what the places press is among the first rows, and in this window few are drawn.
      prepare: `localStorage.setItem('manager.sort', '{"by":"name","descending":false}')`,
      facts: { language: 'fr', practice: true },
      context: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, reducedMotion: 'reduce' },
    });
    await places[place]?.(shown);
    // A menu is laid out once, and then given the height that is there: only where it comes to rest counts.
    await expect.poll(() => shown.page.evaluate(outOfReach), { timeout: 30_000 }).toEqual([]);
    await expect.poll(() => shown.page.evaluate(outOfSight), { timeout: 30_000 }).toEqual([]);
    // Nor does the page itself have to be scrolled sideways.
    expect(await shown.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(640);
    await shown.page.context().close();
  });
});
