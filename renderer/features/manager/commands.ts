import {
  AddRegular,
  ArrowCircleRightRegular,
  ArrowClockwiseRegular,
  ArrowExportRegular,
  ArrowRightRegular,
  ArrowSyncRegular,
  CalendarLtrRegular,
  CopyRegular,
  DeleteRegular,
  DocumentTableRegular,
  EditRegular,
  HistoryRegular,
  InfoRegular,
  LinkRegular,
  MailClockRegular,
  PersonAvailableRegular,
  PersonKeyRegular,
  RecycleRegular,
  SearchRegular,
  SettingsRegular,
  ShieldCheckmarkRegular,
  TagRegular,
  type FluentIcon,
} from '@fluentui/react-icons';
import keys from '../../../assets/commands.json' with { type: 'json' };
import type { CredentialRow } from '../../../preload/contract.ts';
import type { Route } from '../../parts/routes.tsx';
import type { TextKey } from '../../bridge/catalogue.ts';
import { isMoving, isUnfinished } from '../state/index.ts';

/** Dialogs over the list. */
export type ListDialog =
  | 'add-existing'
  | 'remove'
  | 'rotation'
  | 'migration'
  | 'migration-back'
  | 'export'
  | 'deleted'
  | 'verification'
  | 'sheet'
  | 'confirm'
  | 'customer';

/** What the list’s page does for a command. */
export interface Desk {
  readonly go: (route: Route) => void;
  readonly open: (dialog: ListDialog, rows: readonly CredentialRow[]) => void;
  readonly save: (what: 'list' | 'calendar') => void;
  readonly verify: (rows: readonly CredentialRow[]) => void;
  readonly copy: (rows: readonly CredentialRow[]) => void;
  readonly refresh: () => void;
  readonly find: () => void;
}

interface Described {
  readonly label: TextKey;
  /** Where room is short. */
  readonly short?: TextKey;
  readonly icon: FluentIcon;
}

/** A command of the list’s page, whatever is selected. */
interface OfPage extends Described {
  readonly needs: 'nothing';
  readonly run: (desk: Desk) => void;
}

/** A command for what is selected: for one row alone, or for several. */
interface OfRows extends Described {
  readonly needs: 'one' | 'some';
  /** Why it cannot be done with this row; null when it can. */
  readonly obstacle?: (row: CredentialRow) => TextKey | null;
  /** What it is called in a menu for one row, where that says more. */
  readonly named?: (row: CredentialRow) => { readonly text: TextKey; readonly params: Readonly<Record<string, string>> } | null;
  /** `rows`: those without an obstacle; never empty. */
  readonly run: (desk: Desk, rows: readonly CredentialRow[]) => void;
}

const notRegistered = ({ clientId }: CredentialRow): TextKey | null => (clientId === null ? 'manager.obstacle.not-registered' : null);
const noCertificate = ({ certificate }: CredentialRow): TextKey | null => (certificate === null ? 'manager.obstacle.no-certificate' : null);

function notToConfirm(row: CredentialRow): TextKey | null {
  const { certificate, handover, rotation, custody, state } = row;
  if (certificate === null) return 'manager.obstacle.no-certificate';
  if (custody === 'keyring' && rotation?.next === 'publish') return 'manager.obstacle.not-published';
  return handover?.thumbprint === certificate.thumbprint && state !== 'set-up' ? 'manager.obstacle.confirmed' : notRegistered(row);
}

/** Where what was begun goes on. */
function continuedIn(row: CredentialRow | undefined): ListDialog {
  if (row?.rotation?.next === 'handover') return 'rotation';
  return row !== undefined && isMoving(row) ? 'migration' : 'sheet';
}

/**
 * Every command of the list: what it is called, its sign, when there is sense in it and what it does, for toolbar, menus and keys
 * alike. Its key stands in `assets/commands.json`, which the application menu reads too.
 */
