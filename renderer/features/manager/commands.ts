import type { CredentialRow, MenuCommand } from '../../../preload/contract.ts';
import type { TextKey } from '../../app/texts.tsx';
import { isUnfinished } from '../setup/sheet-steps.ts';

/** What can be done with the list and with what is selected in it. */
export interface ListCommands {
  readonly create: () => void;
  readonly addExisting: () => void;
  readonly exportList: () => void;
  /** The ends of all certificates, for a calendar. */
  readonly saveCalendar: () => void;
  readonly edit: () => void;
  readonly remove: () => void;
  readonly verify: () => void;
  /** With the view of an administrator, who signs in. */
  readonly verifySignedIn: () => void;
  readonly exportCertificate: () => void;
  readonly details: () => void;
  /** The sheet of its server, as it was left. */
  readonly finish: () => void;
  /** Replaces the certificate, or goes on with that. */
  readonly rotate: () => void;
  readonly refresh: () => void;
  readonly find: () => void;
  readonly settings: () => void;
  readonly activity: () => void;
  readonly deleted: () => void;
}

/** Which commands make sense for a selection. */
export function possible(rows: readonly CredentialRow[]) {
  const [only] = rows;
  const one = rows.length === 1;
  return {
    edit: one,
    details: one,
    finish: one && only !== undefined && isUnfinished(only),
    remove: rows.length > 0,
    verify: rows.length > 0,
    verifySignedIn: one && only?.clientId !== null,
    exportCertificate: one && only?.certificate !== null,
    rotate: one && only !== undefined && only.certificate !== null && only.clientId !== null,
  };
}

export type Possible = ReturnType<typeof possible>;

/** Commands of the application menu that are the list's work. */
export type ListMenuCommand = Exclude<MenuCommand, 'diagnostics'>;

/** The commands of the application menu in ours. */
export const menuCommands: Readonly<Record<ListMenuCommand, keyof ListCommands>> = {
  create: 'create',
  'add-existing': 'addExisting',
  'export-list': 'exportList',
  'save-calendar': 'saveCalendar',
  edit: 'edit',
  continue: 'finish',
  delete: 'remove',
  verify: 'verify',
  export: 'exportCertificate',
  find: 'find',
  refresh: 'refresh',
  settings: 'settings',
  activity: 'activity',
};

/** What of a row can be copied. */
export const copies: readonly { readonly text: TextKey; readonly of: (row: CredentialRow) => string | null }[] = [
  { text: 'manager.copy.client-id', of: (row) => row.clientId },
  { text: 'manager.copy.tenant-id', of: (row) => row.tenantId || null },
  { text: 'manager.copy.thumbprint', of: (row) => row.certificate?.thumbprint ?? null },
  { text: 'manager.copy.redirect-uri', of: (row) => row.redirectUri },
];
