import { randomUUID } from 'node:crypto';
import type { RotationView, SetupEvent } from '../../preload/contract.ts';
import { createTexts, languages, type TextKey } from '../../main/texts/index.ts';
import { someRun, someWatch } from '../host/fake-bridge.ts';
import { damagedRow, keyFindings, listBackups, reportOf, today } from '../host/fixtures.ts';
import type { RendererHost } from '../host/renderer-page.ts';

type Shown = Awaited<ReturnType<RendererHost['open']>>;
export type Place = (shown: Shown) => Promise<void>;

const emit = ({ main }: Shown, event: SetupEvent) => main.emit('setup:event', { run: someRun, event });
const stage = ({ page }: Shown, at: string) => page.locator(`[data-stage=${at}]`).waitFor();

/** Signs of a text that mean something else in a pattern. */
const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Whatever language the page speaks. */
const named = (key: TextKey) => new RegExp(`^(${languages.map((language) => literal(createTexts(language).t(key))).join('|')})$`);

/** Up to the name that has to be typed. */
const removing: Place = async ({ page }) => {
  await page.getByText('Northwind Traders').click();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('checkbox').first().click();
  await dialog.locator('[data-field=confirm-name]').fill('Northwind Traders');
};

const whatWillBeDeleted = (): Extract<SetupEvent, { kind: 'preview' }> => ({
  kind: 'preview',
  tenant: { id: randomUUID(), displayName: 'Northwind Traders', defaultDomain: 'northwind.example' },
  username: 'admin@northwind.example',
  mayConsent: true,
  plan: [{ change: 'delete-application', step: 'registration', reason: 'Delete the application and its service principal', removes: true }],
  findings: [],
  hash: 'of this plan',
});

const rotating = async ({ page, main }: Shown, rotation?: Omit<RotationView, 'from' | 'to'>) => {
  const [first] = main.list;
  if (first === undefined || first.certificate === null) throw new Error('the first one has no certificate');
  if (rotation !== undefined) {
    main.list = [{ ...first, rotation: { ...rotation, from: first.certificate, to: first.certificate.thumbprint } }, ...main.list.slice(1)];
    await main.emit('store:changed', null);
  }
  await page.getByText('Contoso archive').click({ button: 'right' });
  await page.getByRole('menuitem', { name: named('manager.rotate') }).click();
  await page.locator('[data-dialog=rotation]').waitFor();
};

const newVersion = { version: '2.0.0', notes: '## What is new\n\n- Keys are found sooner.\n- The list shows who handed over what.' };

