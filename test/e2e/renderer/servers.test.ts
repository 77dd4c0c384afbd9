import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { dialogPages, skipped, type DialogPages } from './dialog-page.ts';
import { appFacts, credentialId, fakeBridge, good } from './fake-bridge.ts';
import { expectShown } from './shown.ts';

const field = (page: Page, name: string) => page.locator(`[data-field=${name}]`);
const choose = async (page: Page, list: string, option: string) => {
  await page.getByRole('combobox', { name: list }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};
const own = { id: 'mine', name: 'mine', description: '', notices: [], own: true, permissions: ['graph/User.Read.All'] };

describe.skipIf(skipped !== null)('the server software in the dialog', () => {
  let pages: DialogPages;
  beforeAll(async () => {
    pages = await dialogPages();
  });
  afterAll(() => pages.close());

  it('asks one with instances which it is, and takes its port', async () => {
    const bridge = fakeBridge();
    const page = await pages.open(bridge);
    expect(await field(page, 'instance').count()).toBe(0);
    expect(await field(page, 'port').inputValue()).toBe('8462');
    await choose(page, 'Server software', 'MailStore Service Provider Edition');
    expect(await field(page, 'port').inputValue()).toBe('443');
    await field(page, 'instance').fill('Contoso1');
    await field(page, 'name').fill('Contoso archive');
    await field(page, 'fqdn').fill('archive.contoso.com');
    await expectShown(page.getByRole('radio', { name: 'MailStore Service Provider Edition' }));
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await expectShown(page.locator('[data-dialog=by-hand]'));
    expect(bridge.inputs('credential:save')).toMatchObject([{ draft: { server: 'mailstore-spe', instance: 'Contoso1', port: '443' } }]);
  });

  it('offers no answer that a software does not know: its own certificate, no sign-in of users', async () => {
    const bridge = fakeBridge();
    const page = await pages.open(bridge);
    await choose(page, 'Server software', 'Exchange Server (hybrid application)');
    expect(await page.getByRole('radio').count()).toBe(1);
    expect(await page.getByRole('radio').isChecked()).toBe(true);
    await page.locator('[data-advanced]').click();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await field(page, 'fqdn').count()).toBe(0);
    await choose(page, 'Server software', 'MailStore Server');
    expect(await page.getByRole('radio').count()).toBe(2);
    // An answer that was the only one was nobody's.
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    expect(await page.getByRole('checkbox').isChecked()).toBe(true);
    expect(await field(page, 'port').inputValue()).toBe('8462');
  });

  it('takes permissions one by one, and keeps them as a profile', async () => {
    const bridge = fakeBridge();
    const page = await pages.open(bridge);
    await choose(page, 'Server software', 'Another application with a certificate');
    await field(page, 'name').fill('Tool');
    await field(page, 'permissions').fill('graph/User.Read.All\nexchange/IMAP.AccessAsApp');
    await field(page, 'keepAs').fill('mine');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await expectShown(page.locator('[data-dialog=by-hand]'));
    expect(bridge.inputs('credential:save')).toMatchObject([
      { draft: { server: 'other', profile: '', permissions: 'graph/User.Read.All\nexchange/IMAP.AccessAsApp', keepAs: 'mine' } },
    ]);
  });

  it('finds permissions by name in the tenant, after a sign-in that can be left', async () => {
    const offered = (value: string, displayName: string) => ({
      permission: `graph/${value}`,
      resource: 'Microsoft Graph',
      value,
      displayName,
    });
    let answer: (value: ReturnType<typeof good>) => void = () => undefined;
    const bridge = fakeBridge({ 'permissions:find': () => new Promise((resolve) => (answer = resolve)) });
    const page = await pages.open(bridge);
    await choose(page, 'Server software', 'Another application with a certificate');
    await field(page, 'permissions').fill('graph/User.Read.All');
    await page.getByRole('button', { name: 'Search in the tenant…' }).click();
    await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
    expect(bridge.inputs('permissions:cancel')).toHaveLength(1);
    answer(good([offered('Mail.Read', 'Read mail in all mailboxes'), offered('User.Read.All', 'Read all users')]));
    await page.getByRole('combobox', { name: 'Add by name' }).pressSequentially('mailboxes');
    await expect.poll(() => page.getByRole('option').count()).toBe(1);
    await page.getByRole('option', { name: 'Mail.Read · Read mail in all mailboxes · Microsoft Graph' }).click();
    expect(await field(page, 'permissions').inputValue()).toBe('graph/User.Read.All\ngraph/Mail.Read');
    expect(await violations(page)).toEqual([]);
  });

  it('changes a profile that is kept, and removes it', async () => {
    let kept = [own];
    const bridge = fakeBridge({
      'profiles:list': () => good([...appFacts.profiles, ...kept]),
      'profiles:remove': () => {
        kept = [];
        return good(null);
      },
    });
    const page = await pages.open(bridge);
    await page.locator('[data-advanced]').click();
    await choose(page, 'Permission profile', 'mine');
    await page.getByRole('button', { name: 'Change permissions…' }).click();
    expect(await field(page, 'permissions').inputValue()).toBe('graph/User.Read.All');
    expect(await field(page, 'keepAs').inputValue()).toBe('mine');
    await choose(page, 'Permission profile', 'mine');
    await page.getByRole('button', { name: 'Remove profile' }).click();
    await expectShown(page.getByRole('combobox', { name: 'Permission profile' }).getByText('MailStore Server, as in the guide'));
    expect(bridge.inputs('profiles:remove')).toEqual([{ id: 'mine' }]);
  });

  it('is shown as it is stored, also where this version does not describe it', async () => {
    const bridge = fakeBridge({}, { servers: appFacts.servers.slice(1) });
    const page = await pages.open(bridge, { credential: credentialId });
    await expectShown(page.getByRole('combobox', { name: 'Server software' }).getByText('mailstore-server'));
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await expect.poll(() => bridge.inputs('credential:save')).toMatchObject([{ draft: { server: 'mailstore-server', port: '8462' } }]);
  });
});
