import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { credentialWindow } from './credential-window.ts';
import { exportPfxByKeyboard } from './export-pfx.ts';
import { keyboardOf } from './keyboard.ts';
import { launch, missing } from './launch.ts';

interface SimulatedTenant {
  readonly applications: readonly {
    readonly displayName: string;
    readonly keyCredentials: readonly { readonly customKeyIdentifier: string }[];
  }[];
}

/** The simulated tenants keep what is in them beside the practice list. */
const contosoIn = (directory: string): SimulatedTenant | undefined =>
  (JSON.parse(readFileSync(join(directory, 'practice', 'tenants.json'), 'utf8')) as { tenants: SimulatedTenant[] }).tenants[0];

const guide = {
  en: { title: 'Tenant Keyring – Credential Manager', settings: 'Settings', clientId: 'Application (client) ID' },
  fr: { title: 'Tenant Keyring – Gestionnaire des identifiants', settings: 'Paramètres', clientId: 'ID d’application (client)' },
} as const;

describe.skipIf(missing !== null)('from an empty window to a proven tenant, with the keyboard alone', () => {
  it.each(['en', 'fr'] as const)('in %s', async (language) => {
    const application = await launch({ practice: false, lang: language });
    const { page, directory } = application;
    const { t, button, field, stage, row, apply, worked } = credentialWindow(page, language);
    const { press, type, tabTo, activate } = keyboardOf(page);
    const words = guide[language];

    expect(await application.title()).toBe(words.title);
    await activate(button('empty.practise'));
    await page.locator('[data-practice]').waitFor();
    expect(await application.title()).toBe(`${t('app.practice.mark')} ${words.title}`);

    // The dialog Azure AD App Credentials: name and server, the certificate makes itself.
    await activate(button('manager.create'));
    const dialog = page.locator('[data-dialog=app-credentials]');
    for (const label of [words.settings, words.clientId]) await dialog.getByText(label, { exact: true }).first().waitFor();
    await tabTo(field('name'));
    await type('Contoso archive');
    await tabTo(field('tenant'));
    await type('contoso.example');
    // Who makes the certificate: the second of the two answers.
    await press('Tab');
    await press('ArrowRight');
    await tabTo(field('fqdn'));
    await type('mailstore.contoso.com');
    await page.locator('[data-redirect-uri]').getByText('https://mailstore.contoso.com:8462/oidc/signin').waitFor();
    await expect.poll(() => field('certificate').inputValue()).toMatch(/^[0-9A-F]{8}/);
    const thumbprint = (await field('certificate').inputValue()).slice(0, 8);
    await press('Enter');

    // Whose tenant, who am I, what will change.
    const plan = await stage('plan');
    await plan.getByRole('heading', { level: 2, name: t('setup.plan.title', { tenant: 'Contoso', domain: 'contoso.example' }) }).waitFor();
    expect(
      await plan.locator('[data-plan-group]').evaluateAll((groups) => groups.map((group) => group.getAttribute('data-plan-group'))),
    ).toEqual(['registration', 'certificate', 'sign-in', 'permissions']);
    expect(contosoIn(directory)?.applications).toEqual([]);
    await activate(apply());

    // Proof, with both certificates side by side.
    const proof = await stage('proof');
    expect(await page.locator('[data-check][data-result=failed], [data-check][data-result=pending]').count()).toBe(0);
    expect(await page.locator('[data-check=token-graph]').getAttribute('data-result')).toBe('passed');
    await proof
      .locator('[data-comparison=identical]')
      .getByText(`${thumbprint.slice(0, 4)} ${thumbprint.slice(4)}`)
      .waitFor();
    expect(contosoIn(directory)?.applications).toMatchObject([{ displayName: 'MailStore Server', keyCredentials: [{}] }]);
    await activate(button('setup.proof.next', { server: 'MailStore Server' }));

    // Type this into MailStore: the certificate goes there as PFX.
    await stage('sheet');
    const path = join(directory, 'handover.pfx');
    await exportPfxByKeyboard(page, { t, button }, application, path);
    expect((await application.recorded()).dialogs).toMatchObject([
      { kind: 'save', defaultPath: expect.stringMatching(/^\[.+\] .*\.pfx$/) },
    ]);
    await activate(worked());

    // The sheet is its own end; the new row is selected and has the focus.
    await page.locator('[data-sheet=end]').waitFor();
    await page.locator('[data-stays]').waitFor();
    await activate(button('app.close'));
    const line = row('Contoso archive');
    await line.and(page.locator(':focus')).waitFor();
    expect(await line.getAttribute('aria-selected')).toBe('true');
    await line.getByText(t('state.confirmed')).waitFor();

    // Deleted, and restored by Undo.
    await press('Delete');
    await page.locator('[data-dialog=remove]').waitFor();
    await tabTo(page.locator('[data-dialog=remove]').getByRole('button', { name: t('remove-dialog.delete'), exact: true }));
    await press('Enter');
    await line.waitFor({ state: 'detached' });
    await button('manager.create').waitFor();
    await press('Control+z');
    await line.and(page.locator(':focus')).waitFor();
    await line.getByText(t('state.confirmed')).waitFor();
    expect(contosoIn(directory)?.applications).toHaveLength(1);
    expect(await application.close()).toBe(0);
  });
});
