import type { PracticeTenant, StoredApplication, StoredServicePrincipal, World } from '../world.ts';
import { keyOf, type Call } from './call.ts';
import type { ObjectKey } from './path.ts';
import { badRequest, notFound, notUnderstood } from './refusal.ts';
import { isReplicated } from './replication.ts';
import { guidPattern } from './shape.ts';

/** An object id is a GUID. @throws Refusal 400 */
function requireGuid(value: string): void {
  if (!guidPattern.test(value)) throw badRequest(`Invalid object identifier '${value}'.`);
}

/**
 * The object behind a key, as a replica sees it that did not write it.
 *
 * @throws Refusal 400 for a key that the type does not have, 404
 */
function found<T extends { readonly id: string }>(world: World, objects: readonly T[], key: ObjectKey, alternate: readonly string[]): T {
  if (key.name !== 'id' && !alternate.includes(key.name))
    throw notUnderstood(`The key property '${key.name}' is not a key of the requested type.`);
  if (key.name !== 'uniqueName') requireGuid(key.value);
  const folded = key.name === 'uniqueName' ? key.value : key.value.toLowerCase();
  const object = objects.find((candidate) => Reflect.get(candidate, key.name) === folded);
  if (!object || !isReplicated(world, object.id)) throw notFound(key.value);
  return object;
}

/** "Get application": by id, appId or uniqueName. */
export function applicationOf(call: Call): StoredApplication {
  return found(call.world, call.tenant.applications, keyOf(call, 'application'), ['appId', 'uniqueName']);
}

/** "Get servicePrincipal": by id or appId. */
export function servicePrincipalOf(call: Call): StoredServicePrincipal {
  return found(call.world, call.tenant.servicePrincipals, keyOf(call, 'servicePrincipal'), ['appId']);
}

/** A service principal by object id, undefined while it does not exist for this replica. */
export function knownServicePrincipal(world: World, tenant: PracticeTenant, id: string): StoredServicePrincipal | undefined {
  return tenant.servicePrincipals.find((principal) => principal.id === id.toLowerCase() && isReplicated(world, principal.id));
}