const table = {
  create: {
    label: 'manager.create',
    icon: AddRegular,
    needs: 'nothing',
    run: ({ go }) => go({ at: 'dialog', credential: null }),
  },
  'add-existing': {
    label: 'manager.add-existing',
    icon: LinkRegular,
    needs: 'nothing',
    run: ({ open }) => open('add-existing', []),
  },
  edit: {
    label: 'manager.edit',
    icon: EditRegular,
    needs: 'one',
    run: ({ go }, [row]) => row !== undefined && go({ at: 'dialog', credential: row.id }),
  },
  verify: {
    label: 'manager.verify',
    icon: ShieldCheckmarkRegular,
    needs: 'some',
    run: ({ verify }, rows) => verify(rows),
  },
  'verify-signed-in': {
    label: 'verification.sign-in',
    icon: PersonKeyRegular,
    needs: 'one',
    obstacle: notRegistered,
    run: ({ open }, rows) => open('verification', rows),
  },
  rotate: {
    label: 'manager.rotate',
    short: 'manager.rotate.short',
    icon: ArrowSyncRegular,
    needs: 'some',
    obstacle: (row) => noCertificate(row) ?? notRegistered(row),
    run: ({ open }, rows) => open('rotation', rows),
  },
  export: {
    label: 'manager.export',
    short: 'manager.export.short',
    icon: ArrowExportRegular,
    needs: 'some',
    obstacle: noCertificate,
    run: ({ open }, rows) => open('export', rows),
  },
  confirm: {
    label: 'manager.confirm',
    icon: PersonAvailableRegular,
    needs: 'some',
    obstacle: notToConfirm,
    run: ({ open }, rows) => open('confirm', rows),
  },
  migrate: {
    label: 'manager.migrate',
    icon: ArrowCircleRightRegular,
    needs: 'one',
    obstacle: (row) => (row.migration === undefined ? 'manager.obstacle.no-ews' : (noCertificate(row) ?? notRegistered(row))),
    named: ({ migration }) => (migration === undefined ? null : { text: 'manager.migrate.to', params: { target: migration.target } }),
    run: ({ open }, rows) => open('migration', rows),
  },
  'set-customer': {
    label: 'manager.set-customer',
    icon: TagRegular,
    needs: 'some',
    run: ({ open }, rows) => open('customer', rows),
  },
  'copy-table': {
    label: 'manager.copy-table',
    icon: CopyRegular,
    needs: 'some',
    run: ({ copy }, rows) => copy(rows),
  },
  delete: {
    label: 'manager.delete',
    icon: DeleteRegular,
    needs: 'some',
    run: ({ open }, rows) => open('remove', rows),
  },
  details: {
    label: 'manager.details',
    icon: InfoRegular,
    needs: 'one',
    run: ({ go }, [row]) => row !== undefined && go({ at: 'details', credential: row.id }),
  },
  continue: {
    label: 'manager.continue',
    icon: ArrowRightRegular,
    needs: 'one',
    obstacle: (row) => (isUnfinished(row) ? null : 'manager.obstacle.finished'),
    run: ({ open }, rows) => open(continuedIn(rows[0]), rows),
  },
  refresh: { label: 'manager.refresh', icon: ArrowClockwiseRegular, needs: 'nothing', run: ({ refresh }) => refresh() },
  find: { label: 'manager.find', icon: SearchRegular, needs: 'nothing', run: ({ find }) => find() },
  'export-list': { label: 'manager.export-list', icon: DocumentTableRegular, needs: 'nothing', run: ({ save }) => save('list') },
  'save-calendar': { label: 'manager.save-calendar', icon: CalendarLtrRegular, needs: 'nothing', run: ({ save }) => save('calendar') },
  deleted: { label: 'manager.deleted', icon: RecycleRegular, needs: 'nothing', run: ({ open }) => open('deleted', []) },
  activity: {
    label: 'manager.activity',
    icon: HistoryRegular,
    needs: 'nothing',
    run: ({ go }) => go({ at: 'activity', credential: null }),
  },
  ews: { label: 'manager.ews', icon: MailClockRegular, needs: 'nothing', run: ({ go }) => go({ at: 'ews' }) },
  settings: { label: 'manager.settings', icon: SettingsRegular, needs: 'nothing', run: ({ go }) => go({ at: 'settings' }) },
} as const satisfies Record<string, OfPage | OfRows>;

export type CommandId = keyof typeof table;
export type Command = OfPage | OfRows;

/** Every command by its id. */
export const commands: Readonly<Record<CommandId, Command>> = table;

export const isCommand = (id: string): id is CommandId => Object.hasOwn(table, id);
export const commandIds: readonly CommandId[] = Object.keys(table).filter(isCommand);

/** Keys as ARIA writes them, e.g. `Control+N`; a command for rows has its key in the list, any other one everywhere. */
export function keyOf(id: CommandId): string | null {
  const known: Readonly<Partial<Record<CommandId, string | null>>> = keys;
  return known[id] ?? null;
}

/** What of a row can be copied. */
export const copies: readonly { readonly text: TextKey; readonly of: (row: CredentialRow) => string | null }[] = [
  { text: 'manager.copy.client-id', of: (row) => row.clientId },
  { text: 'manager.copy.tenant-id', of: (row) => row.tenantId || null },
  { text: 'manager.copy.thumbprint', of: (row) => row.certificate?.thumbprint ?? null },
  { text: 'manager.copy.redirect-uri', of: (row) => row.redirectUri },
];
