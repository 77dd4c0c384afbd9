import { resourceAppIds } from '../../clouds/index.ts';
import { defaultServer } from '../../servers/index.ts';
import type { PracticeTenant, StoredApplication, StoredServicePrincipal } from '../world.ts';
import { newApplication } from './application-type.ts';
import { microsoftPrincipal } from './microsoft-resources.ts';
import { delegatedGrantId } from './permission-grants.ts';
import { servicePrincipalFor } from './service-principal-type.ts';

/** More than a page of either ("Paging Microsoft Graph data in your app": 100). */
const many = 150;

/** The application is called as a new one is called where nobody says otherwise. */
export const livedInName = defaultServer().application;

/** As the portal and other products leave it: keys of other usage, secrets, and a federated credential. */
function foreignCredentials(newId: () => string): Partial<StoredApplication> {
  const times = { startDateTime: '2024-02-01T00:00:00Z', endDateTime: '2034-02-01T00:00:00Z' };
  const key = (usage: string, type: string, displayName: string) => ({
    ...times,
    customKeyIdentifier: null,
    displayName,
    key: null,
    keyId: newId(),
    type,
    usage,
  });
  const secret = (displayName: string) => ({
    ...times,
    customKeyIdentifier: null,
    displayName,
    hint: 'abc',
    keyId: newId(),
    secretText: newId(),
  });
  return {
    keyCredentials: [key('Sign', 'X509CertAndPassword', 'CN=SAML signing'), key('Verify', 'Symmetric', 'Backup agent')],
    passwordCredentials: [secret('Created in the portal'), secret('Backup agent')],
    federatedIdentityCredentials: [
      {
        id: newId(),
        audiences: ['api://AzureADTokenExchange'],
        description: null,
        issuer: 'https://token.actions.example',
        name: 'pipeline',
        subject: 'repo:contoso/archive',
      },
    ],
  };
}

/** An API of the house with more roles than fit on a page. */
function manyRoles(newId: () => string): StoredServicePrincipal {
  const appRoles = Array.from({ length: many }, (_, index) => {
    const value = `Archive.Folder${index + 1}.Read`;
    return { allowedMemberTypes: ['Application'], description: value, displayName: value, id: newId(), isEnabled: true, value };
  });
  return { ...microsoftPrincipal(newId(), 'House API', newId), appRoles };
}

function user(index: number, domain: string, id: string): PracticeTenant['users'][number] {
  const upn = `person${String(index + 1).padStart(3, '0')}@${domain}`;
  return {
    id,
    displayName: `Person ${index + 1}`,
    userPrincipalName: upn,
    mail: upn,
    userType: 'Member',
    accountEnabled: true,
    businessPhones: [],
  };
}

/**
 * Somebody registered an application by hand years ago and 150 people have signed in with it since: one grant by each
 * ("oAuth2PermissionGrant resource type", consentType Principal), 150 roles, and foreign credentials, all ahead of whatever
 * comes now.
 */
export function seedLivedIn(tenant: PracticeTenant, newId: () => string): void {
  const made = newApplication({
    id: newId(),
    appId: newId(),
    uniqueName: null,
    createdDateTime: '2024-02-01T09:00:00Z',
    publisherDomain: tenant.domains[0] ?? null,
  });
  const application: StoredApplication = { ...made, displayName: livedInName, ...foreignCredentials(newId) };
  const principal = servicePrincipalFor(application, tenant, newId());
  const api = manyRoles(newId);
  const people = Array.from({ length: many }, (_, index) => user(index, tenant.domains[0] ?? 'practice.example', newId()));
  const graph = tenant.servicePrincipals.find(({ appId }) => appId === resourceAppIds.graph);
  tenant.applications.push(application);
  tenant.servicePrincipals.push(api, principal);
  tenant.users.push(...people);
  for (const { id: principalId } of graph === undefined ? [] : people) {
    const [clientId, resourceId] = [principal.id, graph?.id ?? ''];
    const id = delegatedGrantId(clientId, resourceId, principalId);
    tenant.oauth2PermissionGrants.push({
      id,
      clientId,
      consentType: 'Principal',
      principalId,
      resourceId,
      scope: 'openid profile User.Read',
    });
  }
  for (const { id: appRoleId } of api.appRoles ?? []) {
    tenant.appRoleAssignments.push({
      id: Buffer.from(`${principal.id}${newId()}`.replaceAll('-', ''), 'hex').toString('base64url'),
      appRoleId: appRoleId ?? '',
      createdDateTime: '2024-02-01T09:00:00Z',
      principalDisplayName: livedInName,
      principalId: principal.id,
      principalType: 'ServicePrincipal',
      resourceDisplayName: 'House API',
      resourceId: api.id,
    });
  }
}
