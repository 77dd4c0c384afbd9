import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

describe.skipIf(missing !== null)('an expired certificate of ours that is still in the tenant', () => {
  it.each(['en', 'fr'] as const)(
    'is listed in Details, and goes when it is ticked in a plan that has nothing else, in %s',
    async (language) => {
      const { origin, tenant } = await practiceTenants();
      const { page, directory } = await launch({ tenants: origin, lang: language });
      const { t, button, row, apply, stage } = credentialWindow(page, language);
      const cli = (...args: string[]) => inside([...args, '--practice', origin, '--data-dir', directory]);
      const keys = () => tenant().applications[0]?.keyCredentials ?? [];
      expect(
        await cli('connect', '--name', 'Contoso archive', '--fqdn', 'mailstore.contoso.com', '--key-size', '2048', '--yes'),
      ).toMatchObject({ code: 0 });
      expect(await cli('rotate', 'Contoso archive', '--unattended')).toMatchObject({ code: 0 });
      const [old] = keys();
      const { fingerprint } = new X509Certificate(Buffer.from(String(old?.key), 'base64'));
      const thumbprint = fingerprint.replaceAll(':', '');
      Object.assign(old ?? {}, { startDateTime: '2024-01-01T00:00:00Z', endDateTime: '2025-06-01T00:00:00Z' });
      await row('Contoso archive').click();
      await page.keyboard.press('Alt+Enter');
      await button('manager.verify').click();
      await page
        .locator('section')
        .filter({ hasText: t('details.other-keys') })
        .getByText(new RegExp(`${thumbprint}[^]*2025-06-01`))
        .waitFor();
      await button('manager.edit').click();
      await button('dialog.set-up').click();
      await stage('plan');
      await page.getByText(t('setup.plan.nothing-to-change')).waitFor();
      const tick = page.locator('[data-findings]').getByRole('checkbox', { name: new RegExp(thumbprint) });
      expect(await tick.isChecked()).toBe(false);
      expect(keys()).toHaveLength(2);
      await tick.check();
      await apply().click();
      await stage('proof');
      expect(keys()).toHaveLength(1);
      expect(keys()[0]?.keyId).not.toBe(old?.keyId);
    },
  );
});
