import { z } from 'zod';
import { certificateFileRequests } from './contract/certificate-files.ts';
import { dailyWatch } from './contract/daily-watch.ts';
import { ewsEvents, ewsRequests } from './contract/ews.ts';
import { changeRequests } from './contract/changes.ts';
import { practiceServers } from './contract/practice-servers.ts';
import { askedServerEvents, askedServerRequests } from './contract/asked-servers.ts';
import { migrationRequests } from './contract/migration.ts';
import { verificationEvents, verificationRequests } from './contract/verification.ts';
import {
  appFacts,
  backup,
  damagedRow,
  keyComparison,
  managedPolicy,
  privateKeyName,
  profileView,
  settings,
  settingsChange,
  updateState,
} from './contract/program.ts';
import {
  auditLine,
  certificateView,
  cloud,
  credentialRow,
  draft,
  draftAnswer,
  faultView,
  fieldFault,
  fileName,
  id,
  type migrationView,
  reportView,
  type rotationView,
  setupEvent,
  time,
  trackDraft,
  trackField,
  trackFile,
  trackLine,
  typed,
} from './contract/views.ts';

/**
 * Everything that crosses between window and main process: requests with their answers, and events. Values are plain
 * JSON. Verbs, never storage: no private key, no token and no password that was not typed in the window crosses here.
 * The preload script and the renderer import types of this file only.
 */
export { settings } from './contract/program.ts';