/** Pages and dialogs over the list, and how one gets there. */
export const places: Readonly<Record<string, Place>> = {
  list: async ({ page }) => {
    await page.getByText('Contoso archive').click();
  },
  groups: async ({ page }) => {
    await page.locator('[data-group-by-tenant]').click();
    await page.getByRole('treegrid').waitFor();
    await page.mouse.move(0, 0);
  },
  menu: async ({ page }) => {
    await page.getByText('Contoso archive').click({ button: 'right' });
    await page.getByRole('menu').waitFor();
  },
  delete: async ({ page }) => {
    await page.getByText('Northwind Traders').click();
    await page.keyboard.press('Delete');
    await page.getByRole('alertdialog').waitFor();
  },
  'delete with registration': removing,
  'sign-in card': async (shown) => {
    await removing(shown);
    await shown.page.keyboard.press('Enter');
    await stage(shown, 'sign-in');
  },
  'sign-in with a code': async (shown) => {
    await places['sign-in card']?.(shown);
    await emit(shown, {
      kind: 'code',
      userCode: 'FJ4K8MQ2R',
      address: 'https://login.microsoft.com/device',
      expiresAt: new Date(today.getTime() + 900_000).toISOString(),
    });
    await shown.page.locator('[data-code]').waitFor();
  },
  'what will be deleted': async (shown) => {
    await places['sign-in card']?.(shown);
    await emit(shown, { kind: 'signed-in', username: 'admin@northwind.example', tenantId: randomUUID(), mayConsent: true });
    await emit(shown, whatWillBeDeleted());
    await stage(shown, 'plan');
  },
  'not deleted': async (shown) => {
    await places['what will be deleted']?.(shown);
    await shown.page.locator('[data-stage=plan] button').first().click();
    await stage(shown, 'work');
    await emit(shown, { kind: 'line', step: 'registration', text: 'Delete the application and its service principal', outcome: 'doing' });
    await emit(shown, {
      kind: 'failed',
      fault: {
        code: 'network.unreachable',
        message: 'Microsoft cannot be reached.',
        fix: 'Try again later.',
        retryable: true,
        correlationId: randomUUID(),
      },
    });
    await stage(shown, 'failed');
  },
  'planned anew': async (shown) => {
    await places['what will be deleted']?.(shown);
    await shown.page.locator('[data-stage=plan] button').first().click();
    await stage(shown, 'work');
    await emit(shown, { kind: 'line', step: 'consent', text: 'Take back the permission full_access_as_app', outcome: 'done' });
    await emit(shown, { ...whatWillBeDeleted(), hash: 'of the next plan' });
    await shown.page.locator('[data-done-before]').waitFor();
  },
  rotation: (shown) => rotating(shown),
  'certificate of the server': async (shown) => {
    await rotating(shown);
    await shown.page.getByRole('button', { name: named('rotation.begin') }).click();
    await emit(shown, { kind: 'signed-in', username: 'admin@contoso.com', tenantId: randomUUID(), mayConsent: true });
    await emit(shown, { kind: 'certificate-wanted' });
    await stage(shown, 'certificate');
    await shown.page.getByRole('checkbox').click();
    const facts = shown.main.list[0]?.certificate;
    if (!facts) throw new Error('the first one has no certificate');
    await shown.main.emit('downloads:found', {
      watch: someWatch,
      files: [{ certificate: randomUUID(), name: 'MailStore.cer', facts, modifiedAt: today.toISOString(), preselected: true }],
      refused: [
        {
          name: 'MailStore Server.pfx',
          message: 'MailStore Server.pfx is a PFX with a private key.',
          fix: 'Choose the certificate alone (.cer); the private key stays where it is.',
        },
      ],
      fault: null,
    });
    await shown.page.locator('[data-found-files]').waitFor();
  },
  'handover of a new certificate': async (shown) => {
    await rotating(shown, {
      overlapDays: 7,
      next: 'handover',
      removableFrom: null,
      canRollBack: true,
      timeline: (['created', 'published', 'proven'] as const).map((state) => ({ state, at: today.toISOString() })),
    });
    await stage(shown, 'handover');
  },
  'old certificate being removed': async (shown) => {
    await rotating(shown, {
      overlapDays: 7,
      next: 'remove',
      removableFrom: today.toISOString(),
      canRollBack: false,
      timeline: (['created', 'published', 'proven', 'handed-over', 'removing'] as const).map((state) => ({
        state,
        at: today.toISOString(),
      })),
    });
    await shown.page.locator('[data-rotation-state=removing]').waitFor();
  },
  'recently deleted': async ({ page, main }) => {
    const [first, second] = main.list;
    if (first === undefined || second === undefined) throw new Error('the list is empty');
    main.list = [
      { ...first, deletedAt: today.toISOString() },
      { ...second, deletedAt: today.toISOString(), registrationDeleted: true },
      ...main.list.slice(2),
    ];
    await page.getByRole('button', { name: named('manager.more') }).click();
    await page.getByRole('menuitem', { name: named('manager.deleted') }).click();
    await page.locator('[data-dialog=deleted] li').nth(1).waitFor();
  },
  diagnostics: async ({ page, main }) => {
    await main.emit('menu:command', { command: 'diagnostics' });
    await page.locator('[data-report]').waitFor();
  },
  export: async ({ page }) => {
    await page.getByText('Contoso archive').click();
    await page.getByText('Contoso archive').click({ button: 'right' });
    await page.getByRole('menuitem', { name: named('manager.export') }).click();
    await page.getByRole('dialog').getByRole('radio').nth(2).click();
  },
  'PFX with a generated password': async (shown) => {
    await places['export']?.(shown);
    const dialog = shown.page.getByRole('dialog');
    await dialog.locator('input[value=generated]').click();
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('[data-generated-password]').waitFor();
  },
  'forget the key': async (shown) => {
    await places['PFX with a generated password']?.(shown);
    await shown.page.getByRole('button', { name: named('forget-key.button') }).click();
    await shown.page.locator('[data-dialog=forget-key]').waitFor();
  },
  'certificate menu': async ({ page }) => {
    await page.getByText('Contoso archive').dblclick();
    await page.locator('[data-dialog=app-credentials]').waitFor();
    await page.getByRole('button', { name: named('dialog.certificate.menu') }).click();
    await page.getByRole('menu').waitFor();
  },
  'PFX import': async (shown) => {
    await places['certificate menu']?.(shown);
    await shown.page.getByRole('menuitem', { name: named('dialog.certificate.import-pfx') }).click();
    const dialog = shown.page.locator('[data-pfx-import]');
    await dialog.locator('[data-field=pfx-password]').fill('wrong');
    await dialog.locator('button[type=submit]').click();
    await dialog.getByRole('alert').waitFor();
  },
  'export with the key in PEM': async (shown) => {
    await places['export']?.(shown);
    const dialog = shown.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: named('export-dialog.pem-key') }).click();
    await dialog.locator('[data-field=key-apart]').waitFor();
  },
  'PEM import, key': async (shown) => {
    await places['certificate menu']?.(shown);
    await shown.page.getByRole('menuitem', { name: named('dialog.certificate.import-pem') }).click();
    await shown.page.locator('[data-field=pem-file]').waitFor();
  },
  'PEM import, password': async (shown) => {
    await places['PEM import, key']?.(shown);
    const dialog = shown.page.locator('[data-pem-import]');
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('[data-field=pem-password]').fill('wrong');
    await dialog.locator('button[type=submit]').click();
    await dialog.getByRole('alert').waitFor();
  },
  'add existing, one': async ({ page }) => {
    await page.locator('[data-command=addExisting]').click();
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await page.locator('[data-field=name]:focus').waitFor();
  },
  'add existing, many': async ({ page }) => {
    await page.locator('[data-command=addExisting]').click();
    await page.getByRole('tab').nth(1).click();
    await page.locator('[data-choose-file]').click();
    await page.locator('[data-line]').first().waitFor();
  },
  details: async ({ page }) => {
    await page.getByText('Northwind Traders').click();
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('heading', { level: 1, name: 'Northwind Traders' }).waitFor();
    await page.locator('h2').first().waitFor();
  },
  settings: async ({ page }) => {
    await page.keyboard.press('Control+,');
    await page.locator('form input').first().waitFor();
  },
  'damaged row': async ({ page, main }) => {
    main.damaged = [damagedRow];
    main.backups = [...listBackups];
    await main.emit('store:changed', null);
    await page.locator('[data-damaged]').waitFor();
  },
  backups: async (shown) => {
    await places['damaged row']?.(shown);
    await shown.page
      .locator('[data-damaged]')
      .getByRole('button', { name: named('damaged.backups') })
      .click();
    await shown.page.locator('[data-backups] li').first().waitFor();
  },
  'nothing testable': async ({ page, main }) => {
    const [, , untested] = main.list;
    if (untested === undefined) throw new Error('the list is empty');
    main.untested.add(untested.id);
    await page.getByText(untested.name).click({ button: 'right' });
    await page.getByRole('menuitem', { name: named('manager.verify') }).click();
    await page.locator('[data-untested]').waitFor();
  },
  'verified by an administrator': async (shown) => {
    const { page, main } = shown;
    await page.getByText('Litware archive').click({ button: 'right' });
    await page.getByRole('menuitem', { name: named('verification.sign-in') }).click();
    await stage(shown, 'sign-in');
    const [, , row] = main.list;
    if (row === undefined) throw new Error('the list is empty');
    await emit(shown, { kind: 'ended', report: reportOf(row) });
    await stage(shown, 'done');
  },
  'keys at odds': async ({ page, main }) => {
    main.keys = keyFindings;
    // At the start: so once more.
    await page.reload();
    await page.locator('[data-keys-notice]').waitFor();
  },
  'private keys': async (shown) => {
    await places['keys at odds']?.(shown);
    await shown.page
      .locator('[data-keys-notice]')
      .getByRole('button', { name: named('keys.notice.show') })
      .click();
    await shown.page.locator('[data-keys=unneeded]').waitFor();
    await shown.page
      .getByRole('heading', { level: 2, name: named('keys.title') })
      .and(shown.page.locator(':focus'))
      .waitFor();
  },
  'remove private keys': async (shown) => {
    await places['private keys']?.(shown);
    await shown.page.locator('[data-keys=unneeded]').getByRole('checkbox').first().click();
    await shown.page.getByRole('button', { name: named('keys.remove') }).click();
    await shown.page.locator('[data-dialog=forget-keys]').waitFor();
  },
  'newer version': async ({ page, main }) => {
    await main.emit('updates:changed', { kind: 'available', ...newVersion });
    await page.locator('[data-update=available]').waitFor();
  },
  'release notes': async ({ page, main }) => {
    await main.emit('updates:changed', { kind: 'ready', ...newVersion });
    await page.getByRole('button', { name: named('updates.notes') }).click();
    await page.locator('[data-dialog=release-notes]').waitFor();
  },
  'update under way': async ({ page, main }) => {
    await page.keyboard.press('Control+,');
    await page.locator('form input').first().waitFor();
    await main.emit('updates:changed', { kind: 'downloading', version: '2.0.0', percent: 42 });
    await page.locator('[data-updates=downloading]').waitFor();
  },
  activity: async ({ page }) => {
    await page.locator('[data-activity]').click();
    await page.getByRole('table').waitFor();
  },
};
