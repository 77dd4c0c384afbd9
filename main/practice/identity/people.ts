import { createHash } from 'node:crypto';
import { isExternal } from '../accounts.ts';
import type { PracticeAccount, PracticeTenant } from '../world.ts';
import type { Client } from './clients.ts';
import { personRefusals } from './person-refusals.ts';
import { directoriesOf, type Realm } from './realm.ts';

/** One person in the directory that the sign-in is for. */
export interface Person {
  readonly tenant: PracticeTenant;
  readonly account: PracticeAccount;
}

const same = (upn: string) => (account: PracticeAccount) => account.upn.toLowerCase() === upn.trim().toLowerCase();

export const accountIn = (tenant: PracticeTenant, upn: string): PracticeAccount | undefined => tenant.accounts.find(same(upn));

/** Where this person belongs; guests and partners land there when no tenant is named. */
function homeOf(upn: string, realm: Realm): Person | undefined {
  for (const tenant of directoriesOf(realm)) {
    const account = accountIn(tenant, upn);
    if (account !== undefined && !isExternal(account)) return { tenant, account };
  }
  return undefined;
}

/**
 * Who signs in, and where: in the tenant of the authority, or at home for `organizations`. Refuses with 50034 (nobody)
 * and 50020 (somebody of another directory).
 */
export function findPerson(upn: string, tenant: PracticeTenant | null, client: Client, realm: Realm): Person {
  const home = homeOf(upn, realm);
  if (tenant === null) {
    if (home === undefined) throw personRefusals.accountUnknown('organizations');
    return home;
  }
  const account = accountIn(tenant, upn);
  if (account !== undefined) return { tenant, account };
  throw home === undefined
    ? personRefusals.accountUnknown(tenant.displayName)
    : personRefusals.accountElsewhere(home.tenant, tenant, client);
}

/** The accounts that the chooser shows. */
export function accountsAt(tenant: PracticeTenant | null, realm: Realm): PracticeAccount[] {
  if (tenant !== null) return tenant.accounts;
  return directoriesOf(realm).flatMap(({ accounts }) => accounts.filter((account) => !isExternal(account)));
}

/** Who signs in when nobody says who. */
export const usualAccount = ({ world }: Realm): string => world.state.tenants[0]?.accounts[0]?.upn ?? '';

/** 50105: "Assignment required" is on, and this person was not assigned. */
export function checkAssigned({ tenant, account }: Person, client: Client): void {
  const principal = tenant.servicePrincipals.find(({ appId }) => appId === client.appId);
  if (principal?.appRoleAssignmentRequired !== true) return;
  const assigned = tenant.appRoleAssignments.some(
    ({ principalId, resourceId }) => principalId === account.objectId && resourceId === principal.id,
  );
  if (!assigned) throw personRefusals.notAssigned(client);
}

/** Conditional Access: 53003 blocks, 50076 asks for multi-factor authentication until a claims request was answered. */
export function checkAccess({ account }: Person, multiFactor: boolean): void {
  if (account.trait === 'blocked') throw personRefusals.blocked();
  if (account.trait === 'needs-mfa' && !multiFactor) throw personRefusals.multiFactorNeeded();
}

/** True when a `claims` parameter answers the challenge of the multi-factor policy. */
export function asksMultiFactor(claims: string | null | undefined): boolean {
  if (claims === null || claims === undefined || claims === '') return false;
  try {
    const wanted: unknown = JSON.parse(claims);
    const access: unknown = typeof wanted === 'object' && wanted !== null && 'access_token' in wanted ? wanted.access_token : null;
    return typeof access === 'object' && access !== null && ('capolids' in access || 'acrs' in access);
  } catch {
    return false;
  }
}

/** `uid` and `utid` of `client_info`: the person at home, whatever tenant the token is for. */
export function homeIdentity(person: Person, realm: Realm): { readonly uid: string; readonly utid: string } {
  if (!isExternal(person.account)) return { uid: person.account.objectId, utid: person.tenant.id };
  const uid = homeOf(person.account.upn, realm)?.account.objectId ?? guidOf(person.account.upn);
  return { uid, utid: realm.partnerTenant.id };
}

/** A stable GUID for a text, for claims such as `sub` that have no object behind them. */
export const guidOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
