import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { launch, launchAgain, missing } from './launch.ts';

describe.skipIf(missing !== null)('the window', () => {
  it('opens on an empty list, with its own name, under the strict policy, and accessible', async () => {
    const application = await launch({ practice: false });
    const { page } = application;
    const refused: string[] = [];
    page.on('console', (message) => void (/Content.Security.Policy|TrustedHTML/i.test(message.text()) && refused.push(message.text())));
    const [policy] = await Promise.all([
      page
        .waitForResponse((response) => response.url().endsWith('/index.html'))
        .then((response) => response.headerValue('content-security-policy')),
      page.reload(),
    ]);

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    await page.getByRole('button', { name: 'Practise with a simulated tenant' }).waitFor();
    expect(await application.title()).toBe('Tenant Keyring – Credential Manager');
    expect(await page.title()).toBe('Tenant Keyring – Credential Manager');
    expect(refused).toEqual([]);
    // Fluent's focus sentinels are hidden from everybody, and take the focus on its way only.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-tabster-dummy]').analyze();
    expect(violations).toEqual([]);
    expect(await application.close()).toBe(0);
  });

  it('marks practice in its title and offers the way back in the menu', async () => {
    const application = await launch();
    expect(await application.title()).toBe('[Practice] Tenant Keyring – Credential Manager');
    await application.clickMenu('leave-practice');
    await expect.poll(() => application.title()).toBe('Tenant Keyring – Credential Manager');
    expect((await application.menu()).map((item) => item.id)).toContain('practise');
  });

  it('is one per data directory', async () => {
    const application = await launch();
    expect(await launchAgain(application)).toBe(0);
    expect(await application.title()).toContain('Tenant Keyring');
  });

  it('goes nowhere and opens nothing', async () => {
    const application = await launch();
    const { page } = application;
    const address = page.url();
    const refused = () =>
      readFileSync(join(application.directory, 'practice/logs/window.log'), 'utf8')
        .split('\n')
        .filter((line) => line.includes('link.refused')).length;
    for (const [before, opened] of ['https://example.com/', 'https://entra.microsoft.com/', 'about:blank'].entries()) {
      await page.evaluate(`void window.open('${opened}')`);
      await expect.poll(refused).toBe(before + 1);
    }
    await page.evaluate("location.href = 'https://example.com/'");
    expect((await application.recorded()).opened).toEqual([]);
    expect(page.url()).toBe(address);
    await expect.poll(() => page.context().pages().length).toBe(1);
  });

  it('runs no script that is not one of its files', async () => {
    const { page } = await launch();
    const inline =
      "const script = document.createElement('script'); try { script.textContent = 'window.hostile = 1'; document.body.append(script); } catch {} window.hostile";
    expect(await page.evaluate(inline)).toBeUndefined();
    // By a timer of the page itself: what a debugger evaluates is exempt from the policy.
    const evaluated = "new Promise((done) => setTimeout(() => { try { done(new Function('return 1')()); } catch { done('refused'); } }))";
    expect(await page.evaluate(evaluated)).toBe('refused');
  });

  it('gives its page two functions and nothing of Node', async () => {
    const { page } = await launch();
    expect(await page.evaluate('[Object.keys(window.keyring), Object.isFrozen(window.keyring), typeof require, typeof process]')).toEqual([
      ['request', 'subscribe'],
      true,
      'undefined',
      'undefined',
    ]);
    expect(await page.evaluate("window.keyring.request('secret:get', {})")).toMatchObject({
      ok: false,
      fault: { code: 'window.request-malformed' },
    });
    expect(await page.evaluate("window.keyring.request('app:read', { more: 1 })")).toMatchObject({
      ok: false,
      fault: { code: 'window.request-malformed' },
    });
  });

  it('follows the system from light to dark', async () => {
    const application = await launch();
    const dark = async () =>
      (await application.page.evaluate(
        "window.keyring.request('app:read', null).then(({ value }) => [value.dark, matchMedia('(prefers-color-scheme: dark)').matches])",
      )) as boolean[];
    await application.setSystemTheme(false);
    await expect.poll(dark).toEqual([false, false]);
    await application.setSystemTheme(true);
    await expect.poll(dark).toEqual([true, true]);
  });

  it('tells an exception with the number that finds it, and goes on', async () => {
    const application = await launch();
    await application.answer('message', 0, 2);
    await application.crash('the roof fell in on anna@contoso.com');
    await expect.poll(async () => (await application.recorded()).dialogs.length).toBe(2);
    const { dialogs, clipboard } = await application.recorded();
    const number = /[0-9a-f-]{36}/.exec(dialogs[0]?.detail ?? '')?.[0];
    expect(dialogs[0]?.buttons).toEqual(['Copy report', 'Restart', 'Continue']);
    expect(clipboard).toContain(number);
    expect(clipboard).toContain('the roof fell in');
    expect(clipboard).not.toContain('anna');
    expect(await application.title()).toContain('Tenant Keyring');
  });
});