export const requests = {
  'app:read': { in: z.null(), out: appFacts },
  'app:practise': { in: z.null(), out: z.null() },
  'app:leave-practice': { in: z.null(), out: z.null() },
  'settings:read': { in: z.null(), out: settings },
  /** What this computer's administrators prescribe; `unknown` are values that this version does not know. */
  'policies:read': { in: z.null(), out: z.strictObject({ managed: z.array(managedPolicy), unknown: z.array(z.string()) }) },
  'updates:read': { in: z.null(), out: updateState },
  'updates:check': { in: z.null(), out: updateState },
  /** Fetches what was found, and checks who signed it. */
  'updates:download': { in: z.null(), out: updateState },
  /** Ends the program, and installs what was fetched. */
  'updates:install': { in: z.null(), out: z.null() },
  /** Rows of the list, in the bin too, that cannot be read; the name is null where that cannot either. */
  'damaged:list': { in: z.null(), out: z.array(damagedRow) },
  /** Opens a save dialog, and moves the row there. Null when nothing was chosen. */
  'damaged:take-out': { in: z.strictObject({ id: z.string().max(200) }), out: z.strictObject({ path: z.string() }).nullable() },
  /** Copies of the list, the newest first. */
  'backups:list': { in: z.null(), out: z.array(backup) },
  /** Asks by a dialog of the system, then puts the copy in the place of the list. */
  'backups:restore': { in: z.strictObject({ name: fileName }), out: z.strictObject({ restored: z.boolean() }) },
  /** The profiles that come with the product, those that are kept here, and the credential's own where it is none of them. */
  'profiles:list': { in: z.strictObject({ credential: id.nullable() }), out: z.array(profileView) },
  /** Somebody signs in to this tenant (id or domain; empty: their own), and what its service principals offer to applications is read. One at a time. */
  'permissions:find': {
    in: z.strictObject({ tenant: typed, cloud }),
    out: z.array(z.strictObject({ permission: z.string(), resource: z.string(), value: z.string(), displayName: z.string() })),
  },
  /** Ends the wait of such a search. */
  'permissions:cancel': { in: z.null(), out: z.null() },
  /** No credential changes by it: each has its permissions itself. */
  'profiles:remove': { in: z.strictObject({ id: typed }), out: z.null() },
  /** Changes some of them; a value that cannot be is refused with all of the change. */
  'settings:write': { in: settingsChange, out: z.null() },
  'credentials:list': { in: z.strictObject({ deleted: z.boolean() }), out: z.array(credentialRow) },
  'credential:read': { in: z.strictObject({ id }), out: z.strictObject({ report: reportView, history: z.array(auditLine) }) },
  ...verificationRequests,
  ...migrationRequests,
  'credential:remove': { in: z.strictObject({ id, purge: z.boolean() }), out: z.null() },
  /** Sets the customer; empty takes it away. */
  'credential:annotate': { in: z.strictObject({ id, customer: typed }), out: credentialRow },
  /** Without its registration; where that was deleted too, `restoration:begin`. */
  'credential:restore': { in: z.strictObject({ id }), out: reportView },
  /** Deletes a credential with its registration; `confirmName` is the name as typed. Goes on as a set-up does. */
  'removal:begin': { in: z.strictObject({ id, confirmName: typed }), out: z.strictObject({ run: id }) },
  /** Brings a deleted credential and its registration back. Goes on as a set-up does. */
  'restoration:begin': { in: z.strictObject({ id }), out: z.strictObject({ run: id }) },
  'draft:check': { in: draft, out: draftAnswer },
  /** Stores what was typed, for those who register by hand, or changes a stored credential. */
  'credential:save': { in: z.strictObject({ draft, certificate: id.nullable() }), out: credentialRow },
  'setup:begin': { in: z.strictObject({ draft, certificate: id.nullable() }), out: z.strictObject({ run: id }) },
  /** The plan that was shown last, named by its hash; without it nothing is applied. `accepted`: findings of it by their ids. */
  'run:decide': {
    in: z.strictObject({
      run: id,
      apply: z.boolean(),
      hash: z.string().max(100).optional(),
      accepted: z.array(z.string().max(300)).max(200),
      /** Of a set-up: declined, and made anew for this permission profile while the administrator stays signed in. */
      instead: typed.exactOptional(),
    }),
    out: z.null(),
  },
  'run:cancel': { in: z.strictObject({ run: id }), out: z.null() },
  /** A certificate of the server's, among those that main keeps, for the run whose administrator is still signed in. */
  'setup:publish': { in: z.strictObject({ run: id, certificate: id }), out: z.null() },
  /** Signs out, and takes back before what the session has added to the consent of the client that signs in. Nothing is to do where the run has ended. */
  'setup:leave': { in: z.strictObject({ run: id, removeConsent: z.boolean().exactOptional() }), out: z.null() },
  /** Ends the wait for the browser; a code comes as `run:event`. */
  'run:use-code': { in: z.strictObject({ run: id }), out: z.null() },
  /** Puts the sign-in address on the clipboard, for another browser profile. */
  'run:copy-address': { in: z.strictObject({ run: id }), out: z.null() },
  ...certificateFileRequests,
  /**
   * Watches the Downloads folder for certificates that come into it from now on; they come as `downloads:found`. One watch at
   * a time: it ends with the next one, by `downloads:stop`, with the window, and when practice is entered or left.
   */
  'downloads:watch': { in: z.null(), out: z.strictObject({ watch: id, folder: z.string() }) },
  /** Nothing is to do where that watch has ended already. */
  'downloads:stop': { in: z.strictObject({ watch: id }), out: z.null() },
  /** A step of the server's sheet, by its id, is done or not. */
  'sheet:mark': { in: z.strictObject({ id, step: z.string().max(60), done: z.boolean() }), out: credentialRow },
  /** Opens the page that the description of the server names for a step, in the system browser. */
  'sheet:open': { in: z.strictObject({ id, step: z.string().max(60) }), out: z.null() },
  'handover:confirm': { in: z.strictObject({ id, thumbprint: typed }), out: credentialRow },
  /** The same, and the key is deleted here: only the server has it from then on. */
  'handover:forget-key': { in: z.strictObject({ id, thumbprint: typed }), out: credentialRow },
  /** Records that no other software uses the key of this credential. */
  'handover:used-here-only': { in: z.strictObject({ id }), out: credentialRow },
  /** Begins or continues the replacement of a certificate; goes on as a set-up does. `overlapDays` as typed; empty = as it was. `lifetime`
   * of a new certificate of ours as typed; empty = as long as the old one. */
  'rotation:begin': { in: z.strictObject({ id, overlapDays: typed, lifetime: typed.exactOptional() }), out: z.strictObject({ run: id }) },
  /** The certificate that the server made, among those that main keeps; its thumbprint was compared. */
  'rotation:certificate': { in: z.strictObject({ run: id, certificate: id }), out: z.null() },
  /** Makes the old certificate the current one again; nobody signs in. */
  'rotation:roll-back': { in: z.strictObject({ id }), out: reportView },
  /** Opens a save dialog for a page of HTML, to be printed or filed: of one credential, or of the trail. Null when nothing was chosen. */
  'credential:save-page': { in: z.strictObject({ id }), out: z.strictObject({ path: z.string() }).nullable() },
  'activity:save-page': { in: z.strictObject({ credential: id.nullable() }), out: z.strictObject({ path: z.string() }).nullable() },
  'activity:list': { in: z.strictObject({ credential: id.nullable() }), out: z.array(auditLine) },
  'track:check': {
    in: trackDraft,
    out: z.strictObject({ faults: z.partialRecord(trackField, fieldFault) }),
  },
  'track:one': { in: trackDraft, out: credentialRow },
  /** Opens a file dialog for CSV or an exported list; main keeps what it read. The cloud is that of the lines that do not name theirs. */
  'track:choose': { in: z.strictObject({ cloud }), out: trackFile.nullable() },
  /**
   * The same for a file that was dropped on the window: its name and its contents in base64, of which one byte more than 4 MiB is
   * enough. Paths in it are not followed.
   */
  'track:read': { in: z.strictObject({ cloud, name: fileName, content: z.base64().max(5_592_412) }), out: trackFile },
  'track:add': { in: z.strictObject({ file: id }), out: z.strictObject({ added: z.array(id), lines: z.array(trackLine) }) },
  /** Ends the looking up of domains that is under way; what is stored already stays. */
  'track:cancel': { in: z.null(), out: z.null() },
  /** Opens a save dialog for the lines that were refused. */
  'track:save-refused': { in: z.strictObject({ file: id }), out: z.strictObject({ path: z.string() }).nullable() },
  /** Opens a save dialog for the list without keys. */
  'list:export': { in: z.null(), out: z.strictObject({ path: z.string(), count: z.int() }).nullable() },
  /** Puts these credentials on the clipboard as a table, in this order, as `list:export` writes them but for the certificate itself. */
  'list:copy': { in: z.strictObject({ ids: z.array(id).min(1).max(10_000) }), out: z.strictObject({ count: z.int() }) },
  /** When the verb `watch` last ran over this data; `overdue` when that is more than seven days ago. */
  'watch:read': { in: z.null(), out: z.strictObject({ ranAt: time.nullable(), overdue: z.boolean() }) },
  ...dailyWatch,
  ...practiceServers,
  ...askedServerRequests,
  ...ewsRequests,
  ...changeRequests,
  /** Opens a save dialog for the calendar of all ends. */
  'watch:save-calendar': { in: z.null(), out: z.strictObject({ path: z.string(), events: z.int() }).nullable() },
  /** Null where nobody asked for it, and the keychain cannot be looked into without asking somebody to unlock it. */
  'keys:compare': { in: z.strictObject({ asked: z.boolean() }), out: keyComparison.nullable() },
  /** For good. `kept`: those that a credential needs by now, or that somebody is working on. */
  'keys:forget': {
    in: z.strictObject({ keys: z.array(privateKeyName).min(1).max(10_000) }),
    out: z.strictObject({ forgotten: z.int(), kept: z.int() }),
  },
  /** A report about the program for whoever helps; without secrets. */
  'diagnostics:read': { in: z.null(), out: z.strictObject({ text: z.string() }) },
  /** Opens a save dialog for the report that was read last. Null when nothing was chosen. */
  'diagnostics:save': { in: z.null(), out: z.strictObject({ path: z.string() }).nullable() },
  'clipboard:copy': { in: z.strictObject({ text: z.string().max(20_000) }), out: z.null() },
  /** Puts the address on the clipboard at which an administrator of the tenant grants admin consent. */
  'portal:copy-consent': { in: z.strictObject({ id }), out: z.null() },
  /** Opens one of the portal's pages for a credential in the system browser. */
  'portal:open': {
    in: z.strictObject({ id, page: z.enum(['overview', 'certificates', 'authentication', 'permissions', 'consent', 'sign-out']) }),
    out: z.null(),
  },
} as const satisfies Record<string, { readonly in: z.ZodType; readonly out: z.ZodType }>;

