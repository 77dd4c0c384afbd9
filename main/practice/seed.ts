import { accountsOf, partnerAccounts, partnerDomain } from './accounts.ts';
import { seedLivedIn } from './graph/seed-lived-in.ts';
import { seedDirectory } from './graph/seed.ts';
import type { PracticeAccount, PracticeState, PracticeTenant } from './world.ts';

/** Microsoft's fictitious companies; after the last one they are numbered. */
const companies = [
  'Contoso',
  'Fabrikam',
  'Adatum',
  'Litware',
  'Northwind',
  'Proseware',
  'Fourth Coffee',
  'Woodgrove',
  'Wingtip',
  'Trey Research',
];

function nameOf(index: number): string {
  const company = companies[index % companies.length] ?? 'Contoso';
  return index < companies.length ? company : `${company} ${Math.floor(index / companies.length) + 1}`;
}

interface Seed {
  readonly displayName: string;
  readonly domain: string;
  readonly accounts: PracticeAccount[];
  readonly principals: number;
  readonly newId: () => string;
}

function seedTenant({ displayName, domain, accounts, principals, newId }: Seed): PracticeTenant {
  const tenant: PracticeTenant = {
    id: newId(),
    displayName,
    // Names below .example belong to nobody (RFC 6761): no practice address can ever reach a real tenant.
    domains: [domain, domain.replace(/\.example$/, '.onmicrosoft.example')],
    accounts,
    users: [],
    applications: [],
    servicePrincipals: [],
    deletedApplications: [],
    deletedServicePrincipals: [],
    appRoleAssignments: [],
    oauth2PermissionGrants: [],
    defaultAppManagementPolicy: {
      id: '00000000-0000-0000-0000-000000000000',
      isEnabled: false,
      applicationRestrictions: { keyCredentials: [] },
    },
    applicationPolicies: {},
    consents: {},
  };
  seedDirectory(tenant, { principals, newId });
  return tenant;
}

export interface SeedOptions {
  readonly tenants: number;
  /** Further service principals in every tenant, beside Microsoft's own. */
  readonly principals: number;
  /** The first tenant has an application that was in use for years (`seedLivedIn`). */
  readonly livedIn?: boolean;
  readonly newId: () => string;
}

/** A fresh practice world, the same for the same stream of ids. */
export function seedState({ tenants, principals, livedIn = false, newId }: SeedOptions): PracticeState {
  return {
    version: 1,
    tenants: Array.from({ length: tenants }, (_, index) => {
      const displayName = nameOf(index);
      const domain = `${displayName.toLowerCase().replaceAll(' ', '-')}.example`;
      const tenant = seedTenant({ displayName, domain, accounts: accountsOf(domain, newId), principals, newId });
      if (livedIn && index === 0) seedLivedIn(tenant, newId);
      return tenant;
    }),
    replicatedAt: {},
    inTokensAt: {},
  };
}

/** The directory where guests and partners land who sign in without naming the customer's tenant. Not part of the state. */
export function seedPartnerTenant(newId: () => string): PracticeTenant {
  return seedTenant({ displayName: 'Tailspin Partners', domain: partnerDomain, accounts: partnerAccounts(newId), principals: 0, newId });
}
