import type { PlannedChange } from '../../../main/registration/change.ts';
import type { Desired } from '../../../main/registration/desired.ts';
import type { Observed, ObservedApplication, ObservedServicePrincipal } from '../../../main/registration/observed.ts';
import { planRegistration } from '../../../main/registration/plan/index.ts';
import { at, desired, exchangeResource, graphResource, noLimit, ourKey } from './generated-tenant.ts';

export const application: ObservedApplication = {
  objectId: '30000000-0000-4000-8000-000000000001',
  clientId: '30000000-0000-4000-8000-000000000002',
  displayName: 'MailStore Server',
  uniqueName: 'tenant-keyring-1',
  signInAudience: 'AzureADMyOrg',
  createdDateTime: '2026-01-01T00:00:00Z',
  isFallbackPublicClient: false,
  redirectUris: [desired.redirectUri ?? ''],
  spaRedirectUris: [],
  publicClientRedirectUris: [],
  idTokens: true,
  accessTokens: false,
  logoutUrl: null,
  required: [
    {
      resourceAppId: graphResource.appId,
      resourceAccess: [
        { id: graphResource.scopes['User.Read'] ?? '', type: 'Scope' },
        { id: graphResource.roles['Directory.Read.All'] ?? '', type: 'Role' },
      ],
    },
    { resourceAppId: exchangeResource.appId, resourceAccess: [{ id: exchangeResource.roles['full_access_as_app'] ?? '', type: 'Role' }] },
  ],
  keyCredentials: [ourKey],
};

export const servicePrincipal: ObservedServicePrincipal = { id: 'sp', accountEnabled: true, assignmentRequired: false };

export const directoryGrant = {
  id: 'g1',
  appRoleId: graphResource.roles['Directory.Read.All'] ?? '',
  principalId: 'sp',
  resourceId: graphResource.servicePrincipalId,
};
export const exchangeGrant = {
  id: 'g2',
  appRoleId: exchangeResource.roles['full_access_as_app'] ?? '',
  principalId: 'sp',
  resourceId: exchangeResource.servicePrincipalId,
};
export const signInGrant = {
  id: 'd1',
  clientId: 'sp',
  resourceId: graphResource.servicePrincipalId,
  consentType: 'AllPrincipals',
  scope: 'openid profile email User.Read',
};

/** A tenant in which the credential is connected: there is nothing to do and nothing to tell. */
export const connected: Observed = {
  at,
  tenant: { id: 't', displayName: 'Contoso', defaultDomain: 'contoso.example', domains: ['contoso.example'] },
  application,
  deletedApplication: null,
  sameName: [],
  servicePrincipal,
  roleGrants: [directoryGrant, exchangeGrant],
  delegatedGrants: [signInGrant],
  resources: { [graphResource.appId]: graphResource, [exchangeResource.appId]: exchangeResource },
  policy: noLimit,
};

/** The same with something else about its application. */
export const withApplication = (changes: Partial<ObservedApplication>): Observed => ({
  ...connected,
  application: { ...application, ...changes },
});

/** The plan for the connected tenant with something else in it. */
export const planned = (tenant: Partial<Observed>, wish: Partial<Desired> = {}) =>
  planRegistration({ ...desired, ...wish }, { ...connected, ...tenant });

/** What is planned, without what it is planned for. */
export const changesIn = (tenant: Partial<Observed>, wish: Partial<Desired> = {}): readonly PlannedChange[] =>
  planned(tenant, wish).changes;
