import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { launch, missing, newDirectory, usesStandIn } from './launch.ts';

const name = 'TENANT_KEYRING_TEST_POLICIES';

/** From now on this is the computer's file of policies. */
function prescribe(policies: unknown): void {
  const file = join(newDirectory(), 'policies.json');
  writeFileSync(file, JSON.stringify(policies));
  process.env[name] = file;
  onTestFinished(() => {
    delete process.env[name];
  });
}

const prescribable = usesStandIn && process.platform === 'linux';
if (!prescribable) console.log('skipped, because policies are where no test may write: the registry, or a file of root’s');

describe.skipIf(missing !== null || !prescribable)('what the administrators of the computer prescribe', () => {
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
    await page.getByRole('button', { name: 'Create…' }).waitFor();
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