/** What the application menu has of the list's commands. */
export const listCommand = z.enum([
  'create',
  'add-existing',
  'export-list',
  'save-calendar',
  'edit',
  'details',
  'continue',
  'delete',
  'verify',
  'rotate',
  'migrate',
  'export',
  'find',
  'refresh',
  'settings',
  'activity',
  'ews',
]);
export const menuCommand = z.enum([...listCommand.options, 'diagnostics', 'guide', 'shortcuts']);

export const events = {
  'run:event': z.strictObject({ run: id, event: setupEvent }),
  /**
   * All certificates that came into the folder since the watch began, the newest first, each time that changes; kept like a
   * chosen one. Only one that is alone is preselected. Files that cannot be it stand beside them, with the reason. A fault
   * has ended the watch.
   */
  'downloads:found': z.strictObject({
    watch: id,
    files: z.array(
      z.strictObject({ certificate: id, name: z.string(), facts: certificateView, modifiedAt: time, preselected: z.boolean() }),
    ),
    refused: z.array(z.strictObject({ name: z.string(), message: z.string(), fix: z.string() })),
    fault: faultView.nullable(),
  }),
  ...askedServerEvents,
  ...verificationEvents,
  ...ewsEvents,
  'updates:changed': updateState,
  /** Another process, or this one, changed the list. */
  'store:changed': z.null(),
  /** A certificate has come to a step of its last days (30, 14, 7, 1; 0 when it has ended); once for each. */
  expiry: z.strictObject({ credential: id, name: z.string(), step: z.literal([90, 60, 30, 14, 7, 1, 0]), notAfter: time }),
  /** A notification about this credential was clicked. */
  'credential:show': z.strictObject({ credential: id }),
  /** Language, theme or practice changed: the window draws itself anew. */
  'app:changed': z.null(),
  /** An item of the application menu was chosen whose work is the window's. */
  'menu:command': z.strictObject({ command: menuCommand }),
} as const satisfies Record<string, z.ZodType>;

