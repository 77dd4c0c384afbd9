import type { TextKey, Texts } from '../../../texts/index.ts';
import type { CheckRule, ServerRule } from '../check-rule.ts';
import { directoryRole } from './directory-role.ts';
import { ewsAllowed } from './ews-allowed.ts';
import { graphRead } from './graph-read.ts';
import { idTokens } from './id-tokens.ts';
import { imap } from './imap.ts';
import { keyCredential } from './key-credential.ts';
import { logoutUrl } from './logout-url.ts';
import { mailRead } from './mail-read.ts';
import { mailboxPermission } from './mailbox-permission.ts';
import { redirectUri } from './redirect-uri.ts';
import { rolesGranted } from './roles-granted.ts';
import { serverArchiving } from './server-archiving.ts';
import { serverCertificate } from './server-certificate.ts';
import { serverCredential } from './server-credential.ts';
import { serverRedirectUri } from './server-redirect-uri.ts';
import { serverSelected } from './server-selected.ts';
import { servicePrincipal } from './service-principal.ts';
import { signInConsent } from './sign-in-consent.ts';
import { tokenExchange } from './token-exchange.ts';
import { tokenGraph } from './token-graph.ts';

/** Those that the server alone answers. */
export const serverChecks = {
  'server-credential': serverCredential,
  'server-certificate': serverCertificate,
  'server-selected': serverSelected,
  'server-redirect-uri': serverRedirectUri,
  'server-archiving': serverArchiving,
} as const satisfies Readonly<Record<string, ServerRule>>;

/**
 * The checks of the proof, in the order in which they are shown. A new one is a file here, its line below, and its texts
 * `check.<name>.…` in the three catalogues.
 */
export const checks = {
  'token-graph': tokenGraph,
  'token-exchange': tokenExchange,
  'graph-read': graphRead,
  'key-credential': keyCredential,
  'redirect-uri': redirectUri,
  'id-tokens': idTokens,
  'logout-url': logoutUrl,
  'roles-granted': rolesGranted,
  'sign-in-consent': signInConsent,
  'service-principal': servicePrincipal,
  'mail-read': mailRead,
  imap,
  'mailbox-permission': mailboxPermission,
  'ews-allowed': ewsAllowed,
  'directory-role': directoryRole,
  ...serverChecks,
} as const satisfies Readonly<Record<string, CheckRule>>;

/** Those that are made on request only, by a call of their own; their texts are named likewise. */
export type RequestedCheckName = 'user-synchronisation' | 'redirect-address';

const requested: readonly string[] = ['user-synchronisation', 'redirect-address'] satisfies RequestedCheckName[];

export type CheckName = keyof typeof checks;

/** A check without a name in the catalogue does not compile. */
const titleKey = (name: CheckName | RequestedCheckName): TextKey => `check.${name}.name`;

const isRequested = (name: string): name is RequestedCheckName => requested.includes(name);

const isCheck = (name: string): name is CheckName => Object.hasOwn(checks, name);

/** Null for a check of another version. */
export const checkRule = (name: string): CheckRule | null => (isCheck(name) ? checks[name] : null);

/** What a stored check is called; one of another version by its own name. */
export const checkTitle = (name: string, { t }: Texts): string => (isCheck(name) || isRequested(name) ? t(titleKey(name)) : name);

/** Checks that somebody has to name a mailbox for. */
const aboutMailbox: ReadonlySet<string> = new Set<CheckName>(['mail-read', 'imap', 'mailbox-permission', 'ews-allowed']);
export const isAboutMailbox = (name: string): boolean => aboutMailbox.has(name);
