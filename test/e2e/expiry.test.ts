import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inside } from '../practice/cli/command-line.ts';
import { harness } from '../practice/engine/harness.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

describe.skipIf(missing !== null)('a certificate in its last days', () => {
  it('is told by one notification, whose click shows the credential, and not again after a restart', async () => {
    const here = await harness();
    const { store } = here.services.engine;
    for (const [name, days] of [
      ['Contoso archive', 5.5],
      ['Later', 200],
    ] as const) {
      const { credential } = await here.connect({ name });
      const { certificate } = store.find(credential.id);
      if (certificate !== null)
        store.change(credential.id, () => ({
          certificate: { ...certificate, notAfter: new Date(Date.now() + days * 86_400_000).toISOString() },
        }));
    }
    const where = { directory: here.directory, tenants: here.server.origin };
    const first = await launch(where);
    await expect
      .poll(async () => (await first.recorded()).notifications, { timeout: 20_000 })
      .toMatchObject([
        {
          title: '[Practice] The certificate of “Contoso archive” expires in 6 days',
          body: expect.stringContaining('Contoso: valid until'),
        },
      ]);
    await first.page.getByText('Later', { exact: true }).click();
    await first.page.keyboard.press('Control+f');
    await first.page.keyboard.type('later');
    const before = (await first.recorded()).focused;
    await first.clickNotification(0);
    const row = first.page.locator('[role=row][data-key]', { hasText: 'Contoso archive' });
    await expect.poll(() => row.getAttribute('aria-selected'), { timeout: 20_000 }).toBe('true');
    await expect.poll(() => first.page.evaluate('document.activeElement?.textContent ?? ""')).toContain('Contoso archive');
    expect((await first.recorded()).focused).toBe(before + 1);
    await first.close();

    const second = await launch(where);
    await second.page.getByText('Contoso archive').first().waitFor();
    await second.page.waitForTimeout(1500);
    expect((await second.recorded()).notifications).toEqual([]);
  });

  it('is looked after while the window is closed too: when the watch last ran stands below the list, red after seven days', async () => {
    const { origin } = await practiceTenants();
    const { page, directory } = await launch({ tenants: origin });
    const there = ['--practice', origin, '--data-dir', directory];
    expect(await inside(['connect', '--name', 'Contoso archive', '--fqdn', 'mailstore.contoso.com', '--yes', ...there])).toMatchObject({
      code: 0,
    });
    await page.locator('[data-watch=never]').waitFor();
    expect(await inside(['watch', ...there])).toMatchObject({ code: 0 });
    await page.keyboard.press('F5');
    await page.locator('[data-watch=ran]').getByText('Watch last ran just now').waitFor();
    writeFileSync(
      join(directory, 'practice', 'watch-run.json'),
      JSON.stringify({ ranAt: new Date(Date.now() - 8 * 86_400_000).toISOString(), result: 'fine' }),
    );
    await page.keyboard.press('F5');
    const overdue = page.locator('[data-watch=overdue]');
    await overdue.getByText('Watch last ran 8 days ago').waitFor();
    await overdue.focus();
    await page.getByRole('tooltip', { name: /register it again/ }).waitFor();
  });

  it('goes into a calendar', async () => {
    const { origin } = await practiceTenants();
    const application = await launch({ tenants: origin });
    const { directory, page } = application;
    expect(
      await inside([
        'connect',
        '--name',
        'Contoso archive',
        '--fqdn',
        'mailstore.contoso.com',
        '--yes',
        '--practice',
        origin,
        '--data-dir',
        directory,
      ]),
    ).toMatchObject({ code: 0 });
    await page.getByText('Contoso archive').first().waitFor();
    const path = join(directory, 'ends.ics');
    await application.answer('save', path);
    await application.clickMenu('save-calendar');
    await expect.poll(() => existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain('SUMMARY:[Practice] The certificate of “Contoso archive” ends');
    expect((await application.recorded()).dialogs).toMatchObject([
      { kind: 'save', defaultPath: '[Practice] Certificates of Tenant Keyring.ics' },
    ]);
  });
});
