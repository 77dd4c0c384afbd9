import {
  assignAppRole,
  createAppRoleAssignment,
  deleteAppRoleAssignment,
  listAppRoleAssignedTo,
  listAppRoleAssignments,
  unassignAppRole,
} from './app-role-assignments.ts';
import { createApplication, deleteApplication, getApplication, listApplications, updateApplication } from './applications.ts';
import type { Handler } from './call.ts';
import { listDeletedApplications, listDeletedServicePrincipals, purgeDeletedItem, restoreDeletedItem } from './deleted-items.ts';
import {
  createFederatedCredential,
  deleteFederatedCredential,
  getFederatedCredential,
  listFederatedCredentials,
} from './federated-credentials.ts';
import { addPassword, removePassword } from './passwords.ts';
import type { ObjectKey, Segment } from './path.ts';
import { getInbox, getMe, getUser, listOrganizations, listUsers } from './people.ts';
import { createGrant, deleteGrant, getGrant, listGrants, updateGrant } from './permission-grants.ts';
import type { PermissionName } from './permissions.ts';
import { listApplicationOwners, listServicePrincipalOwners } from './owners.ts';
import { getDefaultPolicy, listPoliciesOfApplication } from './policies.ts';
import type { QueryOption } from './query.ts';
import { notSimulated } from './refusal.ts';
import { listCredentialSignIns, listPrincipalSignIns } from './sign-in-reports.ts';
import { addKey, removeKey } from './roll-keys.ts';
import { listSubscribedSkus } from './subscribed-skus.ts';
import {
  createServicePrincipal,
  deleteServicePrincipal,
  getServicePrincipal,
  listServicePrincipals,
  updateServicePrincipal,
} from './service-principals.ts';

export type GraphVersion = 'v1.0' | 'beta';

export interface Route {
  readonly version: GraphVersion;
  readonly method: string;
  readonly path: string;
  readonly permission: PermissionName;
  readonly query: readonly QueryOption[];
  readonly answer: Handler;
}

const none: readonly QueryOption[] = [];
const one: readonly QueryOption[] = ['$select'];
const many: readonly QueryOption[] = ['$select', '$top', '$skiptoken'];
const filterable: readonly QueryOption[] = [...many, '$filter'];

const route = (method: string, path: string, permission: PermissionName, query: readonly QueryOption[], answer: Handler): Route => ({
  version: 'v1.0',
  method,
  path,
  permission,
  query,
  answer,
});

