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

type Begun = Awaited<ReturnType<typeof beginning>>;

/** Adds the practice server from the dialog that is open, and says that it holds this credential. */
async function connectServer({ page, archive }: Begun): Promise<void> {
  const { t, button } = credentialWindow(page);
  const { kind, sha256, user, password } = archive.describe();
  await button('asked.link').click();
  const dialog = page.locator('[data-dialog=server]');
  await dialog
    .locator('[data-practice-servers]')
    .getByRole('button', { name: t(`asked.kind.${kind}`) })
    .click();
  expect(await dialog.locator('input[name=user]').inputValue()).toBe(user);
  expect(await dialog.locator('input[name=password]').inputValue()).toBe(password);
  await button('asked.connect').click();
  const shown = page.locator('[data-shows=certificate]');
  await shown.waitFor();
  expect((await shown.innerText()).replaceAll(/\s/g, '')).toContain(sha256);
  // Before it is accepted nothing is sent.
  expect(archive.calls).toEqual([]);
  await button('asked.certificate.accept').click();
  await page.locator('[data-dialog=link-server]').waitFor();
  await button('asked.connect').click();
  await page.locator('[data-dialog=link-server]').waitFor({ state: 'detached' });
}

/** G5 to G8 in MailStore. @returns the number of the credential there */
const createThere = ({ console, tenants }: Begun): Promise<number> =>
  console.createCredential({
    name: 'Contoso archive',
    clientId: tenants.tenant().applications[0]?.appId ?? '',
    tenantId: tenants.tenant().id,
  });

/** Drops the certificate of MailStore where one is waited for. */
const dropTheirs = ({ page, console }: Begun, id: number): Promise<void> =>
  page.locator('[data-drop-zone]').evaluate(dropFile, { name: 'MailStore.cer', bytes: [...console.downloadCertificate(id)] });

const redirectUrlOf = ({ tenants }: Begun): string => tenants.tenant().applications[0]?.web?.redirectUris?.[0] ?? '';

async function details({ page }: Begun): Promise<void> {
  const { row } = credentialWindow(page);
  await row('Contoso archive').click();
  await page.keyboard.press('Alt+Enter');
  await page.locator('main').getByRole('heading', { level: 1, name: 'Contoso archive' }).waitFor();
}

describe.skipIf(missing !== null)('MailStore itself, asked by the window', () => {
  it.each(['server', 'spe'] as const)(
    'from an empty window to proven with MailStore’s own key, on a %s',
    { timeout: 240_000 },
    async (kind) => {
      const begun = await beginning(kind);
      const { page, console, archive, instance } = begun;
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
      await connectServer(begun);
      await page.locator('[data-dialog-server=chosen]').waitFor();

      // One plan; then the sheet, which asks MailStore by itself.
      await toPlan();
      await apply().click();
      await stage('sheet');
      await page.locator('[data-sheet-server=asked]').waitFor();
      const step = (id: string) => page.locator(`[data-step="${id}"]`);
      const seen = (id: string) => step(id).and(page.locator('[data-step-done=evidence]')).waitFor();

      // G5 to G8 in MailStore: nobody ticks anything here.
      const id = await createThere(begun);
      await seen('credential');
      // MailStore has made a certificate: its file is wanted, and says which one it is.
      const thumbprint = instance.credentials[0]?.certificate.thumbprint ?? '';
      await page.locator(`[data-made="${thumbprint}"]`).waitFor();
      await dropTheirs(begun, id);
      await seen('certificate');

      // G9 and G16: a redirect URI that is not ours is not ticked.
      const redirectUrl = redirectUrlOf(begun);
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
      await details(begun);
      await page.locator('[data-check=server-archiving][data-result=passed] button').click();
      await page.getByText('archived 12 messages').waitFor();
      // Nothing was written there.
      expect(archive.calls.map((call) => call.function).filter((name) => /^(?:Create|Set|Delete|Run|Sync)/.test(name))).toEqual([]);
    },
  );

  it('a key of ours that MailStore does not hold: it holds another certificate, with the way on', { timeout: 120_000 }, async () => {
    const begun = await beginning('server');
    const { page } = begun;
    const { t, button, fillIn, toPlan, apply, stage, leaveProof } = credentialWindow(page);
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.example.com' });
    await toPlan();
    await apply().click();
    await stage('proof');
    await leaveProof();
    await details(begun);
    await connectServer(begun);
    await createThere(begun);
    await button('asked.ask').click();
    const notice = page.locator('[data-other-certificate]');
    await notice.getByText(t('asked.other.title')).waitFor();
    await notice.getByRole('button', { name: t('asked.other.continue') }).click();
    await stage('sheet');
    // There our certificate is exported, or theirs takes its place.
    await button('dialog.certificate.export-pfx').waitFor();
    await page.getByText(t('setup.sheet.certificate.switch')).click();
    await page.locator('[data-drop-zone]').waitFor();
    expect(await button('dialog.certificate.export-pfx').count()).toBe(0);
  });

  it('a rotation with MailStore’s key is noticed, followed and proven through the server', { timeout: 240_000 }, async () => {
    const begun = await beginning('server');
    const { page, console, instance } = begun;
    const { t, button, fillIn, toPlan, apply, stage, row } = credentialWindow(page);
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.example.com', custody: 'external' });
    await connectServer(begun);
    await toPlan();
    await apply().click();
    await stage('sheet');
    const id = await createThere(begun);
    await dropTheirs(begun, id);
    await page.locator('[data-step=certificate][data-step-done=evidence]').waitFor();
    console.selectInDirectoryServices(id, { redirectUrl: redirectUrlOf(begun) });
    await page.locator('[data-step=redirect-uri][data-step-done=evidence]').waitFor();
    const profile = console.createProfile({ name: 'M365', mailbox, credentialId: id });
    await console.runProfile(profile);
    await page.locator('[data-sheet=end]').waitFor();
    await button('app.close').click();

    // MailStore makes another one while the assistant is open: that is said at once, and which one it is.
    await row('Contoso archive').click({ button: 'right' });
    await page.getByRole('menuitem', { name: t('manager.rotate') }).click();
    const rotation = page.locator('[data-dialog=rotation]');
    await rotation.getByRole('button', { name: t('rotation.begin') }).click();
    await page.locator('[data-drop-zone]').waitFor();
    await console.createCertificate(id);
    await page.locator(`[data-made="${instance.credentials[0]?.certificate.thumbprint ?? ''}"]`).waitFor();
    await dropTheirs(begun, id);
    await button('dialog.import.confirm').click();
    await rotation.and(page.locator('[data-stage=plan]')).waitFor();
    await apply().click();
    await rotation.and(page.locator('[data-stage=handover]')).waitFor();
    await console.runProfile(profile);
    // By MailStore's own word the new one is in use; the old one may go.
    await rotation.and(page.locator('[data-stage=wait], [data-stage=remove]')).waitFor();
    expect(await rotation.getAttribute('data-stage')).not.toBe('handover');
  });
});
