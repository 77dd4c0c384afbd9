import { resourceAppIds } from '../../clouds/index.ts';
import type { PracticeAccount, PracticeTenant } from '../world.ts';
import { microsoftPrincipal, microsoftResource } from './microsoft-resources.ts';

/** Microsoft Graph Command Line Tools, the public client that signs in by default. */
const signInClient = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

export interface DirectorySeed {
  /** Further service principals beside Microsoft Graph, Exchange Online and the sign-in client. */
  readonly principals: number;
  readonly newId: () => string;
}

/**
 * Fills a new tenant: domains where none are given, a user for every account that has one, mailbox users, the service
 * principals of Microsoft Graph, Office 365 Exchange Online and the sign-in client, and the default app-management policy,
 * which is there but disabled, as in a tenant where nobody configured it.
 */
export function seedDirectory(tenant: PracticeTenant, { principals, newId }: DirectorySeed): void {
  if (tenant.domains.length === 0) tenant.domains.push(...domainsOf(tenant.displayName));
  tenant.defaultAppManagementPolicy = {
    id: '00000000-0000-0000-0000-000000000000',
    isEnabled: false,
    applicationRestrictions: { keyCredentials: [] },
  };
  for (const account of tenant.accounts) if (account.trait !== 'gdap') tenant.users.push(userOf(account));
  for (const name of ['Journal Mailbox', 'Test Mailbox', 'Sales', 'Support']) tenant.users.push(mailboxOf(name, tenant, newId()));
  for (const appId of Object.values(resourceAppIds)) {
    const resource = microsoftResource(appId, newId);
    if (resource) tenant.servicePrincipals.push(resource);
  }
  const client = microsoftPrincipal(signInClient, 'Microsoft Graph Command Line Tools', newId);
  tenant.servicePrincipals.push({ ...client, replyUrls: ['http://localhost'] });
  for (let number = 1; number <= principals; number += 1)
    tenant.servicePrincipals.push(microsoftPrincipal(newId(), `Business Application ${String(number).padStart(4, '0')}`, newId));
}

function domainsOf(displayName: string): string[] {
  const name = displayName.toLowerCase().replace(/[^a-z0-9]+/g, '') || 'practice';
  return [`${name}.example`, `${name}.onmicrosoft.example`];
}

function userOf({ objectId, displayName, upn, trait }: PracticeAccount): PracticeTenant['users'][number] {
  const guest = trait === 'guest';
  return {
    id: objectId,
    displayName,
    userPrincipalName: upn,
    mail: guest ? null : upn,
    userType: guest ? 'Guest' : 'Member',
    accountEnabled: true,
    businessPhones: [],
  };
}

function mailboxOf(displayName: string, tenant: PracticeTenant, id: string): PracticeTenant['users'][number] {
  const upn = `${displayName.toLowerCase().replaceAll(' ', '.')}@${tenant.domains[0] ?? 'practice.example'}`;
  return { id, displayName, userPrincipalName: upn, mail: upn, userType: 'Member', accountEnabled: true, businessPhones: [] };
}
