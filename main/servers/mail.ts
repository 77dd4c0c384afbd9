import { resourceAppIds } from '../clouds/index.ts';
import type { ProfilePermission, ProfileReference } from './profile.ts';

/**
 * Application permissions that read mail, by resource (Microsoft Graph permissions reference; "Authenticate an IMAP, POP or
 * SMTP connection using OAuth", "Authenticate an EWS application by using OAuth"). `Mail.Send` reads none.
 */
const mailRoles: Readonly<Record<string, RegExp>> = {
  [resourceAppIds.graph]: /^Mail\.Read/,
  [resourceAppIds.exchange]: /^(full_access_as_app|(IMAP|POP)\.AccessAsApp|Mail\.Read.*)$/,
};

const isMailRole = ({ type, resourceAppId, value }: ProfilePermission): boolean =>
  type === 'Role' && mailRoles[resourceAppId]?.test(value) === true;

/** Whether the server reads mail with this profile: it is proven only with evidence about mail. */
export const readsMail = ({ permissions }: Pick<ProfileReference, 'permissions'>): boolean => permissions.some(isMailRole);

/** A way by which mail is read. `other` is one that nobody can try from here, e.g. POP. */
export type MailWay = 'ews' | 'graph' | 'imap' | 'other';

function wayOf({ resourceAppId, value }: ProfilePermission): MailWay {
  if (resourceAppId === resourceAppIds.graph) return 'graph';
  if (value === 'full_access_as_app') return 'ews';
  return value === 'IMAP.AccessAsApp' ? 'imap' : 'other';
}

/** The ways by which a server with this profile may read mail. */
export const mailWays = ({ permissions }: Pick<ProfileReference, 'permissions'>): ReadonlySet<MailWay> =>
  new Set(permissions.filter(isMailRole).map(wayOf));

/**
 * The ways whose permission Exchange itself can give, for some mailboxes alone; tokens then do not show it ("Role Based Access Control
 * for Applications in Exchange Online": application roles of Microsoft Graph and EWS, none of IMAP).
 */
export const scopableWay = (permission: ProfilePermission): 'ews' | 'graph' | null => {
  const way = isMailRole(permission) ? wayOf(permission) : 'other';
  return way === 'ews' || way === 'graph' ? way : null;
};
