import { resourceAppIds } from '../../clouds/index.ts';
import type { StoredServicePrincipal } from '../world.ts';

/** Home tenant of Microsoft's own services. */
const microsoftServices = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

/** "Microsoft Graph permissions reference": application permissions by value. */
const graphRoles = {
  'AuditLog.Read.All': 'b0afded3-3588-46d8-8b3d-9842eff778da',
  'AppRoleAssignment.ReadWrite.All': '06b708a9-e830-4db3-a914-8e69da51d44f',
  'Application.Read.All': '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
  'Application.ReadWrite.OwnedBy': '18a4783c-866b-4cc7-a460-3d5e5662c884',
  'Calendars.Read': '798ee544-9d2d-430c-a058-570e29e34338',
  'Calendars.ReadWrite': 'ef54d2bf-783f-4e0f-bca1-3210c0444d99',
  'Contacts.Read': '089fe4d0-434a-44c5-8827-41ba8a0b17f5',
  'Contacts.ReadWrite': '6918b873-d17a-4dc1-b314-35f528134491',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  'Directory.ReadWrite.All': '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
  'Domain.Read.All': 'dbb9058a-0e50-45d7-ae91-66909b5d4664',
  'Group.Read.All': '5b567255-7703-4780-807c-7be8301ae99b',
  'GroupMember.Read.All': '98830695-27a2-44f7-8c18-0c3ebc9698f6',
  'Mail.Read': '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
  'Mail.ReadBasic': '6be147d2-ea4f-4b5a-a3fa-3eab6f3c140a',
  'Mail.ReadBasic.All': '693c5e45-0940-467d-9b8a-1022fb9d42ef',
  'Mail.ReadWrite': 'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
  'Mail.Send': 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
  'MailboxFolder.Read.All': '99280d24-a782-4793-93cc-0888549957f6',
  'MailboxFolder.ReadWrite.All': 'fef87b92-8391-4589-9da7-eb93dab7dc8a',
  'MailboxItem.ImportExport.All': '76577085-e73d-4f1d-b26a-85fb33892327',
  'MailboxItem.Read.All': '7d9f353d-a7bd-4fbb-822a-26d5dd39a3ce',
  'MailboxSettings.Read': '40f97065-369a-49f4-947c-6a255697ae91',
  'MailboxSettings.ReadWrite': '6931bccd-447a-43d1-b442-00a195474933',
  'Organization.Read.All': '498476ce-e0fe-48b0-b801-37ba7e2685c6',
  'Policy.Read.All': '246dd0d5-5bd0-4def-940b-0421030a5b68',
  'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
  'User.ReadBasic.All': '97235f07-e226-4f63-ace3-39588e11d3a1',
};

/** "Microsoft Graph permissions reference": delegated permissions by value. */
const graphScopes = {
  'AuditLog.Read.All': 'e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20',
  'AppRoleAssignment.ReadWrite.All': '84bccea3-f856-4a8a-967b-dbe0a3d53a64',
  'Application.Read.All': 'c79f8feb-a9db-4090-85f9-90d820caa0eb',
  'Application.ReadWrite.All': 'bdfbf15f-ee85-4955-8675-146e8e5296b5',
  'DelegatedPermissionGrant.ReadWrite.All': '41ce6ca6-6826-4807-84f1-1c82854f7ee5',
  'Directory.Read.All': '06da0dbc-49e2-44d2-8312-53f166ab848a',
  'Directory.ReadWrite.All': 'c5366453-9fb0-48a5-a156-24f0c49a4b84',
  'Organization.Read.All': '4908d5b9-3fb2-4b1e-9336-1888b7937185',
  'Policy.Read.All': '572fea84-0151-49b2-9301-11cb16974376',
  'RoleManagement.Read.Directory': '741c54c3-0c1e-44a1-818b-3f97ab4e8c83',
  'User.Read': 'e1fe6dd8-ba31-4d61-89e7-88639da4683d',
  'User.Read.All': 'a154be20-db9c-4678-8ab7-66f6cc099a59',
  email: '64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0',
  offline_access: '7427e0e9-2fba-42fe-b0c0-848c9e6a8182',
  openid: '37f7f235-527c-4136-accd-4a02d197296e',
  profile: '14dad69e-099b-42c9-810b-d002981feec1',
};

/** Application permissions of Office 365 Exchange Online. Some carry names, and even ids, that Microsoft Graph uses too. */
const exchangeRoles = {
  'Contacts.Read': '089fe4d0-434a-44c5-8827-41ba8a0b17f5',
  'Contacts.ReadWrite': '6918b873-d17a-4dc1-b314-35f528134491',
  'Exchange.ManageAsApp': 'dc50a0fb-09a3-484d-be87-e023b12c6440',
  'IMAP.AccessAsApp': '5e5addcd-3e8d-4e90-baf5-964efab2b20a',
  'Mail.Read': '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
  'Mail.ReadWrite': 'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
  'MailboxSettings.Read': 'd45fa9f8-36e5-4cd2-b601-b063c7cf9ac2',
  'POP.AccessAsApp': 'cb842b43-da6e-4506-86fe-bb12199c656d',
  'SMTP.SendAsApp': '7146a1f0-8703-45b3-9eae-527a64c00995',
  full_access_as_app: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40',
};

const exchangeScopes = { 'EWS.AccessAsUser.All': '3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5' };

interface MicrosoftResource {
  readonly displayName: string;
  readonly names: readonly string[];
  readonly roles: Readonly<Record<string, string>>;
  readonly scopes: Readonly<Record<string, string>>;
}

const resources: Readonly<Record<string, MicrosoftResource>> = {
  [resourceAppIds.graph]: {
    displayName: 'Microsoft Graph',
    names: ['https://graph.microsoft.com'],
    roles: graphRoles,
    scopes: graphScopes,
  },
  [resourceAppIds.exchange]: {
    displayName: 'Office 365 Exchange Online',
    names: ['https://outlook.office365.com'],
    roles: exchangeRoles,
    scopes: exchangeScopes,
  },
};

/** The service principal that a tenant gets of a Microsoft resource; undefined for any other app id. */
export function microsoftResource(appId: string, newId: () => string): StoredServicePrincipal | undefined {
  const resource = resources[appId];
  if (!resource) return undefined;
  const { displayName, names, roles, scopes } = resource;
  return {
    ...microsoftPrincipal(appId, displayName, newId),
    servicePrincipalNames: [appId, ...names],
    appRoles: Object.entries(roles).map(([value, id]) => ({
      allowedMemberTypes: ['Application'],
      description: value,
      displayName: value,
      id,
      isEnabled: true,
      origin: 'Application',
      value,
    })),
    oauth2PermissionScopes: Object.entries(scopes).map(([value, id]) => ({
      adminConsentDescription: value,
      adminConsentDisplayName: value,
      id,
      isEnabled: true,
      type: value === 'User.Read' || !value.includes('.') ? 'User' : 'Admin',
      userConsentDescription: value,
      userConsentDisplayName: value,
      value,
    })),
  };
}

/** A service principal whose application lives in Microsoft's own tenant. */
export function microsoftPrincipal(appId: string, displayName: string, newId: () => string): StoredServicePrincipal {
  return {
    id: newId(),
    appId,
    appOwnerOrganizationId: microsoftServices,
    displayName,
    appDisplayName: displayName,
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    servicePrincipalType: 'Application',
    servicePrincipalNames: [appId],
    signInAudience: 'AzureADMultipleOrgs',
    tags: [],
    appRoles: [],
    oauth2PermissionScopes: [],
    keyCredentials: [],
    passwordCredentials: [],
    replyUrls: [],
  };
}
