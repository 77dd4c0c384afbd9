import { describe, expect, it } from 'vitest';
import { office } from '../practice/engine/office.ts';
import { launch, missing } from './launch.ts';

describe.skipIf(missing !== null)('a certificate in its last days', () => {
  it('is told by one notification, whose click shows the credential, and not again after a restart', async () => {
    const here = await office();
    const { store } = here.services.engine;
    for (const [name, days] of [['Contoso archive', 5.5], ['Later', 200]] as const) {
      const { credential } = await here.connect({ name });
      const { certificate } = store.find(credential.id);
      if (certificate !== null) store.update(credential.id, { certificate: { ...certificate, notAfter: new Date(Date.now() + days * 86_400_000).toISOString() } });
    }
    const where = { directory: here.directory, tenants: here.server.origin };
    const first = await launch(where);
    await expect.poll(async () => (await first.recorded()).notifications, { timeout: 20_000 }).toMatchObject([{ title: '[Practice] The certificate of “Contoso archive” expires in 6 days', body: expect.stringContaining('Contoso: valid until') }]);
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
});
