import { createHash } from 'node:crypto';
import { resourceAppIds } from '../clouds/index.ts';
import { Fault } from '../faults.ts';
import { claimValue, profileId } from './profile-schema.ts';
import { loadProfiles } from './shipped.ts';
import type { DescribedPermission, Profile } from './profile.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An API by its short name or its display name, else by its app id; null for anything else. */
function resourceOf(name: string): string | null {
  const typed = name.trim().toLowerCase();
  if (typed === 'graph' || typed === 'microsoft graph') return resourceAppIds.graph;
  if (typed === 'exchange' || typed === 'office 365 exchange online') return resourceAppIds.exchange;
  return guid.test(typed) ? typed : null;
}

/**
 * One application permission as it is typed: `API/VALUE`, e.g. `graph/Mail.Read`.
 *
 * @throws Fault('input.permission.invalid')
 */
export function parsePermission(typed: string): DescribedPermission {
  const slash = typed.lastIndexOf('/');
  const resourceAppId = slash < 0 ? null : resourceOf(typed.slice(0, slash));
  const value = typed.slice(slash + 1).trim();
  if (resourceAppId === null || !claimValue.safeParse(value).success)
    throw new Fault('input.permission.invalid', { params: { value: typed } });
  return { resourceAppId, type: 'Role', value, why: 'permission.chosen', source: null, until: null };
}

const shortNames: Readonly<Record<string, string>> = { [resourceAppIds.graph]: 'graph', [resourceAppIds.exchange]: 'exchange' };

/** A permission as `parsePermission` reads it. */
export const permissionText = ({ resourceAppId, value }: { readonly resourceAppId: string; readonly value: string }): string =>
  `${shortNames[resourceAppId] ?? resourceAppId}/${value}`;

const prefix = 'chosen-';

/** Whether a profile is permissions that were chosen one by one, by its id. */
export const isFree = (id: string): boolean => id.startsWith(prefix);

const nameOf = ({ resourceAppId, value }: DescribedPermission): string => `${resourceAppId}/${value}`;

/**
 * The profile that permissions which were chosen one by one make. Its id follows from them: a handover is of a profile, so other
 * permissions are another one.
 */
export function freePermissions(chosen: readonly DescribedPermission[]): Profile {
  const once = new Map(chosen.map((each) => [nameOf(each), each]));
  const names = [...once.keys()].toSorted();
  const hash = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 8);
  return { id: `${prefix}${hash}`, version: 1, unconfirmed: false, checks: [], permissions: names.flatMap((name) => once.get(name) ?? []) };
}

/** The id under which a list of one's own is kept: none that comes with the product. */
export function ownProfileId(typed: string): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly fault: Fault } {
  const value = typed.trim().toLowerCase().replaceAll(/\s+/g, '-');
  const refused = (code: 'input.profile.id-invalid' | 'input.profile.id-taken') =>
    ({ ok: false, fault: new Fault(code, { params: { profile: value } }) }) as const;
  if (!profileId.safeParse(value).success) return refused('input.profile.id-invalid');
  return loadProfiles().some(({ id }) => id === value) ? refused('input.profile.id-taken') : { ok: true, value };
}
