import { describe, expect, it, onTestFinished } from 'vitest';
import { followDeviceCode, startPractice } from '../../main/practice/index.ts';
import { launch, missing } from './launch.ts';

describe.skipIf(missing !== null)('a sign-in with a code', () => {
  it('takes the browser’s place, from the sign-in card to the proof', async () => {
    // Slow enough that somebody can press a button while the browser has the word.
    const server = await startPractice({ knobs: { replication: 0, updates: 0, latency: 400 } });
    onTestFinished(() => server.close());
    const application = await launch({ tenants: server.origin });
    const { page } = application;
    await page.getByRole('button', { name: 'Create…' }).click();
    await page.locator('input[type=radio][value=keyring]').check();
    await page.locator('[data-field=name]').fill('Contoso archive');
    await page.locator('[data-field=fqdn]').fill('mailstore.contoso.com');
    await page.getByRole('button', { name: 'Sign in and set up' }).click();
    await page.getByRole('button', { name: 'Open the browser and sign in' }).click();
    await page.getByRole('button', { name: 'Use a code instead' }).click();
    for (let codes = 0; codes < 2; codes += 1) {
      const shown = page.locator('[data-code]');
      await shown.waitFor();
      const code = (await shown.getAttribute('data-code')) ?? '';
      expect(await page.locator('[data-time-left]').textContent()).toMatch(/^Time left: 1[45]:\d\d$/);
      await shown.getByRole('button').last().click();
      await expect.poll(async () => (await application.recorded()).clipboard).toBe(code);
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S+?deviceauth/.exec((await shown.textContent()) ?? '')?.[0] ?? '';
      await followDeviceCode(address, code, { account: null });
      if (codes === 0) await page.getByRole('button', { name: /^Apply to Contoso, / }).click();
      else await page.locator('[data-stage=proof]').waitFor();
    }
    expect((await application.recorded()).opened).toEqual([]);
  });
});
