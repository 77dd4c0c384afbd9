import type { CredentialRow } from '../../../preload/contract.ts';
import { otherCertificate, shownCertificate, someFindings, someServers } from '../../host/asked-server-answers.ts';
import { pagePlaces } from './pages.ts';
import { named, type Place, type Shown } from './shown.ts';

const [archive] = someServers;

/** A row that is linked with the server Archive. */
async function linked({ main }: Shown, name: string): Promise<CredentialRow> {
  if (archive === undefined) throw new Error('there is no server');
  main.askedServers = [...someServers];
  const { id, name: server } = archive;
  main.list = main.list.map((row) => (row.name === name ? { ...row, inServer: { id, name: server, instance: null } } : row));
  await main.emit('store:changed', null);
  const found = main.list.find((row) => row.name === name);
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
}

async function settings(shown: Shown): Promise<void> {
  shown.main.askedServers = [...someServers];
  await pagePlaces['settings']?.(shown);
  await shown.page.locator('[data-server]').first().scrollIntoViewIfNeeded();
}

async function adding(shown: Shown): Promise<void> {
  await settings(shown);
  await shown.page.getByRole('button', { name: named('asked.add') }).click();
  await shown.page.locator('[data-dialog=server]').waitFor();
}

/** The details of a credential, as its server sees it. */
async function details({ page }: Shown, name: string): Promise<void> {
  await page.getByText(name, { exact: true }).click();
  await page.keyboard.press('Alt+Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByRole('heading', { name: named('asked.panel.title') }).scrollIntoViewIfNeeded();
}

/** A test that was made on request. */
async function tested(shown: Shown, which: 'users' | 'address'): Promise<void> {
  await linked(shown, 'Contoso archive');
  await details(shown, 'Contoso archive');
  await shown.page.locator(`button[data-test=${which}]`).click();
  const dialog = shown.page.locator('[data-dialog=requested-test]');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('[data-result]').waitFor();
}

const sheet = async ({ page }: Shown, name: string) => {
  await page.getByText(name, { exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem').first().click();
  await page.locator('[data-stage=sheet]').waitFor();
};

/** Servers that are asked: in Settings, beside the sheet, and in the details of a credential. */
export const serverPlaces: Readonly<Record<string, Place>> = {
  'servers in Settings': settings,
  'what servers need, over the list': async ({ page, main }) => {
    main.askedServers = [...someServers];
    main.answer('server:findings', () => someFindings(main.list));
    await main.emit('store:changed', null);
    await page.locator('[data-server-findings]').waitFor();
  },
  'what servers need, in Settings': async (shown) => {
    shown.main.answer('server:findings', () => someFindings(shown.main.list));
    await settings(shown);
    await shown.page.locator('[data-line-findings]').first().waitFor();
  },
  'server, added': async (shown) => {
    await adding(shown);
    await shown.page.locator('input[name=name]').fill('Archive');
  },
  'server, its certificate': async (shown) => {
    await adding(shown);
    for (const [field, value] of Object.entries({ name: 'Archive', address: 'mailstore.contoso.com', user: 'keyring', password: 'x' }))
      await shown.page.locator(`[data-dialog=server] input[name=${field}]`).fill(value);
    await shown.page.locator('[data-dialog=server] button[type=submit]').click();
    await shown.page.locator('[data-shows=certificate]').waitFor();
  },
  'server, another certificate': async (shown) => {
    const test = () => ({ certificate: { ...shownCertificate, expected: shownCertificate.sha256.toLowerCase().toUpperCase() } });
    shown.main.answer('server:test', test);
    await settings(shown);
    await shown.page.locator('[data-action=test]').first().click();
    await shown.page.locator('[data-dialog=server-certificate] dl').waitFor();
  },
  'server, its password': async (shown) => {
    await settings(shown);
    await shown.page.locator('[data-action=password]').click();
    await shown.page.locator('[data-dialog=server-password]').waitFor();
  },
  'taken over from a server': async (shown) => {
    const [known, ours] = shown.main.list;
    if (known === undefined || ours === undefined) throw new Error('the list is empty');
    const fault = {
      code: 'server.instance-stopped',
      message: 'litware is not running.',
      fix: 'Start it.',
      retryable: false,
      correlationId: known.id,
    };
    shown.main.answer('server:take-over', () => ({
      added: [{ instance: 'contoso', credential: known }],
      known: [{ instance: 'fabrikam', name: 'Fabrikam', credential: ours.id }],
      refused: [{ instance: 'litware', name: null, fault }],
      missing: [{ instance: 'fabrikam', name: ours.name, credential: ours.id }],
      ews: [{ instance: 'contoso', profile: 'Mailboxes' }],
      archives: [
        { instance: 'contoso', version: '26.1.0.30112', profilesRead: true },
        { instance: 'fabrikam', version: '25.3.1.23021', profilesRead: false },
      ],
    }));
    await settings(shown);
    await shown.page.locator('[data-action=take-over]').last().click();
    await shown.page.locator('[data-dialog=take-over] button[type=submit]').click();
    await shown.page.locator('[data-taken]').waitFor();
  },
  'what a server holds': async (shown) => {
    await settings(shown);
    await shown.page.locator('[data-action=show]').last().click();
    await shown.page.locator('[data-dialog=show-server] [data-held]').first().waitFor();
  },
  'user synchronization, tested': (shown) => tested(shown, 'users'),
  'redirect address, tested': (shown) => tested(shown, 'address'),
  'server, removed': async (shown) => {
    await settings(shown);
    await shown.page.locator('[data-action=remove]').first().click();
    await shown.page.locator('[data-dialog=remove-server]').waitFor();
  },
  'which server': async (shown) => {
    shown.main.askedServers = someServers.toReversed();
    await details(shown, 'Contoso archive');
    await shown.page.getByRole('button', { name: named('asked.link') }).click();
    await shown.page.locator('[data-dialog=link-server] select').nth(1).waitFor();
  },
  'another certificate in the server': async (shown) => {
    const row = await linked(shown, 'Contoso archive');
    shown.main.answer('server:ask', () => otherCertificate(row));
    await details(shown, 'Contoso archive');
    await shown.page.getByRole('button', { name: named('asked.ask') }).click();
    await shown.page.locator('[data-other-certificate]').waitFor();
    await shown.page.getByRole('button', { name: named('asked.unlink') }).scrollIntoViewIfNeeded();
  },
  'sheet that ticks itself': async (shown) => {
    await linked(shown, 'Litware archive');
    await sheet(shown, 'Litware archive');
    await shown.page.locator('[data-step-done=evidence]').nth(1).waitFor();
  },
  'sheet whose server is not asked any more': async (shown) => {
    const row = await linked(shown, 'Litware archive');
    const fault = {
      code: 'server.login-refused',
      message: 'https://mailstore.contoso.com:8463 refuses the sign-in: HTTP 401',
      fix: 'Check user and password.',
      retryable: false,
      correlationId: '7f4c1f0e-0000-4000-8000-000000000001',
    };
    shown.main.answer('server:ask', () => ({ ...otherCertificate(row), checks: [], made: null, fault }));
    await sheet(shown, 'Litware archive');
    await shown.page.locator('[data-sheet-server=stopped]').waitFor();
  },
};