/** Every call that is simulated (Microsoft Graph v1.0 reference, and two of beta). */
export const routes: readonly Route[] = [
  route('GET', 'organization', 'organization.list', one, listOrganizations),
  route('GET', 'me', 'me.get', one, getMe),
  route('GET', 'users', 'user.list', many, listUsers),
  route('GET', 'users/{user}', 'user.get', one, getUser),
  route('GET', 'users/{user}/mailFolders/inbox', 'mailFolder.get', one, getInbox),
  route('GET', 'applications', 'application.read', filterable, listApplications),
  route('POST', 'applications', 'application.create', none, createApplication),
  route('GET', 'applications/{application}', 'application.read', one, getApplication),
  route('PATCH', 'applications/{application}', 'application.write', none, updateApplication),
  route('DELETE', 'applications/{application}', 'application.write', none, deleteApplication),
  route('POST', 'applications/{application}/addPassword', 'application.write', none, addPassword),
  route('POST', 'applications/{application}/removePassword', 'application.write', none, removePassword),
  route('GET', 'applications/{application}/federatedIdentityCredentials', 'application.read', many, listFederatedCredentials),
  route('POST', 'applications/{application}/federatedIdentityCredentials', 'application.write', none, createFederatedCredential),
  route('GET', 'applications/{application}/federatedIdentityCredentials/{credential}', 'application.read', one, getFederatedCredential),
  route(
    'DELETE',
    'applications/{application}/federatedIdentityCredentials/{credential}',
    'application.write',
    none,
    deleteFederatedCredential,
  ),
  route('POST', 'applications/{application}/addKey', 'application.rollKeys', none, addKey),
  route('POST', 'applications/{application}/removeKey', 'application.rollKeys', none, removeKey),
  route('GET', 'applications/{application}/appManagementPolicies', 'application.policies', many, listPoliciesOfApplication),
  route('GET', 'servicePrincipals', 'servicePrincipal.read', filterable, listServicePrincipals),
  route('POST', 'servicePrincipals', 'servicePrincipal.write', none, createServicePrincipal),
  route('GET', 'servicePrincipals/{servicePrincipal}', 'servicePrincipal.read', one, getServicePrincipal),
  route('PATCH', 'servicePrincipals/{servicePrincipal}', 'servicePrincipal.write', none, updateServicePrincipal),
  route('DELETE', 'servicePrincipals/{servicePrincipal}', 'servicePrincipal.write', none, deleteServicePrincipal),
  route('GET', 'servicePrincipals/{servicePrincipal}/appRoleAssignments', 'appRoleAssignments.list', many, listAppRoleAssignments),
  route('POST', 'servicePrincipals/{servicePrincipal}/appRoleAssignments', 'appRoleAssignments.create', none, assignAppRole),
  route(
    'DELETE',
    'servicePrincipals/{servicePrincipal}/appRoleAssignments/{assignment}',
    'appRoleAssignments.delete',
    none,
    unassignAppRole,
  ),
  route('GET', 'servicePrincipals/{servicePrincipal}/appRoleAssignedTo', 'appRoleAssignedTo.list', many, listAppRoleAssignedTo),
  route('POST', 'servicePrincipals/{servicePrincipal}/appRoleAssignedTo', 'appRoleAssignedTo.create', none, createAppRoleAssignment),
  route(
    'DELETE',
    'servicePrincipals/{servicePrincipal}/appRoleAssignedTo/{assignment}',
    'appRoleAssignedTo.delete',
    none,
    deleteAppRoleAssignment,
  ),
  route('GET', 'oauth2PermissionGrants', 'oauth2PermissionGrant.read', filterable, listGrants),
  route('POST', 'oauth2PermissionGrants', 'oauth2PermissionGrant.write', none, createGrant),
  route('GET', 'oauth2PermissionGrants/{grant}', 'oauth2PermissionGrant.read', one, getGrant),
  route('PATCH', 'oauth2PermissionGrants/{grant}', 'oauth2PermissionGrant.write', none, updateGrant),
  route('DELETE', 'oauth2PermissionGrants/{grant}', 'oauth2PermissionGrant.write', none, deleteGrant),
  route('GET', 'applications/{application}/owners', 'application.read', one, listApplicationOwners),
  route('GET', 'servicePrincipals/{servicePrincipal}/owners', 'servicePrincipal.read', one, listServicePrincipalOwners),
  route('GET', 'subscribedSkus', 'subscribedSku.list', one, listSubscribedSkus),
  route('GET', 'policies/defaultAppManagementPolicy', 'defaultAppManagementPolicy.get', none, getDefaultPolicy),
  route('GET', 'directory/deletedItems/microsoft.graph.application', 'deletedItems.list', filterable, listDeletedApplications),
  route('GET', 'directory/deletedItems/microsoft.graph.servicePrincipal', 'deletedItems.list', filterable, listDeletedServicePrincipals),
  route('DELETE', 'directory/deletedItems/{item}', 'deletedItems.write', none, purgeDeletedItem),
  route('POST', 'directory/deletedItems/{item}/restore', 'deletedItems.write', none, restoreDeletedItem),
  {
    ...route('GET', 'reports/appCredentialSignInActivities', 'credentialSignIns.list', filterable, listCredentialSignIns),
    version: 'beta',
  },
  {
    ...route('GET', 'reports/servicePrincipalSignInActivities', 'credentialSignIns.list', filterable, listPrincipalSignIns),
    version: 'beta',
  },
];

export interface Match {
  readonly route: Route;
  readonly keys: Readonly<Record<string, ObjectKey>>;
}

/**
 * The route of a request (OData URL Conventions).
 *
 * @throws Refusal 501 for a path or a method that is not simulated: Graph may have it
 */
export function routeOf(version: GraphVersion, method: string, segments: readonly Segment[]): Match {
  const offered = routes.filter((candidate) => candidate.version === version);
  const found = offered.flatMap((candidate) => {
    const keys = keysOf(candidate.path.split('/'), segments);
    return keys ? [{ route: candidate, keys }] : [];
  });
  const match = found.find((candidate) => candidate.route.method === method);
  if (match) return match;
  throw notSimulated(`${method} /${version}/${pathOf(segments)}`);
}

const isKey = (piece: string) => piece.startsWith('{');

function fits(piece: string | undefined, segment: Segment): boolean {
  if (piece === undefined) return false;
  if (isKey(piece)) return true;
  return typeof segment === 'string' && piece.toLowerCase() === segment.toLowerCase();
}

function keysOf(pieces: readonly string[], segments: readonly Segment[]): Record<string, ObjectKey> | undefined {
  if (pieces.length !== segments.length || !segments.every((segment, index) => fits(pieces[index], segment))) return undefined;
  return Object.fromEntries(
    pieces.flatMap((piece, index) => {
      const segment = segments[index];
      if (!isKey(piece) || segment === undefined) return [];
      return [[piece.slice(1, -1), typeof segment === 'string' ? { name: 'id', value: segment } : segment]];
    }),
  );
}

/** The path as it would be written, keys in parentheses again. */
const pathOf = (segments: readonly Segment[]): string =>
  segments.reduce<string>(
    (path, segment) =>
      typeof segment === 'string' ? `${path}${path === '' ? '' : '/'}${segment}` : `${path}(${segment.name}='${segment.value}')`,
    '',
  );
