import { customRole } from './directory-roles.ts';
import { directoryRoles } from './graph/roles.ts';
import type { PracticeAccount } from './world.ts';

type Person = Omit<PracticeAccount, 'upn' | 'objectId'> & { readonly local: string; readonly external?: true };

const global = [directoryRoles.globalAdministrator];

/**
 * The people of every practice tenant. Those with a trait are administrators otherwise, so that nothing but the trait
 * stands in their way.
 */
const people: readonly Person[] = [
  { local: 'admin', displayName: 'Adele Vance', role: 'Global Administrator', wids: global, trait: 'none' },
  {
    local: 'privileged.roles',
    displayName: 'Pradeep Gupta',
    role: 'Privileged Role Administrator',
    wids: [directoryRoles.privilegedRoleAdministrator],
    trait: 'none',
  },
  {
    local: 'cloud.applications',
    displayName: 'Christie Cline',
    role: 'Cloud Application Administrator',
    wids: [directoryRoles.cloudApplicationAdministrator],
    trait: 'none',
  },
  { local: 'custom.role', displayName: 'Isaiah Langer', role: 'Custom role', wids: [customRole], trait: 'none' },
  { local: 'user', displayName: 'Alex Wilber', role: 'Ordinary user', wids: [], trait: 'none' },
  { local: 'guest', displayName: 'Grady Archie', role: 'Guest', wids: global, trait: 'guest', external: true },
  {
    local: 'technician',
    displayName: 'Lidia Holloway',
    role: 'GDAP partner',
    wids: [directoryRoles.cloudApplicationAdministrator, directoryRoles.privilegedRoleAdministrator],
    trait: 'gdap',
    external: true,
  },
  { local: 'blocked', displayName: 'Nestor Wilke', role: 'Blocked by Conditional Access', wids: global, trait: 'blocked' },
  { local: 'declines', displayName: 'Diego Siciliani', role: 'Declines consent', wids: global, trait: 'declines-consent' },
  { local: 'mfa', displayName: 'Miriam Graham', role: 'Needs multi-factor authentication', wids: global, trait: 'needs-mfa' },
];

/** Where the guests and partners of all practice tenants are at home. Reserved domain (RFC 6761): nobody's real one. */
export const partnerDomain = 'tailspin.example';

/** One account per kind of administrator for a tenant with this default domain. */
export function accountsOf(domain: string, newId: () => string): PracticeAccount[] {
  return people.map(({ local, external, ...person }) => ({
    ...person,
    upn: `${local}@${external === true ? partnerDomain : domain}`,
    objectId: newId(),
  }));
}

/** The same guests and partners in their own directory, where they are ordinary users. */
export function partnerAccounts(newId: () => string): PracticeAccount[] {
  return people
    .filter(({ external }) => external === true)
    .map(({ local, displayName }) => ({
      upn: `${local}@${partnerDomain}`,
      objectId: newId(),
      displayName,
      role: 'Ordinary user',
      wids: [],
      trait: 'none',
    }));
}

/** True for people whose home is another directory than the one they are listed in. */
export const isExternal = (account: PracticeAccount): boolean => account.trait === 'guest' || account.trait === 'gdap';
