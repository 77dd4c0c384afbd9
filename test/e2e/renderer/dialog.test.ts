import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { violations } from './accessibility.ts';
import { expectShown } from './shown.ts';
import { dialogPages, skipped, type DialogPages } from './dialog-page.ts';
import { bad, clientId, credentialId, facts, fakeBridge, fault, good, report, row, settings, tenantId, theirs } from './fake-bridge.ts';

const made = '44444444-4444-4444-8444-444444444444';
const chosen = '55555555-5555-4555-8555-555555555555';

const field = (page: Page, name: string) => page.locator(`[data-field=${name}]`);
const item = (page: Page, name: string) => page.getByRole('menuitem', { name });
const openMenu = (page: Page) => page.getByRole('button', { name: 'Certificate: more actions' }).click();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const announced = (page: Page) => page.locator('[data-announcer]');

async function fill(page: Page): Promise<void> {
  await field(page, 'name').fill('Contoso archive');
  await field(page, 'fqdn').fill('mailstore.contoso.com');
}

/** The answer to who makes the certificate. */
const answer = (page: Page, name: 'MailStore Server' | 'Tenant Keyring') => page.getByRole('radio', { name });
/** The settings after the question was answered. */
const answered = { 'settings:read': () => good({ ...settings, custody: 'keyring' }) } as const;
const obstacle = (page: Page) => page.locator('[data-obstacle]');

