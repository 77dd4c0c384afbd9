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
