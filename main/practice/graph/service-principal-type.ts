import type { PracticeTenant, StoredApplication, StoredServicePrincipal } from '../world.ts';
import type { Presentation } from './answer.ts';
import type { ComplexShape } from './shape.ts';

/** Writable properties (Microsoft Graph v1.0, "Update servicePrincipal"). */
export const servicePrincipalShape = {
  accountEnabled: 'flag',
  alternativeNames: ['text'],
  appRoleAssignmentRequired: 'flag',
  description: 'text',
  homepage: 'text',
  loginUrl: 'text',
  logoutUrl: 'text',
  notes: 'text',
  notificationEmailAddresses: ['text'],
  preferredSingleSignOnMode: 'text',
  preferredTokenSigningKeyThumbprint: 'text',
  tags: ['text'],
} as const satisfies ComplexShape;

const readOnly = [
  'id',
  'appDescription',
  'appDisplayName',
  'appId',
  'appOwnerOrganizationId',
  'appRoles',
  'applicationTemplateId',
  'deletedDateTime',
  'disabledByMicrosoftStatus',
  'displayName',
  'keyCredentials',
  'oauth2PermissionScopes',
  'passwordCredentials',
  'replyUrls',
  'servicePrincipalNames',
  'servicePrincipalType',
  'signInAudience',
  'tokenEncryptionKeyId',
  'verifiedPublisher',
];

const none = {
  accountEnabled: true,
  alternativeNames: [],
  appRoleAssignmentRequired: false,
  appRoles: [],
  keyCredentials: [],
  notificationEmailAddresses: [],
  oauth2PermissionScopes: [],
  passwordCredentials: [],
  replyUrls: [],
  servicePrincipalNames: [],
  servicePrincipalType: 'Application',
  tags: [],
};

export const servicePrincipals: Presentation<StoredServicePrincipal> = {
  type: 'servicePrincipal',
  set: 'servicePrincipals',
  properties: [...readOnly, ...Object.keys(servicePrincipalShape)],
  present: (principal) => ({ ...none, ...principal }),
};

function copied(application: StoredApplication): Partial<StoredServicePrincipal> {
  const { web, spa, publicClient } = application;
  return {
    appDisplayName: application.displayName ?? null,
    displayName: application.displayName ?? null,
    replyUrls: [web, spa, publicClient].flatMap((platform) => platform?.redirectUris ?? []),
    servicePrincipalNames: [application.appId, ...(application.identifierUris ?? [])],
    signInAudience: application.signInAudience ?? null,
    appRoles: structuredClone(application.appRoles ?? []),
    oauth2PermissionScopes: structuredClone(application.api?.oauth2PermissionScopes ?? []),
  };
}

/** The local representation of an application (Microsoft Entra, "Application and service principal objects"). */
export function servicePrincipalFor(application: StoredApplication, tenant: PracticeTenant, id: string): StoredServicePrincipal {
  return { ...structuredClone(none), id, appId: application.appId, appOwnerOrganizationId: tenant.id, ...copied(application) };
}

/** In the home tenant, changes of the application show on its service principal (as `servicePrincipalFor`). */
export function reflectOnServicePrincipal(tenant: PracticeTenant, application: StoredApplication): void {
  tenant.servicePrincipals = tenant.servicePrincipals.map((principal) =>
    principal.appId === application.appId ? { ...principal, ...copied(application) } : principal,
  );
}
