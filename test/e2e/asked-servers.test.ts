import { describe, expect, it, onTestFinished } from 'vitest';
import { practiceArchives, type Console } from '../../main/practice/mailstore/index.ts';
import { dropFile } from '../host/page/dropped-file.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

const mailbox = 'test.mailbox@contoso.example';

/** Simulated tenants with a MailStore of each kind beside them, and the window on them. */
async function beginning(kind: 'server' | 'spe') {
  const tenants = await practiceTenants();
  const archives = practiceArchives(tenants.server);
  onTestFinished(() => archives.close());
  const [server, spe] = await archives.servers();
  const archive = kind === 'server' ? server : spe;
  const console: Console = archive.console(kind === 'server' ? '' : 'contoso');
  const application = await launch({ tenants: tenants.origin });
  return { tenants, archive, console, instance: archive.instance(kind === 'server' ? '' : 'contoso'), ...application };
}

describe.skipIf(missing !== null)('MailStore itself, asked by the window', () => {
  it.each(['server', 'spe'] as const)(
    'from an empty window to proven with MailStore’s own key, on a %s',
    { timeout: 240_000 },
    async (kind) => {
      const { page, console, archive, instance, tenants } = await beginning(kind);
      const { t, button, field, toPlan, apply, stage, row } = credentialWindow(page);
      const software = kind === 'server' ? 'server.mailstore-server.name' : 'server.mailstore-spe.name';

      // The dialog, with the server that will have the credential: its certificate is shown before anything is sent to it.
      await button('manager.create').click();
      if (kind === 'spe') {
        await page.getByRole('combobox', { name: t('field.server') }).click();
        await page.getByRole('option', { name: t(software) }).click();
        await field('instance').fill('contoso');
      }
      await field('name').fill('Contoso archive');
      await page.locator('[data-dialog=app-credentials] input[type=radio][value=external]').check();
      await field('fqdn').fill('mailstore.example.com');
      await button('asked.link').click();
      const dialog = page.locator('[data-dialog=server]');
      await dialog
        .locator('[data-practice-servers]')
        .getByRole('button', { name: t(`asked.kind.${kind}`) })
        .click();
      const { user, password, sha256 } = archive.describe();
      expect(await dialog.locator('input[name=user]').inputValue()).toBe(user);
      expect(await dialog.locator('input[name=password]').inputValue()).toBe(password);
      await button('asked.connect').click();
      const shown = page.locator('[data-shows=certificate]');
      await shown.waitFor();
      expect((await shown.innerText()).replaceAll(/\s/g, '')).toContain(sha256);
      expect(archive.calls).toEqual([]);
      await button('asked.certificate.accept').click();
      await page.locator('[data-dialog=link-server]').waitFor();
      await button('asked.connect').click();
      await page.locator('[data-dialog-server=chosen]').waitFor();

      // One plan; then the sheet, which asks MailStore by itself.
      await toPlan();
      await apply().click();
      await stage('sheet');
      await page.locator('[data-sheet-server=asked]').waitFor();
      const [registered] = tenants.tenant().applications;
      const step = (id: string) => page.locator(`[data-step="${id}"]`);
      const seen = (id: string) => step(id).and(page.locator('[data-step-done=evidence]')).waitFor();

      // G5 to G8 in MailStore: nobody ticks anything here.
      const id = await console.createCredential({
        name: 'Contoso archive',
        clientId: registered?.appId ?? '',
        tenantId: tenants.tenant().id,
      });
      await seen('credential');
      // MailStore has made a certificate: its file is wanted, and says which one it is.
      const thumbprint = instance.credentials[0]?.certificate.thumbprint ?? '';
      await page.locator(`[data-made="${thumbprint}"]`).waitFor();
      await page.locator('[data-drop-zone]').evaluate(dropFile, { name: 'MailStore.cer', bytes: [...console.downloadCertificate(id)] });
      await seen('certificate');

      // G9 and G16: a redirect URI that is not ours is not ticked.
      const redirectUrl = registered?.web?.redirectUris?.[0] ?? '';
      console.selectInDirectoryServices(id, { redirectUrl: `${redirectUrl}/` });
      await seen('selected');
      expect(await step('redirect-uri').getAttribute('data-step-done')).toBe('no');
      console.selectInDirectoryServices(id, { redirectUrl });
      await seen('redirect-uri');

      // The first run: by MailStore's own word the sheet is at its end.
      const profile = console.createProfile({ name: 'M365', mailbox, credentialId: id });
      await console.runProfile(profile);
      await page.locator('[data-sheet=end]').waitFor();
      await button('app.close').click();
      await row('Contoso archive').getByText(t('state.proven')).waitFor();
      await row('Contoso archive').click();
      await page.keyboard.press('Alt+Enter');
      await page.locator('[data-check=server-archiving][data-result=passed] button').click();
      await page.getByText('archived 12 messages').waitFor();
      // Nothing was written there.
      expect(archive.calls.map((call) => call.function).filter((name) => /^(?:Create|Set|Delete|Run|Sync)/.test(name))).toEqual([]);
    },
  );
});
