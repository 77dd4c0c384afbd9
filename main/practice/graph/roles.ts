import type { Bearer, PracticeTenant } from '../world.ts';
import { resourceAppIds } from '../../clouds/index.ts';
import { denied } from './refusal.ts';

/** Role template ids (Microsoft Entra, "Microsoft Entra built-in roles"). */
export const directoryRoles = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  cloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
  applicationDeveloper: 'cf1c38e5-3621-4004-a7cb-879624dced7c',
  hybridIdentityAdministrator: '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2',
  globalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
  securityReader: '5d6b6bb7-de71-4623-b4af-96380a352509',
  securityAdministrator: '194ae4cb-b126-40b2-bd5b-6091b380977d',
  directoryReaders: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
} as const;
export type DirectoryRole = keyof typeof directoryRoles;

const applicationAdministrators = ['globalAdministrator', 'applicationAdministrator', 'cloudApplicationAdministrator'] as const;

export function holds(bearer: Bearer, roles: readonly DirectoryRole[]): boolean {
  return roles.some((role) => bearer.wids.includes(directoryRoles[role]));
}

/**
 * A member user has the default permissions of members; guests and partners without a user object do not
 * (Microsoft Entra, "What are the default user permissions in Microsoft Entra ID?", table "Compare member and guest default permissions").
 */
export function isMember(bearer: Bearer, tenant: PracticeTenant): boolean {
  if (!bearer.hasUserObject) return false;
  return (
    tenant.users.find(({ id }) => id === bearer.objectId)?.userType !== 'Guest' &&
    tenant.accounts.find(({ objectId }) => objectId === bearer.objectId)?.trait !== 'guest'
  );
}

/** Anybody in the directory reads registrations, enterprise applications and their permissions; a partner needs a role (as `isMember`). */
export function mayReadDirectory(bearer: Bearer): boolean {
  return bearer.hasUserObject || Object.values(directoryRoles).some((id) => bearer.wids.includes(id));
}

/** Microsoft Graph, "List deletedItems", "Restore deleted item", "Permanently delete item": supported roles for applications. */
export function mayManageDeletedItems(bearer: Bearer): boolean {
  return holds(bearer, [...applicationAdministrators, 'hybridIdentityAdministrator']);
}

/** Microsoft Graph, "Get tenantAppManagementPolicy": at least Global Reader; the application administrators manage these policies. */
export function mayReadPolicies(bearer: Bearer): boolean {
  return holds(bearer, [...applicationAdministrators, 'globalReader']);
}

/** Microsoft Graph beta, "List appCredentialSignInActivities": supported roles; the Global Administrator has them all. */
export function mayReadSignInReports(bearer: Bearer): boolean {
  return holds(bearer, ['globalAdministrator', 'reportsReader', 'securityReader', 'securityAdministrator']);
}

/** Microsoft Graph, "Create application": members by default, Application Developer, and the application administrators. */
export function mayCreateApplications(bearer: Bearer, tenant: PracticeTenant): boolean {
  return bearer.kind === 'application' || isMember(bearer, tenant) || holds(bearer, [...applicationAdministrators, 'applicationDeveloper']);
}

/** Directory object ids of the owners; kept inside, `owners` is a relationship and never part of an answer. */
export function ownersOf(object: { readonly owners?: readonly { readonly id?: string }[] | null }): readonly string[] {
  return (object.owners ?? []).flatMap(({ id }) => (id === undefined ? [] : [id]));
}

/** A token with `Application.ReadWrite.OwnedBy` and nothing above it reaches only what its service principal owns. */
function reachesOnlyOwned(bearer: Bearer): boolean {
  return (
    bearer.kind === 'application' &&
    !bearer.roles.includes('Application.ReadWrite.All') &&
    !bearer.roles.includes('Directory.ReadWrite.All')
  );
}

/**
 * Who may change or delete an application or service principal: the application administrators and its owners
 * (Microsoft Entra, "Default user permissions", object ownership; Microsoft Graph permissions reference, Application.ReadWrite.OwnedBy).
 *
 * @throws Refusal 403
 */
export function requireMayEdit(bearer: Bearer, object: Parameters<typeof ownersOf>[0]): void {
  if (ownersOf(object).includes(bearer.objectId)) return;
  if (bearer.kind === 'application' ? !reachesOnlyOwned(bearer) : holds(bearer, applicationAdministrators)) return;
  throw denied();
}

export function isApplicationAdministrator(bearer: Bearer): boolean {
  return bearer.kind === 'application' ? !reachesOnlyOwned(bearer) : holds(bearer, applicationAdministrators);
}

const privileged: ReadonlySet<string> = new Set([resourceAppIds.graph, '00000002-0000-0000-c000-000000000000']);

/**
 * Who may grant an app role: Privileged Role Administrator for Microsoft Graph and Azure AD Graph, the application
 * administrators for every other API, and a member who owns the resource application
 * (Microsoft Graph, "Grant an appRoleAssignment for a service principal", supported roles).
 *
 * @throws Refusal 403
 */
export function requireMayGrantRole(
  bearer: Bearer,
  tenant: PracticeTenant,
  resource: { readonly appId: string } & Parameters<typeof ownersOf>[0],
): void {
  if (bearer.kind === 'application' || holds(bearer, ['globalAdministrator', 'privilegedRoleAdministrator'])) return;
  if (!privileged.has(resource.appId) && holds(bearer, applicationAdministrators)) return;
  if (isMember(bearer, tenant) && ownersOf(resource).includes(bearer.objectId)) return;
  throw denied();
}

/** Microsoft Graph, "Create a delegated permission grant": roles that consent for the organization. @throws Refusal 403 */
export function requireMayGrantDelegated(bearer: Bearer): void {
  if (bearer.kind === 'application' || holds(bearer, [...applicationAdministrators, 'privilegedRoleAdministrator'])) return;
  throw denied();
}
