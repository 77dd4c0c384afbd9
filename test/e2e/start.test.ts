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

/** In the page: counts how often the list is asked for. */
const countsLists = `{
  const ask = window.keyring.request;
  window.listsAsked = 0;
  window.keyring.request = async (channel, input) => {
    if (channel === 'credentials:list') window.listsAsked += 1;
    const answer = await ask(channel, input);
    if (channel === 'credentials:list') window.afterList?.();
    return answer;
  };
}`;

/** In the page: somebody else stores a credential the moment the list has been answered for the first time. */
const storedAtOnce = `window.afterList = () => {
  window.afterList = undefined;
  window.fakeKeyringEvent('store:changed', null);
};`;

/** In the page: dark is what main says once, light what it says before and after. */
const darkForAMoment = `{
  const ask = window.keyring.request;
  let times = 0;
  window.keyring.request = async (channel, input) => {
    const answer = await ask(channel, input);
    if (channel !== 'app:read') return answer;
    times += 1;
    return { ...answer, value: { ...answer.value, dark: times === 2 } };
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

  it('is the frame of the window where its program is not read yet', async () => {
    const host = await startRendererHost(executable ?? '');
    onTestFinished(() => host.close());
    const { page } = await host.open();
    await page.route('**/*.js', (route) => route.abort());
    await page.reload();
    expect(await page.locator('#root').innerText()).toBe('Tenant Keyring');
    expect(await page.locator('main').count()).toBe(0);
  });

  it.each([
    ['once', '', 1],
    ['anew where it changed before the page listened', storedAtOnce, 2],
  ])('asks for the list %s', async (_, meanwhile, times) => {
    const host = await startRendererHost(executable ?? '');
    onTestFinished(() => host.close());
    const { page } = await host.open({ prepare: countsLists + meanwhile });
    await page.locator('[role=row][data-key]').first().waitFor();
    // What is read after the first picture stands by then, too.
    await page.locator('[data-footer] button').first().waitFor();
    expect(await page.evaluate('window.listsAsked')).toBe(times);
  });

  it('stays as main said last, with every text, where an earlier change takes longer to be read', async () => {
    const host = await startRendererHost(executable ?? '');
    onTestFinished(() => host.close());
    const { page, main } = await host.open({ rows: 0, prepare: darkForAMoment });
    await page.getByText('Connect MailStore to Microsoft 365').waitFor();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const asked = page.waitForRequest('**/dark-*.js');
    await page.route('**/dark-*.js', async (route) => {
      await held;
      await route.continue();
    });
    await main.send('app:changed', null);
    await asked;
    await main.send('app:changed', null);
    await expect.poll(() => main.calls.filter(({ channel }) => channel === 'app:read').length).toBe(3);
    // The later one has been read by then: light is there already.
    await page.evaluate('new Promise((done) => requestIdleCallback(done))');
    const read = page.waitForResponse('**/dark-*.js');
    release();
    await (await read).finished();
    await page.evaluate('new Promise((done) => requestIdleCallback(done))');
    expect(await page.locator('main').innerText()).toContain('Connect MailStore to Microsoft 365');
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.fui-FluentProvider')).backgroundColor`)).toBe(
      'rgb(255, 255, 255)',
    );
  });
});
