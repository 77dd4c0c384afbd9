import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { launch, missing, newDirectory } from './launch.ts';

/** From now on the files of policies are looked for here, on every system. */
function prescribe(policies: unknown): void {
  const folder = newDirectory();
  for (const name of ['TenantKeyring', 'tenant-keyring']) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'policies.json'), JSON.stringify(policies));
  }
  for (const name of ['ProgramData', 'XDG_CONFIG_DIRS']) {
    const before = process.env[name];
    process.env[name] = folder;
    onTestFinished(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
  }
}

describe.skipIf(missing !== null)('what the administrators of the computer prescribe', () => {
  it('is shown in Settings, and cannot be changed there', async () => {
    prescribe({
      Language: 'fr',
      MinimumKeySize: 3072,
      SignInClientId: '11111111-2222-4333-8444-555555555555',
      AllowedTenants: ['contoso.com', 'fabrikam.com'],
      ForbidPrivateKeyExport: true,
      Later: 1,
    });
    const application = await launch();
    const { page } = application;
    await page.getByRole('button', { name: 'Connect a tenant' }).waitFor();
    await application.clickMenu('settings');
    await page.getByRole('heading', { name: 'Set by your organisation' }).waitFor();
    expect(await page.getByLabel('Language', { exact: true }).isDisabled()).toBe(true);
    const client = page.getByLabel('Client ID for the administrator’s sign-in');
    expect([await client.inputValue(), await client.getAttribute('readonly')]).toEqual(['11111111-2222-4333-8444-555555555555', '']);
    expect(await page.getByLabel('Key of new certificates').locator('option').allTextContents()).toEqual([
      'RSA, 3072 bits',
      'RSA, 4096 bits',
    ]);
    for (const text of ['contoso.com, fabrikam.com', 'No export with private key', /policies\.json: Later/])
      expect(await page.getByText(text).count(), String(text)).toBe(1);
    await page.setViewportSize({ width: 640, height: 400 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
