import type { PracticeTenant } from '../world.ts';
import { directoriesOf, type Realm } from './realm.ts';
import { refusals } from './refusals.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domainName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/**
 * The directory that the first segment of an identity address names, by id or domain; null for `organizations` and
 * `common`, where the account decides (Microsoft identity platform, "Endpoints").
 */
export function tenantOfSegment(segment: string, realm: Realm): PracticeTenant | null {
  const name = segment.toLowerCase();
  if (name === 'organizations' || name === 'common') return null;
  if (name === 'consumers') throw refusals.personalAccounts();
  if (!guid.test(name) && !domainName.test(name)) throw refusals.tenantMalformed(segment);
  const tenant = directoriesOf(realm).find(({ id, domains }) => id === name || domains.includes(name));
  if (tenant === undefined) throw refusals.tenantUnknown(segment);
  return tenant;
}

export function tenantOfId(id: string, realm: Realm): PracticeTenant | undefined {
  return directoriesOf(realm).find((tenant) => tenant.id === id);
}
