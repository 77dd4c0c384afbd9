import type { Bearer, PracticeTenant } from '../world.ts';
import { denied } from './refusal.ts';
import { mayCreateApplications, mayManageDeletedItems, mayReadDirectory, mayReadPolicies, mayReadSignInReports } from './roles.ts';

/** Each inner list is one sufficient combination. */
type Combinations = readonly (readonly string[])[];

interface Permission {
  /** Delegated scopes. */
  readonly delegated: Combinations;
  /** Application roles. */
  readonly application: Combinations;
  /** What the signed-in person needs besides; where it depends on the object, the handler decides. */
  readonly person: (bearer: Bearer, tenant: PracticeTenant) => boolean;
}

const anyOf = (...permissions: string[]): Combinations => permissions.map((permission) => [permission]);
const anyone = () => true;

const applicationRead = anyOf('Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All');
const applicationReadApp = [...applicationRead, ['Application.ReadWrite.OwnedBy']];
const applicationWrite = anyOf('Application.ReadWrite.All');
const applicationWriteApp = anyOf('Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy');
const principalWrite = anyOf('Application.ReadWrite.All', 'Directory.ReadWrite.All');
const principalWriteApp = [...principalWrite, ['Application.ReadWrite.OwnedBy']];
const directoryReads = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const roleAssignment: Combinations = directoryReads.map((read) => ['AppRoleAssignment.ReadWrite.All', read]);
const policies = ['Policy.Read.All', 'Policy.ReadWrite.ApplicationConfiguration'];
const policyOfApplication: Combinations = policies.flatMap((policy) =>
  ['Application.Read.All', 'Application.ReadWrite.All'].map((read) => [policy, read]),
);
const users = ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const grantRead = anyOf('Directory.Read.All', 'DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All');
const grantWrite = anyOf('DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All');
const organizationRead = ['Organization.Read.All', 'Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const licences = ['LicenseAssignment.Read.All', ...organizationRead];

const signInReports = anyOf('AuditLog.Read.All', 'Directory.Read.All');

/** One row per call: the permission tables of the Microsoft Graph v1.0 reference, page by page. */
export const permissions = {
  /** "List organizations" */
  'organization.list': {
    delegated: anyOf('User.Read', ...organizationRead),
    application: anyOf(...organizationRead),
    person: mayReadDirectory,
  },
  /** "Get a user", own profile */
  'me.get': { delegated: anyOf('User.Read', 'User.ReadWrite', ...users), application: [[]], person: anyone },
  /** "List users" */
  'user.list': { delegated: anyOf(...users), application: anyOf(...users), person: mayReadDirectory },
  /** "Get a user" */
  'user.get': { delegated: anyOf('User.Read', ...users), application: anyOf(...users), person: mayReadDirectory },
  /** "Get mailFolder": decided in its handler, because Exchange answers with a body of its own */
  'mailFolder.get': { delegated: [[]], application: [[]], person: anyone },
  /** "List applications", "Get application" */
  'application.read': { delegated: applicationRead, application: applicationReadApp, person: mayReadDirectory },
  /** "Create application", "Upsert application" */
  'application.create': { delegated: applicationWrite, application: applicationWriteApp, person: mayCreateApplications },
  /** "Update application", "Upsert application", "Delete application" */
  'application.write': { delegated: applicationWrite, application: applicationWriteApp, person: anyone },
  /** "application: addKey", "application: removeKey": only app-only tokens reach them; which, their handler decides */
  'application.rollKeys': { delegated: [], application: [[]], person: anyone },
  /** "List appManagementPolicies" of an application */
  'application.policies': { delegated: policyOfApplication, application: policyOfApplication, person: mayReadPolicies },
  /** "List servicePrincipals", "Get servicePrincipal" */
  'servicePrincipal.read': { delegated: applicationRead, application: applicationReadApp, person: mayReadDirectory },
  /** "Create servicePrincipal", "Upsert servicePrincipal", "Update servicePrincipal", "Delete servicePrincipal" */
  'servicePrincipal.write': { delegated: principalWrite, application: principalWriteApp, person: anyone },
  /** "List appRoleAssignments granted to a service principal" */
  'appRoleAssignments.list': { delegated: applicationRead, application: applicationRead, person: mayReadDirectory },
  /** "Grant an appRoleAssignment to a service principal" */
  'appRoleAssignments.create': { delegated: roleAssignment, application: roleAssignment, person: anyone },
  /** "Delete appRoleAssignment granted to a service principal" */
  'appRoleAssignments.delete': {
    delegated: anyOf('AppRoleAssignment.ReadWrite.All'),
    application: anyOf('AppRoleAssignment.ReadWrite.All'),
    person: anyone,
  },
  /** "List appRoleAssignments granted for a service principal" */
  'appRoleAssignedTo.list': { delegated: applicationRead, application: applicationReadApp, person: mayReadDirectory },
  /** "Grant an appRoleAssignment for a service principal" */
  'appRoleAssignedTo.create': { delegated: roleAssignment, application: roleAssignment, person: anyone },
  /** "Delete appRoleAssignedTo" */
  'appRoleAssignedTo.delete': {
    delegated: anyOf('AppRoleAssignment.ReadWrite.All'),
    application: anyOf('AppRoleAssignment.ReadWrite.All'),
    person: anyone,
  },
  /** "List oAuth2PermissionGrants", "Get oAuth2PermissionGrant" */
  'oauth2PermissionGrant.read': { delegated: grantRead, application: grantRead, person: mayReadDirectory },
  /** "Create a delegated permission grant", "Update …", "Delete …" */
  'oauth2PermissionGrant.write': { delegated: grantWrite, application: grantWrite, person: anyone },
  /** "Get tenantAppManagementPolicy" */
  'defaultAppManagementPolicy.get': { delegated: anyOf(...policies), application: anyOf(...policies), person: mayReadPolicies },
  /** "List subscribedSkus" */
  'subscribedSku.list': { delegated: anyOf(...licences), application: anyOf(...licences), person: mayReadDirectory },
  /** "List appCredentialSignInActivities", "List servicePrincipalSignInActivities" (beta) */
  'credentialSignIns.list': { delegated: signInReports, application: signInReports, person: mayReadSignInReports },
  /** "List deletedItems (directory objects)" */
  'deletedItems.list': { delegated: applicationRead, application: applicationReadApp, person: mayManageDeletedItems },
  /** "Restore deleted item", "Permanently delete item" */
  'deletedItems.write': { delegated: applicationWrite, application: applicationWriteApp, person: mayManageDeletedItems },
  /** "Combine multiple HTTP requests using JSON batching": every request inside is validated on its own */
  batch: { delegated: [[]], application: [[]], person: anyone },
} as const satisfies Record<string, Permission>;

export type PermissionName = keyof typeof permissions;

/**
 * Is this token allowed to make this call at all?
 *
 * @throws Refusal 403 `Authorization_RequestDenied`
 */
export function requirePermission(name: PermissionName, bearer: Bearer, tenant: PracticeTenant): void {
  const row: Permission = permissions[name];
  const held = bearer.kind === 'delegated' ? bearer.scopes : bearer.roles;
  if (!row[bearer.kind].some((combination) => combination.every((permission) => held.includes(permission)))) throw denied();
  if (bearer.kind === 'delegated' && !row.person(bearer, tenant)) throw denied();
}
