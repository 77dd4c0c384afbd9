import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { keyboardOf } from './keyboard.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

const domain = { tenant: 'Contoso', domain: 'contoso.example' };

/** A window with one credential that is set up, and the command line beside it. */
async function ready(language: 'en' | 'fr' = 'en') {
  const practice = await practiceTenants();
  const application = await launch({ tenants: practice.origin, lang: language });
  const window = credentialWindow(application.page, language);
  const cli = (...args: string[]) => inside([...args, '--practice', practice.origin, '--data-dir', application.directory]);
  expect(await cli('connect', '--name', 'Contoso archive', '--fqdn', 'mailstore.contoso.com', '--yes')).toMatchObject({ code: 0 });
  // The window hears of what the command line wrote a moment later; what is opened before is about an earlier state.
  await window.row('Contoso archive').getByText(window.t('state.set-up')).waitFor();
  await window.row('Contoso archive').click();
  return { practice, application, window, cli, page: application.page };
}

describe.skipIf(missing !== null)('deleting with the registration', () => {
  it.each(['en', 'fr'] as const)(
    'asks for the name and shows the plan, and Undo brings both back, with the keyboard alone, in %s',
    async (language) => {
      const { practice, window, page } = await ready(language);
      const { t, button, row } = window;
      const { press, type, tabTo, activate } = keyboardOf(page);
      const dialog = page.locator('[data-dialog=remove]');
      await press('Delete');
      await dialog.waitFor();
      await tabTo(dialog.getByRole('checkbox', { name: t('remove-dialog.registration', { tenant: 'Contoso' }) }));
      await press('Space');
      await tabTo(dialog.locator('[data-field=confirm-name]'));
      await type('contoso archive');
      await press('Enter');
      // The name as it was typed is not the name: said beside the field, and nobody had to sign in for it.
      await dialog.getByText(t('fault.removal.name-not-confirmed', { name: 'Contoso archive' })).waitFor();
      await press('Control+a');
      await type('Contoso archive');
      await press('Enter');

      const removal = (stage: string) => page.locator(`[data-dialog=removal][data-stage=${stage}]`);
      await removal('plan').getByText(t('change.delete-application')).waitFor();
      expect(practice.tenant().applications).toHaveLength(1);
      await activate(button('removal.plan.apply', domain));
      await removal('done').waitFor();
      expect(practice.tenant().applications).toEqual([]);
      const exported = /\S*\[[^\]]+\] registration-\S+\.json/.exec((await removal('done').textContent()) ?? '')?.[0] ?? '';
      expect(JSON.parse(readFileSync(exported.slice(exported.indexOf('/')), 'utf8'))).toMatchObject({
        application: { displayName: 'MailStore Server' },
      });
      await activate(button('app.close'));
      await button('manager.create').waitFor();

      await press('Control+z');
      const restoration = (stage: string) => page.locator(`[data-dialog=restoration][data-stage=${stage}]`);
      await restoration('plan').getByText(t('change.restore-application')).waitFor();
      expect(await row('Contoso archive').count()).toBe(0);
      await activate(button('restoration.plan.apply', domain));
      await restoration('done').waitFor();
      await activate(button('app.close'));
      await row('Contoso archive').and(page.locator(':focus')).waitFor();
      expect(practice.tenant().applications).toHaveLength(1);
      expect(practice.tenant().servicePrincipals.filter(({ displayName }) => displayName === 'MailStore Server')).toHaveLength(1);
    },
  );

  it('cancelled at the plan, on either way, changes nothing', async () => {
    const { practice, window, page, cli } = await ready();
    const { t, button, row } = window;
    await page.keyboard.press('Delete');
    const dialog = page.locator('[data-dialog=remove]');
    await dialog.getByRole('checkbox', { name: t('remove-dialog.registration', { tenant: 'Contoso' }) }).click();
    await dialog.locator('[data-field=confirm-name]').fill('Contoso archive');
    await button('remove-dialog.sign-in').click();
    await page.locator('[data-dialog=removal][data-stage=plan]').waitFor();
    await button('app.cancel').click();
    await row('Contoso archive').and(page.locator(':focus')).waitFor();
    expect(practice.tenant().applications).toHaveLength(1);

    // Deleted on the command line, and restored here: never without a card and its Cancel.
    expect(await cli('remove', 'Contoso archive', '--yes', '--delete-registration', '--confirm-name', 'Contoso archive')).toMatchObject({
      code: 0,
    });
    await button('manager.create').waitFor();
    await button('manager.deleted').click();
    const bin = page.locator('[data-dialog=deleted]');
    await bin.getByText(t('deleted.registration')).waitFor();
    await bin.getByRole('button', { name: t('deleted.restore.name', { name: 'Contoso archive' }) }).click();
    await page.locator('[data-dialog=restoration][data-stage=plan]').waitFor();
    await button('app.cancel').click();
    await bin.getByText(t('deleted.registration')).waitFor();
    expect(practice.tenant().applications).toEqual([]);
    await bin.getByRole('button', { name: t('deleted.restore.name', { name: 'Contoso archive' }) }).click();
    await button('restoration.plan.apply', domain).click();
    await page.locator('[data-dialog=restoration][data-stage=done]').waitFor();
    await button('app.close').click();
    await bin.getByText(t('deleted.none')).waitFor();
    await bin.getByRole('button', { name: t('app.close') }).click();
    await row('Contoso archive').waitFor();
  });

  it('of an application that is refused says why, and keeps the credential', async () => {
    const { practice, window, page, cli } = await ready();
    const { t, button, row, fault } = window;
    // A second product with a certificate of its own in the same application.
    const clientId = practice.tenant().applications[0]?.appId ?? '';
    expect(await cli('connect', '--name', 'Second server', '--fqdn', 'second.contoso.com', '--client-id', clientId, '--yes')).toMatchObject(
      { code: 0 },
    );
    await row('Second server').click();
    await page.keyboard.press('Delete');
    const adopted = page.locator('[data-dialog=remove]');
    await adopted.getByText(t('remove-dialog.adopted')).waitFor();
    expect(await adopted.getByRole('checkbox', { name: t('remove-dialog.registration', { tenant: 'Contoso' }) }).count()).toBe(0);
    await button('app.cancel').click();
    await row('Contoso archive').click();
    await page.keyboard.press('Delete');
    const dialog = page.locator('[data-dialog=remove]');
    await dialog.getByRole('checkbox', { name: t('remove-dialog.registration', { tenant: 'Contoso' }) }).click();
    await dialog.locator('[data-field=confirm-name]').fill('Contoso archive');
    await button('remove-dialog.sign-in').click();
    await fault('removal.foreign-keys').waitFor();
    await button('app.close').click();
    await row('Contoso archive').waitFor();
    expect(practice.tenant().applications).toHaveLength(1);
  });
});
