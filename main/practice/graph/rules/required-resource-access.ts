import type { StoredApplication } from '../../world.ts';
import { badRequest, invalidValue } from '../refusal.ts';

/**
 * At most 50 APIs and 400 permissions; each permission is a `Role` or a `Scope`
 * (Microsoft Graph, "Update application", property requiredResourceAccess; "resourceAccess resource type").
 *
 * @throws Refusal 400
 */
export function requireResourceAccess({ requiredResourceAccess }: StoredApplication): void {
  const resources = requiredResourceAccess ?? [];
  const target = { code: 'InvalidValue', target: 'requiredResourceAccess' };
  if (resources.length > 50) throw badRequest('The number of resources in requiredResourceAccess exceeds the limit of 50.', target);
  const permissions = resources.flatMap(({ resourceAccess }) => resourceAccess ?? []);
  if (permissions.length > 400)
    throw badRequest('The total number of permissions in requiredResourceAccess exceeds the limit of 400.', target);
  for (const { resourceAppId } of resources)
    if (!resourceAppId) throw invalidValue('requiredResourceAccess/resourceAppId', 'RequiredResourceAccess');
  for (const { id, type } of permissions) {
    if (!id) throw invalidValue('requiredResourceAccess/resourceAccess/id', 'ResourceAccess');
    if (type !== 'Role' && type !== 'Scope') throw invalidValue('requiredResourceAccess/resourceAccess/type', 'ResourceAccess');
  }
}
