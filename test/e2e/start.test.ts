import { describe, expect, it, onTestFinished } from 'vitest';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost } from '../host/renderer-page.ts';

const executable = findChromium();
if (executable === null) console.warn('The first picture is not tested: no Chromium, Chrome or Edge is installed.');

/** In the page: something changes the moment main has answered for the first time. */
const changesAtOnce = `{
  const ask = window.keyring.request;
  let first = true;
  window.keyring.request = async (channel, input) => {
    const answer = await ask(channel, input);
    if (channel !== 'app:read') return answer;
    if (!first) return { ...answer, value: { ...answer.value, dark: true } };
    first = false;
    window.fakeKeyringEvent('app:changed', null);
    return answer;
  };
}`;

describe.skipIf(executable === null)('the first picture', () => {
  it('is drawn anew where something changed after main had answered and before the window listened', async () => {
    const host = await startRendererHost(executable ?? '');
    onTestFinished(() => host.close());
    const { page } = await host.open({ prepare: changesAtOnce });
    await expect
      .poll(() => page.evaluate(`getComputedStyle(document.querySelector('.fui-FluentProvider')).backgroundColor`))
      .toBe('rgb(41, 41, 41)');
  });
});
