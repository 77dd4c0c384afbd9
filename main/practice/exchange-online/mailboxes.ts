import type { User } from '@microsoft/microsoft-graph-types';
import type { Bearer, PracticeTenant } from '../world.ts';
import { exchangeOf, type ApplicationRole } from './settings.ts';

export type StoredUser = User & { id: string };

/** A user by object id or user principal name; undefined where there is none. */
export const userWith = ({ users }: Pick<PracticeTenant, 'users'>, value: string): StoredUser | undefined =>
  users.find(({ id, userPrincipalName }) => id === value.toLowerCase() || userPrincipalName?.toLowerCase() === value.toLowerCase());

/** The user with a mailbox of this address; undefined where there is none. */
export const mailboxWith = ({ users }: Pick<PracticeTenant, 'users'>, address: string): StoredUser | undefined =>
  users.find(({ mail }) => typeof mail === 'string' && mail.toLowerCase() === address.toLowerCase());

/** A stable number of messages in the inbox; no mailbox content is simulated. */
export const inboxCount = ({ id }: StoredUser): number => Number.parseInt(id.slice(0, 4), 16) % 5000;

const graphRoles: ReadonlySet<string> = new Set(['Mail.ReadBasic.All', 'Mail.ReadBasic', 'Mail.Read', 'Mail.ReadWrite']);

/**
 * Whether Exchange gives the application one of these roles for the mailbox. It adds to what Microsoft Entra ID has granted, and tokens
 * do not show it ("Role Based Access Control for Applications in Exchange Online").
 */
function isAssigned({ tenant, appId }: Bearer, roles: readonly ApplicationRole[], address: string): boolean {
  return exchangeOf(tenant).roleAssignments.some(
    (assignment) =>
      assignment.appId === appId &&
      roles.includes(assignment.role) &&
      (assignment.mailboxes === null || assignment.mailboxes.some((each) => each.toLowerCase() === address.toLowerCase())),
  );
}

/** Microsoft Graph, "Get mailFolder", application permissions; RBAC for Applications besides. */
export const mayReadByGraph = (bearer: Bearer, address: string): boolean =>
  bearer.kind === 'application' &&
  (bearer.roles.some((role) => graphRoles.has(role)) ||
    isAssigned(bearer, ['Application Mail.Read', 'Application Mail.ReadBasic', 'Application Mail.ReadWrite'], address));

/** `full_access_as_app` ("Authenticate an EWS application by using OAuth"), or its namesake of RBAC for Applications. */
export const mayUseEws = (bearer: Bearer, address: string): boolean =>
  bearer.roles.includes('full_access_as_app') || isAssigned(bearer, ['Application EWS.AccessAsApp'], address);

/** Whether the token is good for EWS at all: in Microsoft Entra ID, or in Exchange for whichever mailbox. */
export const knowsEws = ({ tenant, appId, roles }: Bearer): boolean =>
  roles.includes('full_access_as_app') ||
  exchangeOf(tenant).roleAssignments.some((each) => each.appId === appId && each.role === 'Application EWS.AccessAsApp');

/**
 * "Authenticate an IMAP, POP or SMTP connection using OAuth": the application has the role, Exchange knows its service principal by the
 * object id of the enterprise application, and that one has full access to the mailbox.
 */
export function mayOpenByImap({ tenant, objectId, appId }: Bearer, address: string): boolean {
  const { servicePrincipals, mailboxPermissions } = exchangeOf(tenant);
  return (
    servicePrincipals.some((each) => each.appId === appId && each.objectId === objectId) &&
    mailboxPermissions.some((each) => each.objectId === objectId && each.mailbox.toLowerCase() === address.toLowerCase())
  );
}
