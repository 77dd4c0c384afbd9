import { randomUUID } from 'node:crypto';
import type { MigrationView, RotationView, SetupEvent } from '../../../preload/contract.ts';
import { someWatch } from '../../host/fake-bridge.ts';
import { idOf, reportOf, today } from '../../host/fixtures.ts';
import { emit, named, stage, type Place, type Shown } from './shown.ts';

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
  plan: [
    {
      change: 'delete-application',
      step: 'registration',
      reason: 'Delete the application and its service principal',
      removes: true,
      name: '',
      note: '',
    },
  ],
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

const moving = async (shown: Shown, next: MigrationView['next'], states: readonly MigrationView['timeline'][number]['state'][]) => {
  const { page, main } = shown;
  const [first] = main.list;
  if (first === undefined) throw new Error('the list is empty');
  const timeline = states.map((state) => ({ state, at: today.toISOString() }));
  main.list = [{ ...first, migration: { target: 'Microsoft Graph', timeline, next, canGoBack: next !== 'begin' } }, ...main.list.slice(1)];
  await main.emit('store:changed', null);
  await page.getByText('Contoso archive').click({ button: 'right' });
  await page.locator('[role=menuitem][data-command=migrate]').click();
  await page.locator('[data-dialog=migration]').waitFor();
};

/** The sheet of a credential, as it was left. */
const continuing = async ({ page }: Shown, name: string) => {
  await page.getByText(name, { exact: true }).click({ button: 'right' });
  // The first of the menu where something is left to be done in the server.
  await page.getByRole('menuitem').first().click();
  await page.locator('[data-stage=sheet]').waitFor();
};

/** What signs somebody in, page by page. */
export const runPlaces: Readonly<Record<string, Place>> = {
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
    await runPlaces['sign-in card']?.(shown);
    await emit(shown, {
      kind: 'code',
      userCode: 'FJ4K8MQ2R',
      address: 'https://login.microsoft.com/device',
      expiresAt: new Date(today.getTime() + 900_000).toISOString(),
    });
    await shown.page.locator('[data-code]').waitFor();
  },
  'what will be deleted': async (shown) => {
    await runPlaces['sign-in card']?.(shown);
    await emit(shown, { kind: 'signed-in', username: 'admin@northwind.example', tenantId: randomUUID(), mayConsent: true });
    await emit(shown, whatWillBeDeleted());
    await stage(shown, 'plan');
  },
  'not deleted': async (shown) => {
    await runPlaces['what will be deleted']?.(shown);
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
    await runPlaces['what will be deleted']?.(shown);
    await shown.page.locator('[data-stage=plan] button').first().click();
    await stage(shown, 'work');
    await emit(shown, { kind: 'line', step: 'consent', text: 'Take back the permission full_access_as_app', outcome: 'done' });
    await emit(shown, { ...whatWillBeDeleted(), hash: 'of the next plan' });
    await shown.page.locator('[data-done-before]').waitFor();
  },
  'sheet of the server': async (shown) => {
    await continuing(shown, 'Litware archive');
    await shown.page.locator('.fui-DialogSurface').getByRole('checkbox').first().click();
    await shown.page.locator('[data-step-done=person]').first().waitFor();
  },
  'sheet that waits for a certificate': async (shown) => {
    await continuing(shown, 'Proseware');
    await shown.page.locator('[data-drop-zone]').waitFor();
  },
  'end of the sheet': async (shown) => {
    await continuing(shown, 'Litware archive');
    await shown.page.locator('[data-stage=sheet] button:not([aria-label])').filter({ hasText: 'MailStore Server' }).click();
    await shown.page.locator('[data-sheet=end]').waitFor();
  },
  rotation: (shown) => rotating(shown),
  'certificate of the server': async (shown) => {
    await rotating(shown);
    await shown.page.getByRole('button', { name: named('rotation.begin') }).click();
    await emit(shown, { kind: 'signed-in', username: 'admin@contoso.com', tenantId: randomUUID(), mayConsent: true });
    await emit(shown, { kind: 'certificate-wanted' });
    await stage(shown, 'certificate');
    await shown.page.locator('.fui-DialogSurface').getByRole('checkbox').click();
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
    await shown.page.locator('[data-timeline-state=removing]').waitFor();
  },
  'move away from EWS': async (shown) => {
    await moving(shown, 'begin', []);
    await shown.page.locator('[data-loss]').first().click();
  },
  'move that waits for consent': (shown) => moving(shown, 'grant', ['begun']),
  'move that waits for the server': async (shown) => {
    await moving(shown, 'handover', ['begun', 'granted', 'proven']);
    await stage(shown, 'handover');
  },
  'move that waits for its last step': (shown) => moving(shown, 'finish', ['begun', 'granted', 'handed-over']),
  'end of a move': (shown) => moving(shown, 'nothing', ['begun', 'granted', 'proven', 'handed-over', 'ews-removed']),
  'runs that fail after a move': async (shown) => {
    const { page, main } = shown;
    const [first] = main.list;
    if (first === undefined) throw new Error('the list is empty');
    main.answer('server:findings', () => [
      {
        finding: 'failing-after-move',
        server: idOf('MailStore'),
        place: 'MailStore / Contoso archive',
        text: 'The last 2 runs failed, since 2026-11-24 02:00 (the server’s time), and archived nothing. Access is denied.',
        credential: first.id,
        askedAt: today.toISOString(),
      },
    ]);
    await main.emit('store:changed', null);
    await page.locator('[data-move-notice]').waitFor();
  },
  'moving in the details': async (shown) => {
    await moving(shown, 'handover', ['begun', 'granted', 'proven']);
    await shown.page.keyboard.press('Escape');
    await shown.page.locator('[data-dialog=migration]').waitFor({ state: 'detached' });
    // The focus comes back a moment later, and a key before that reaches nobody.
    await shown.page.getByText('Contoso archive').click();
    await shown.page.locator('[role=row][data-key]:focus').waitFor();
    await shown.page.keyboard.press('Alt+Enter');
    await shown.page.locator('[data-timeline-state=granted]').waitFor();
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
};
