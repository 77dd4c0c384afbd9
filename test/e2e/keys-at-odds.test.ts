import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { practiceKeychain } from '../../main/vault/index.ts';
import { practiceSecretsFile } from '../../main/vault/practice-keychain.ts';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing, newDirectory } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

const leftOver = `c0ffee00-0000-4000-8000-000000000000/${'F'.repeat(40)}`;

/** One credential, set up on the command line before the window is opened. */
async function connected() {
  const { origin } = await practiceTenants();
  const directory = newDirectory();
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
  const practice = join(directory, 'practice');
  return { where: { directory, tenants: origin }, keychain: practiceKeychain(practice), secrets: join(practice, practiceSecretsFile) };
}

describe.skipIf(missing !== null)('list and keychain that do not agree', () => {
  it('are told at the start; what is left over is removed, and what is missing leads to its credential', async () => {
    const { where, keychain } = await connected();
    const [own = ''] = await keychain.accounts();
    await keychain.delete(own);
    await keychain.set(leftOver, 'left over');
    const { page } = await launch(where);
    const { t, button, row } = credentialWindow(page);
    const notice = page.locator('[data-keys-notice]');
    await notice.getByText(t('keys.notice.missing', { count: 1, name: 'Contoso archive' })).waitFor();
    await notice.getByText(t('keys.notice.unneeded', { count: 1 })).waitFor();
    await button('keys.notice.show').click();
    const heading = page.getByRole('heading', { name: t('keys.title'), exact: true });
    await heading.and(page.locator(':focus')).waitFor();
    await page.locator('[data-keys=missing]').getByText('Contoso archive').waitFor();
    await page.locator('[data-keys=unneeded]').getByText(t('keys.owner.unknown')).waitFor();

    expect(await button('keys.remove').getAttribute('aria-disabled')).toBe('true');
    await page.locator('[data-keys=unneeded]').getByRole('checkbox').click();
    await button('keys.remove').click();
    const dialog = page.locator('[data-dialog=forget-keys]');
    await dialog.getByText(t('keys.remove.elsewhere')).waitFor();
    await dialog.getByText('F'.repeat(40)).waitFor();
    // Enter alone removes nothing.
    await page.keyboard.press('Enter');
    expect(await keychain.accounts()).toEqual([leftOver]);
    await dialog.getByRole('checkbox').click();
    await button('keys.remove.confirm').click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .locator('[data-announcer]')
      .getByText(t('keys.removed', { count: 1 }))
      .waitFor();
    await page.locator('[data-keys=unneeded]').waitFor({ state: 'detached' });
    expect(await keychain.accounts()).toEqual([]);

    await page.getByRole('button', { name: t('keys.missing.show.name', { name: 'Contoso archive' }) }).click();
    await expect.poll(() => row('Contoso archive').getAttribute('aria-selected')).toBe('true');
    await notice.getByText(t('keys.notice.unneeded', { count: 1 })).waitFor({ state: 'detached' });
    await notice.getByText(t('keys.notice.missing', { count: 1, name: 'Contoso archive' })).waitFor();
    // Put away, the same is not told at the next start.
    await notice.getByRole('button', { name: t('app.dismiss') }).click();
    await page.reload();
    await row('Contoso archive').waitFor();
    await page.waitForTimeout(2000);
    expect(await notice.count()).toBe(0);
  });

  it('a keychain that cannot be used is told in Settings, not at the start', async () => {
    const { where, secrets } = await connected();
    rmSync(secrets);
    writeFileSync(secrets, 'no database, whatever its name says: '.repeat(200));
    chmodSync(secrets, 0o600);
    const { page } = await launch(where);
    const { t, row, fault } = credentialWindow(page);
    await row('Contoso archive').waitFor();
    await page.waitForTimeout(2000);
    expect(await page.locator('[data-fault], [data-keys-notice]').count()).toBe(0);
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { name: t('keys.title'), exact: true }).waitFor();
    await fault('vault.unavailable').waitFor();
  });
});
