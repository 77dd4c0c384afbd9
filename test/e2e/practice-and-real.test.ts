import { describe, expect, it } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import { profileById, profileReference } from '../../main/servers/index.ts';
import { createCredentialStore, noAnnotations } from '../../main/credential/index.ts';
import { openDatabase } from '../../main/vault/index.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, launchAgain, missing, newDirectory } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

/** A credential of a real tenant, as OK stores it. */
function storeReal(directory: string): void {
  const database = openDatabase(directory, { clock: systemClock });
  const now = new Date().toISOString();
  createCredentialStore(database, systemClock).insert({
    id: '7d1f6f0e-4b1c-4a57-9d0e-6a3f0c2b1a90',
    version: 0,
    name: 'The real one',
    ...noAnnotations,
    cloud: 'global',
    tenantId: '3c0f4a5e-8a54-4a39-8a1f-0d6c5b4a3f21',
    tenantName: 'Wide World Importers',
    tenantDomain: 'wideworldimporters.example',
    appName: 'The real one',
    uniqueName: null,
    adopted: true,
    clientId: 'b2a1c0d9-1e2f-4a3b-8c4d-5e6f7a8b9c0d',
    objectId: null,
    servicePrincipalId: null,
    redirectUri: null,
    server: { id: 'mailstore-server', instance: null },
    profile: profileReference(profileById('mailstore-guide')),
    custody: 'external',
    certificate: null,
    earlierCertificates: [],
    state: 'waiting-certificate',
    proof: null,
    presented: null,
    rotation: null,
    sheet: {},
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  });
  database.close();
}

describe.skipIf(missing !== null)('practice and real', () => {
  it('are never side by side: banner, titles and file names say which it is', async () => {
    const directory = newDirectory();
    storeReal(directory);
    const { origin } = await practiceTenants();
    const application = await launch({ tenants: origin, directory });
    const { page } = application;
    const { t, button, row, field, fillIn, toPlan, apply, stage, leaveProof } = credentialWindow(page);
    const banner = page.locator('[data-practice]');
    const bannerStands = async () => {
      await banner.getByText(t('app.practice')).waitFor();
      expect(await page.getByText('The real one').count()).toBe(0);
    };
    await button('manager.create').waitFor();
    await bannerStands();
    await fillIn({ name: 'Contoso archive' });
    await expect.poll(() => field('certificate').inputValue()).toMatch(/^[0-9A-F]{8}/);
    await bannerStands();
    await toPlan();
    await bannerStands();
    await apply().click();
    await stage('proof');
    await bannerStands();
    await leaveProof();
    await row('Contoso archive').and(page.locator(':focus')).waitFor();
    // Banner and title say it, and once is enough.
    expect(await row('Contoso archive').getByText(t('app.practice.mark')).count()).toBe(0);
    expect(await application.title()).toContain(t('app.practice.mark'));
    await bannerStands();
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('heading', { level: 1, name: 'Contoso archive' }).waitFor();
    await bannerStands();
    await button('app.back').click();
    await page.locator('[data-command=activity]').click();
    await page.getByRole('table').getByText('Contoso archive').first().waitFor();
    await bannerStands();
    await button('app.back').click();
    await page.keyboard.press('Control+,');
    await page.locator('main select').first().waitFor();
    await bannerStands();
    await button('app.back').click();

    // The real list, by the menu: nothing of practice is left in it.
    expect(await application.title()).toContain(t('app.practice.mark'));
    await application.clickMenu('leave-practice');
    await row('The real one').waitFor();
    await banner.waitFor({ state: 'detached' });
    expect(await application.title()).toBe(t('app.title'));
    expect(await page.getByText('Contoso archive').count()).toBe(0);
    expect(await page.getByText(t('app.practice.mark')).count()).toBe(0);
    await page.locator('[data-command=activity]').click();
    await page.getByText(t('audit.empty')).waitFor();
    await button('app.back').click();
    await application.clickMenu('practise');
    await row('Contoso archive').waitFor();
    await bannerStands();
  });
});

describe.skipIf(missing !== null)('the running window', () => {
  it('speaks another language at once, in page, title and menu, and is brought to the front by a second start', async () => {
    const { origin } = await practiceTenants();
    const application = await launch({ tenants: origin });
    const { page } = application;
    const english = credentialWindow(page);
    const french = credentialWindow(page, 'fr');
    const german = credentialWindow(page, 'de');
    await english.button('manager.create').waitFor();
    const choose = async (from: typeof english, language: string) => {
      await page.keyboard.press('Control+,');
      await page.getByLabel(from.t('settings.language'), { exact: true }).selectOption(language);
    };
    await choose(english, 'fr');
    await page.getByRole('heading', { level: 1, name: french.t('settings.title') }).waitFor();
    expect(await application.title()).toBe('[Exercice] Tenant Keyring – Gestionnaire des identifiants');
    expect((await application.menu()).map(({ label }) => label)).toEqual(
      expect.arrayContaining([french.t('menu.file'), french.t('menu.leave-practice')]),
    );
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr');
    await french.button('app.back').click();
    // Faults come from the main process: they speak it too.
    await french.fillIn({ name: ' ' });
    await french.field('name').press('Enter');
    await page.getByText(french.t('beside-field.input.name.empty')).first().waitFor();
    await page.keyboard.press('Escape');
    await french.button('manager.create').waitFor();
    await choose(french, 'de');
    await page.getByRole('heading', { level: 1, name: german.t('settings.title') }).waitFor();

    const { focused } = await application.recorded();
    expect(await launchAgain(application)).toBe(0);
    await expect.poll(async () => (await application.recorded()).focused).toBeGreaterThan(focused);
  });
});
