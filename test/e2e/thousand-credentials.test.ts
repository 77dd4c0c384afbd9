import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import { createCredentialStore } from '../../main/credential/index.ts';
import { openDatabase } from '../../main/vault/index.ts';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing, newDirectory } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

const count = 1000;
const day = 24 * 60 * 60_000;

/** One real connect, and copies of its record under names, tenants and certificates of their own. */
async function fillList(directory: string, origin: string): Promise<void> {
  const done = await inside([
    'connect',
    '--name',
    'Archive N0000',
    '--fqdn',
    'mailstore.contoso.com',
    '--key-size',
    '2048',
    '--yes',
    '--practice',
    origin,
    '--data-dir',
    directory,
  ]);
  expect(done).toMatchObject({ code: 0 });
  const database = openDatabase(join(directory, 'practice'), { clock: systemClock });
  const store = createCredentialStore(database, systemClock);
  const record = store.find('Archive N0000');
  const tenantIds = Array.from({ length: 50 }, () => randomUUID());
  database.write(() => {
    for (let index = 1; index < count; index += 1) {
      // No id or thumbprint has an N in it, so a filter finds the name alone.
      const name = `Archive N${String(index).padStart(4, '0')}`;
      const thumbprint = createHash('sha1').update(name).digest('hex').toUpperCase();
      const certificate =
        record.certificate === null
          ? null
          : { ...record.certificate, thumbprint, notAfter: new Date(Date.now() + (1 + ((index * 37) % count)) * day).toISOString() };
      store.insert({
        ...record,
        id: randomUUID(),
        name,
        clientId: randomUUID(),
        tenantId: tenantIds[index % 50] ?? '',
        tenantName: `Customer ${index % 50}`,
        tenantDomain: `customer${index % 50}.example`,
        certificate,
      });
    }
  });
  database.close();
}

describe.skipIf(missing !== null)('a thousand credentials', () => {
  it('open, are filtered, sorted, grouped and scrolled, and only what is in sight is drawn', async () => {
    const directory = newDirectory();
    const { origin } = await practiceTenants();
    await fillList(directory, origin);
    const { page } = await launch({ tenants: origin, directory });
    const { t, row } = credentialWindow(page);
    const lines = page.locator('[role=row][data-key]');
    const footer = page.locator('[data-footer]');
    const first = () => lines.first().locator('[role=rowheader]').textContent();
    await lines.first().waitFor();
    await page.locator('[data-column=name] button').click();
    await row('Archive N0000').waitFor();
    await footer.getByText(t('manager.chip.all', { count })).waitFor();
    expect(await lines.count()).toBeLessThan(80);

    // To the end and back by keys; the row with the focus is always drawn.
    await row('Archive N0000').click();
    await page.keyboard.press('End');
    await row('Archive N0999').and(page.locator(':focus')).waitFor();
    expect(await row('Archive N0000').count()).toBe(0);
    await page.keyboard.press('PageUp');
    await page.locator('[role=row][data-key]:focus').filter({ hasNotText: 'Archive N0999' }).waitFor();
    await page.keyboard.press('Home');
    await row('Archive N0000').and(page.locator(':focus')).waitFor();
    // By the wheel.
    await row('Archive N0000').hover();
    await page.mouse.wheel(0, 8000);
    await row('Archive N0200').waitFor();

    // Filter as you type: by name, by tenant, and nothing at all.
    await page.keyboard.press('Control+f');
    await page.keyboard.type('n0417');
    await expect.poll(() => lines.count()).toBe(1);
    await row('Archive N0417').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('customer7.example');
    await footer.getByText(t('manager.shown', { count: 20 })).waitFor();
    await page.keyboard.type(' nothing');
    await page.getByText(t('manager.nothing-found')).waitFor();
    await page.keyboard.press('Escape');
    await footer.getByText(t('manager.shown', { count: 20 })).waitFor({ state: 'detached' });

    // Sorted by expiry: 1 day left stands first, then 2; the other way round the longest.
    const header = page.getByRole('columnheader', { name: t('field.expires') });
    await header.getByRole('button').first().click();
    await expect.poll(first).not.toContain('Archive N0000');
    const soonest = await first();
    await header.getByRole('button').first().click();
    await expect.poll(first).not.toBe(soonest);

    // Grouped: a head for every tenant.
    await page.locator('[data-choice=grouping]').click();
    await page.getByRole('menuitemradio', { name: t('manager.grouping.tenant') }).click();
    await page.getByRole('treegrid').waitFor();
    await lines
      .filter({ hasText: /^Customer \d+(19|20) credentials/ })
      .first()
      .waitFor();
  });
});