export type Channel = keyof typeof requests;
export type Input<C extends Channel> = z.infer<(typeof requests)[C]['in']>;
export type Output<C extends Channel> = z.infer<(typeof requests)[C]['out']>;
export type EventName = keyof typeof events;
export type EventValue<E extends EventName> = z.infer<(typeof events)[E]>;

export type FaultView = z.infer<typeof faultView>;
export type RotationView = z.infer<typeof rotationView>;
export type MigrationView = z.infer<typeof migrationView>;
export type CredentialRow = z.infer<typeof credentialRow>;
export type ReportView = z.infer<typeof reportView>;
export type Draft = z.infer<typeof draft>;
export type DraftAnswer = z.infer<typeof draftAnswer>;
export type SetupEvent = z.infer<typeof setupEvent>;
export type UpdateState = z.infer<typeof updateState>;
export type Settings = z.infer<typeof settings>;
export type SettingsChange = z.infer<typeof settingsChange>;
export type AppFacts = z.infer<typeof appFacts>;
export type ListCommand = z.infer<typeof listCommand>;
export type MenuCommand = z.infer<typeof menuCommand>;

/** Never a thrown error: Electron would flatten it to its message. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: FaultView };

/** `window.keyring`. */
export interface KeyringBridge {
  request<C extends Channel>(channel: C, input: Input<C>): Promise<Outcome<Output<C>>>;
  /** @returns its own unsubscribe */
  subscribe<E extends EventName>(event: E, listener: (value: EventValue<E>) => void): () => void;
}