describe.skipIf(skipped !== null)('the dialog Azure AD App Credentials', () => {
  let pages: DialogPages;
  beforeAll(async () => {
    pages = await dialogPages();
  });
  afterAll(() => pages.close());

  it('asks who makes the certificate: nothing is preselected, each answer says what follows, and OK needs none', async () => {
    const bridge = fakeBridge();
    const page = await pages.open(bridge);
    await fill(page);
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    await expectShown(page.getByText('MailStore makes the certificate; you import the file it saves.'));
    await expectShown(page.getByText('you import a PFX into the server.'));
    await expectShown(obstacle(page).getByText('Choose who makes the certificate.'));
    expect(await button(page, 'Sign in and set up').getAttribute('aria-disabled')).toBe('true');
    expect(await field(page, 'certificate').count()).toBe(0);
    expect(bridge.inputs('certificate:create')).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await field(page, 'name').press('Enter');
    await announced(page).getByText('Choose who makes the certificate.').waitFor();
    expect(bridge.inputs('setup:begin')).toEqual([]);
    await button(page, 'OK').click();
    await expectShown(page.locator('[data-dialog=by-hand]'));
    expect(bridge.inputs('credential:save')).toMatchObject([{ certificate: null, draft: { custody: null } }]);
  });

  it('begins with the answer that was given the last time', async () => {
    const page = await pages.open(fakeBridge(answered));
    expect(await answer(page, 'Tenant Keyring').isChecked()).toBe(true);
    await expectShown(field(page, 'certificate'));
  });

  it('makes a certificate as soon as Tenant Keyring is to, and builds the redirect URI while it is typed', async () => {
    const bridge = fakeBridge();
    const page = await pages.open(bridge);
    await fill(page);
    await answer(page, 'Tenant Keyring').check();
    await field(page, 'certificate').and(page.locator('[value^=A94F]')).waitFor();
    await expectShown(page.locator('[data-redirect-uri]').getByText('https://mailstore.contoso.com:8462/oidc/signin'));
    expect(await field(page, 'certificate').inputValue()).toMatch(/^A94F12C0…21B7 · expires /);
    expect(bridge.inputs('certificate:create')).toHaveLength(1);
    expect(await violations(page)).toEqual([]);
  });

  it('says what is wrong beside the field, in words, after it was left and not before', async () => {
    const page = await pages.open(fakeBridge());
    await field(page, 'fqdn').fill('mailstore');
    await expectShown(page.locator('[data-redirect-uri]').getByText('Redirect URI: from name and port'));
    expect(await page.getByText('not a full name').count()).toBe(0);
    await page.keyboard.press('Tab');
    await expectShown(page.getByText('The server name is not a full name. Correct it.'));
    expect(await field(page, 'fqdn').getAttribute('aria-invalid')).toBe('true');
    await field(page, 'fqdn').fill('mailstore.contoso.com');
    await page.getByText('not a full name').waitFor({ state: 'detached' });
  });

  it('loses no click by what it says about the field that was just left', async () => {
    const page = await pages.open(fakeBridge());
    await answer(page, 'Tenant Keyring').check();
    await field(page, 'name').click();
    await field(page, 'clientId').fill('x');
    await field(page, 'name').focus();
    await openMenu(page);
    await expectShown(item(page, 'Download Certificate'));
    await page.keyboard.press('Escape');
    await expectShown(page.getByText('The name is empty.'));
  });

  it('goes nowhere with a field that is wrong, and puts the focus there', async () => {
    const bridge = fakeBridge();
    const page = await pages.open(bridge);
    await expectShown(obstacle(page).getByText('Still to fill in: Name and Server name (FQDN)'));
    // The button says why it cannot be pressed; Enter shows where.
    const reason = await button(page, 'Sign in and set up').getAttribute('aria-describedby');
    expect(await page.locator(`[id="${reason ?? ''}"]`).textContent()).toContain('Still to fill in');
    await field(page, 'clientId').press('Enter');
    await expectShown(page.getByText('The name is empty.'));
    await expectShown(obstacle(page).getByText('2 fields to correct'));
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('name');
    expect(bridge.inputs('setup:begin')).toEqual([]);
    expect(bridge.inputs('credential:save')).toEqual([]);
  });

  it('moves nothing by what it says, and has everything that is needed in sight in a window of 1024 by 640', async () => {
    const page = await pages.open(fakeBridge(), { viewport: { width: 1024, height: 640 } });
    const inSight = ['name', 'clientId', 'tenant', 'fqdn', 'port'];
    const places = () => Promise.all(inSight.map((name) => field(page, name).boundingBox()));
    await expectShown(obstacle(page));
    const before = await places();
    for (const box of before) expect(box === null ? 640 : box.y + box.height).toBeLessThan(560);
    await field(page, 'fqdn').fill('mailstore');
    await field(page, 'port').fill('x');
    await field(page, 'name').focus();
    await expectShown(page.getByText('The server name is not a full name.'));
    expect(await places()).toEqual(before);
    const [line, pressed] = [await obstacle(page).boundingBox(), await button(page, 'Sign in and set up').boundingBox()];
    expect(Math.abs((line?.y ?? 0) + (line?.height ?? 0) / 2 - (pressed?.y ?? 0) - (pressed?.height ?? 0) / 2)).toBeLessThan(4);
    expect((line?.x ?? 1024) + (line?.width ?? 0)).toBeLessThanOrEqual(pressed?.x ?? 0);
  });

  it('opens Advanced where something in it is wrong or not as usual', async () => {
    const advanced = (page: Page) => page.locator('[data-advanced]');
    const bridge = fakeBridge({
      'draft:check': (draft) =>
        good({ faults: draft.appName === 'x' ? { appName: { message: 'Wrong.', fix: '' } } : {}, warnings: {}, redirectUri: null }),
    });
    const page = await pages.open(bridge);
    expect(await advanced(page).getAttribute('aria-expanded')).toBe('false');
    expect(await field(page, 'appName').count()).toBe(0);
    await advanced(page).click();
    expect(await field(page, 'appName').getAttribute('placeholder')).toBe('MailStore Server');
    expect(await violations(page)).toEqual([]);
    await field(page, 'appName').fill('x');
    await advanced(page).click();
    await expectShown(page.getByText('Wrong.'));
    expect(await advanced(page).getAttribute('aria-expanded')).toBe('true');
    const unusual = await pages.open(
      fakeBridge({
        'credential:read': () =>
          good({
            report: { credential: { ...row, customer: '', profile: 'directory-only' }, plan: [], findings: [], proof: null },
            history: [],
          }),
      }),
      { credential: credentialId },
    );
    await expectShown(unusual.getByText('Directory only'));
  });

  it('keeps what was typed when it is left by Escape, and offers it again', async () => {
    const page = await pages.open(fakeBridge());
    await fill(page);
    await field(page, 'tenant').fill('contoso.com');
    await page.keyboard.press('Escape');
    await expectShown(page.locator('[data-closed=""]'));
    // Not the session alone: the window is closed and opened again.
    await page.reload();
    await expectShown(page.locator('[data-draft]').getByText('Continued from'));
    expect(await field(page, 'name').inputValue()).toBe('Contoso archive');
    expect(await field(page, 'tenant').inputValue()).toBe('contoso.com');
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/BEGIN|password/i);
    expect(await violations(page)).toEqual([]);
    await button(page, 'Start anew').click();
    await page.locator('[data-draft]').waitFor({ state: 'detached' });
    expect(await field(page, 'name').inputValue()).toBe('');
    await page.reload();
    await expectShown(obstacle(page));
    expect(await page.locator('[data-draft]').count()).toBe(0);
  });

  it('keeps changes of a stored credential apart, over what is stored by then, until they are saved or cancelled', async () => {
    let stored = row;
    const read = () => good({ report: { credential: stored, plan: [], findings: [], proof: null }, history: [] });
    const page = await pages.open(fakeBridge({ 'credential:read': read }), { credential: credentialId });
    await field(page, 'name').fill('Renamed');
    await page.keyboard.press('Escape');
    stored = { ...row, redirectUri: 'https://other.contoso.com:8462/oidc/signin' };
    await page.reload();
    await expectShown(page.locator('[data-draft]').getByText('not saved yet'));
    expect(await field(page, 'name').inputValue()).toBe('Renamed');
    expect(await field(page, 'fqdn').inputValue()).toBe('other.contoso.com');
    await button(page, 'Cancel').click();
    await expectShown(page.locator(`[data-closed="${credentialId}"]`));
    await page.reload();
    await expectShown(field(page, 'name'));
    expect(await field(page, 'name').inputValue()).toBe(row.name);
  });

  it('forgets the draft that became a credential', async () => {
    const page = await pages.open(fakeBridge());
    await fill(page);
    await button(page, 'OK').click();
    await expectShown(page.locator('[data-dialog=by-hand]'));
    await page.reload();
    await expectShown(obstacle(page));
    expect(await field(page, 'name').inputValue()).toBe('');
  });

  it('forgets the draft that was set up, also where the window is closed on the page of the proof', async () => {
    const bridge = fakeBridge(answered);
    const page = await pages.open(bridge);
    await fill(page);
    await field(page, 'tenant').fill('contoso.com');
    await button(page, 'Sign in and set up').click();
    await expectShown(page.locator('[data-stage=signing-in] button:not([aria-disabled=true])').first());
    expect(await page.evaluate(() => localStorage.getItem('dialog.drafts'))).toContain('contoso.com');
    await bridge.setup({ kind: 'ended', report });
    await expectShown(page.locator('[data-stage=proof]'));
    await page.reload();
    await expectShown(field(page, 'name'));
    expect(await field(page, 'name').inputValue()).toBe('');
  });

  it('signs in at once where the tenant was said, and comes back with everything', async () => {
    const bridge = fakeBridge(answered);
    const page = await pages.open(bridge);
    await fill(page);
    await field(page, 'tenant').fill('contoso.com');
    await button(page, 'Sign in and set up').click();
    await expectShown(page.locator('[data-stage=signing-in]'));
    expect(bridge.inputs('setup:begin')).toMatchObject([{ draft: { tenant: 'contoso.com', custody: 'keyring' } }]);
    await button(page, 'Cancel').click();
    await bridge.setup({ kind: 'failed', fault: fault('interrupted') });
    await expectShown(page.locator('[data-stage=tenant]'));
    await button(page, 'Back').click();
    expect(await field(page, 'tenant').inputValue()).toBe('contoso.com');
    expect(bridge.inputs('setup:begin')).toHaveLength(1);
  });

  it('downloads, exports, copies and shows the certificate before anything is stored', async () => {
    const bridge = fakeBridge(answered);
    const page = await pages.open(bridge);
    await field(page, 'certificate').and(page.locator('[value^=A94F]')).waitFor();
    await openMenu(page);
    await item(page, 'Download Certificate').click();
    await announced(page).getByText('Certificate saved: C:\\Temp\\certificate.cer').waitFor();
    await openMenu(page);
    await item(page, 'Copy thumbprint').click();
    await announced(page).getByText('Thumbprint copied.').waitFor();
    await openMenu(page);
    await item(page, 'Details…').click();
    await expectShown(page.getByText('RSA, 3072 bits'));
    await button(page, 'Close').click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Certificate: more actions');
    await openMenu(page);
    await item(page, 'Export with private key').click();
    await field(page, 'pfx-password').fill('secret 1');
    await button(page, 'Save…').click();
    await expectShown(page.getByText('The two passwords are different.'));
    await field(page, 'pfx-repeat').fill('secret 1');
    expect(await violations(page)).toEqual([]);
    await button(page, 'Save…').click();
    await expectShown(page.locator('[data-pfx] [data-written]'));
    expect(await violations(page)).toEqual([]);
    await button(page, 'Close').click();
    await page.locator('[data-pfx]').waitFor({ state: 'detached' });
    expect(bridge.inputs('certificate:export')).toEqual([
      { id: made, format: 'cer', password: null, encryption: 'modern' },
      { id: made, format: 'pfx', password: { typed: 'secret 1' }, encryption: 'modern' },
    ]);
    expect(bridge.inputs('clipboard:copy')).toEqual([{ text: facts.thumbprint }]);
  });

  it('takes MailStore’s certificate only after its thumbprint was confirmed', async () => {
    const bridge = fakeBridge(answered);
    const page = await pages.open(bridge);
    await fill(page);
    await openMenu(page);
    await item(page, 'Import the server').click();
    await expectShown(page.locator('[data-import-confirmation]').getByText(theirs.thumbprint.slice(0, 4)).first());
    await page.keyboard.press('Escape');
    await page.locator('[data-import-confirmation]').waitFor({ state: 'detached' });
    expect(await answer(page, 'Tenant Keyring').isChecked()).toBe(true);
    await openMenu(page);
    await item(page, 'Import the server').click();
    await button(page, 'The thumbprint is the same').click();
    expect(await answer(page, 'MailStore Server').isChecked()).toBe(true);
    await openMenu(page);
    expect(await item(page, 'Export with private key').getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await button(page, 'OK').click();
    await expectShown(page.locator('[data-dialog=by-hand]'));
    expect(bridge.inputs('credential:save')).toMatchObject([{ certificate: chosen, draft: { custody: 'external' } }]);
  });

  it('shows why a file cannot be MailStore’s certificate', async () => {
    const page = await pages.open(fakeBridge({ ...answered, 'certificate:choose': () => bad('certificate.pfx') }));
    await openMenu(page);
    await item(page, 'Import the server').click();
    await expectShown(page.locator('[data-fault="certificate.pfx"]').getByText('What to do about it.'));
    await expectShown(page.getByText('33333333-3333-4333-8333-333333333333'));
  });

  it('stores what was typed by OK and leads to the portal’s pages', async () => {
    const bridge = fakeBridge(answered);
    const page = await pages.open(bridge);
    await fill(page);
    await field(page, 'certificate').and(page.locator('[value^=A94F]')).waitFor();
    await field(page, 'clientId').fill(clientId);
    await field(page, 'tenant').fill(tenantId);
    await button(page, 'OK').click();
    await expectShown(page.locator('[data-dialog=by-hand]'));
    expect(bridge.inputs('credential:save')).toMatchObject([
      { certificate: made, draft: { id: null, clientId, tenant: tenantId, custody: 'keyring' } },
    ]);
    await page.getByRole('button', { name: 'Open page: Upload the certificate' }).click();
    expect(bridge.inputs('portal:open')).toEqual([{ id: credentialId, page: 'certificates' }]);
    expect(await violations(page)).toEqual([]);
    await button(page, 'Close').click();
    expect(await page.locator('[data-closed]').getAttribute('data-closed')).toBe(credentialId);
  });

  it('says beside the field which id OK needs', async () => {
    const page = await pages.open(fakeBridge({ 'credential:save': () => bad('credential.client-id-needed') }));
    await fill(page);
    await button(page, 'OK').click();
    await expectShown(page.getByText('Enter it, or choose “Sign in and set up”'));
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('clientId');
  });

  it('leaves out server and port where users do not sign in with Microsoft', async () => {
    const bridge = fakeBridge();
    const page = await pages.open(bridge);
    await field(page, 'name').fill('Contoso archive');
    await page.locator('[data-advanced]').click();
    await page.getByRole('checkbox').uncheck();
    expect(await field(page, 'fqdn').count()).toBe(0);
    await button(page, 'OK').click();
    await expectShown(page.locator('[data-dialog=by-hand]'));
    expect(bridge.inputs('credential:save')).toMatchObject([{ draft: { userSignIn: false } }]);
  });

  it('edits a stored credential: ids are facts, changes are saved before the set-up', async () => {
    const bridge = fakeBridge();
    const page = await pages.open(bridge, { credential: credentialId });
    expect(await field(page, 'clientId').inputValue()).toBe(clientId);
    expect(await field(page, 'clientId').getAttribute('readonly')).not.toBeNull();
    expect(await field(page, 'port').inputValue()).toBe('8462');
    expect(bridge.inputs('certificate:create')).toEqual([]);
    await field(page, 'name').fill('Renamed');
    await button(page, 'Sign in and set up').click();
    await expectShown(page.locator('[data-stage=signing-in]'));
    expect(bridge.inputs('credential:save')).toMatchObject([{ certificate: null, draft: { id: credentialId, name: 'Renamed' } }]);
  });

  it('puts a new certificate in the place of the stored one when asked', async () => {
    const bridge = fakeBridge({
      'credential:read': () =>
        good({ report: { credential: { ...row, certificate: theirs }, plan: [], findings: [], proof: null }, history: [] }),
    });
    const page = await pages.open(bridge, { credential: credentialId });
    await openMenu(page);
    await item(page, 'Create Certificate').click();
    await expectShown(page.getByText('New: published by'));
    await button(page, 'OK').click();
    await expectShown(page.locator(`[data-closed="${credentialId}"]`));
    expect(bridge.inputs('credential:save')).toMatchObject([{ certificate: made }]);
  });

  it('closes by Escape without storing anything', async () => {
    const bridge = fakeBridge();
    const page = await pages.open(bridge);
    await fill(page);
    await page.keyboard.press('Escape');
    await expectShown(page.locator('[data-closed=""]'));
    expect(bridge.inputs('credential:save')).toEqual([]);
  });

  it('that cannot be read says so and can be tried again', async () => {
    let tried = 0;
    const bridge = fakeBridge({ 'settings:read': () => (tried++ === 0 ? bad('unexpected', true) : good(settings)) });
    const page = await pages.open(bridge);
    await expectShown(page.locator('[data-dialog=loading] [data-fault=unexpected]'));
    expect(await violations(page)).toEqual([]);
    await button(page, 'Try again').click();
    await expectShown(field(page, 'name'));
    expect(tried).toBe(2);
  });

  it('is the same in French and German, in the guide’s words', async () => {
    const french = await pages.open(fakeBridge(answered, { language: 'fr' }));
    for (const text of ['Paramètres', 'Authentification', 'ID d’application (client)', 'ID de l’annuaire (locataire)'])
      await expectShown(french.getByText(text, { exact: true }));
    await french.getByRole('button', { name: 'Certificat : autres actions' }).click();
    await expectShown(french.getByRole('menuitem', { name: 'Télécharger le certificat' }));
    const german = await pages.open(fakeBridge({}, { language: 'de' }));
    await expectShown(german.getByText('Verzeichnis-ID (Mandant)', { exact: true }));
  });

  it.each([
    ['dark', { dark: true }, { colorScheme: 'dark' }],
    ['forced colours', {}, { forcedColors: 'active' }],
    ['twice its size', {}, { zoom: 2 }],
  ] as const)('has no accessibility faults in %s, and nothing is wider than the window', async (_, shown, options) => {
    const page = await pages.open(fakeBridge(answered, shown), options);
    await fill(page);
    await field(page, 'certificate').and(page.locator('[value^=A94F]')).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(
      await page.evaluate(
        () =>
          [...document.querySelectorAll('[role=dialog] *')].filter(
            (element) => element.getBoundingClientRect().right > globalThis.innerWidth + 1,
          ).length,
      ),
    ).toBe(0);
  });
});
