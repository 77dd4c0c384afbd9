import { resourceAppIds, type Cloud } from '../../clouds/index.ts';
import { exchangeNames } from '../hosts.ts';
import { NotSimulated } from '../not-simulated.ts';
import type { PracticeTenant, StoredServicePrincipal } from '../world.ts';
import type { Client } from './clients.ts';
import { isKnown, type Realm } from './realm.ts';
import { refusals } from './refusals.ts';

const openIdScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/** One `scope` parameter, taken apart (Microsoft identity platform, "Scopes and permissions"). */
export interface RequestedScopes {
  readonly openId: readonly string[];
  /** At least one; Microsoft Graph without values where only OpenID scopes were asked. */
  readonly resources: readonly ResourceScopes[];
}

export interface ResourceScopes {
  /** Resource identifier as asked, e.g. `https://graph.microsoft.com`: the audience of the token. */
  readonly identifier: string;
  /** Claim values such as `User.Read`, or `.default`. */
  readonly values: readonly string[];
  /** Every value as it was written. */
  readonly written: readonly string[];
}

/** Everything before the last slash is the resource, so a resource whose own name ends in a slash has two ("Scopes and permissions", "Trailing slash and .default"). */
function parsed(word: string, cloud: Cloud): { identifier: string; value: string } {
  const slash = word.lastIndexOf('/');
  return slash < 0 ? { identifier: cloud.graph, value: word } : { identifier: word.slice(0, slash), value: word.slice(slash + 1) };
}

/**
 * A scope without resource is Graph's. Several resources are fine where somebody consents ("OAuth 2.0 authorization code
 * flow", `scope`: "can cover multiple resources"); a token is for one (`resourceOf`). Refuses with 70011 (empty value).
 */
export function parseScopes(scope: string, [cloud]: readonly Cloud[]): RequestedScopes {
  if (cloud === undefined) throw refusals.scopeInvalid(scope);
  const words = scope.split(' ').filter((word) => word !== '');
  const permissions = words.filter((word) => !openIdScopes.has(word));
  const parts = permissions.map((word) => parsed(word, cloud));
  if (words.length === 0 || parts.some(({ identifier, value }) => identifier === '' || value === '')) throw refusals.scopeInvalid(scope);
  const identifiers = parts.length === 0 ? [cloud.graph] : [...new Set(parts.map(({ identifier }) => identifier))];
  return {
    openId: words.filter((word) => openIdScopes.has(word)),
    resources: identifiers.map((identifier) => ({
      identifier,
      values: [...new Set(parts.filter((part) => part.identifier === identifier).map(({ value }) => value))],
      written: permissions.filter((_, index) => parts[index]?.identifier === identifier),
    })),
  };
}

/** The one resource that a token is asked for. Refuses with 28000 where there are more. */
export function resourceOf({ resources }: RequestedScopes, scope: string): ResourceScopes {
  const [first, second] = resources;
  if (first === undefined || second !== undefined) throw refusals.scopeOfTwoResources(scope);
  return first;
}

/** App id of the resource with this identifier in one of the clouds; undefined for resources nobody here has. */
function resourceAppId(identifier: string, clouds: readonly Cloud[]): string | undefined {
  const name = identifier.replace(/\/$/, '').toLowerCase();
  for (const cloud of clouds) {
    if (name === cloud.graph || name === resourceAppIds.graph) return resourceAppIds.graph;
    if (exchangeNames(cloud).includes(name) || name === resourceAppIds.exchange) return resourceAppIds.exchange;
  }
  return undefined;
}

/** The resource's service principal in the tenant. Refuses with 500011 and 500014. */
export function findResource(
  identifier: string,
  tenant: PracticeTenant,
  clouds: readonly Cloud[],
  { world }: Realm,
): StoredServicePrincipal {
  const appId = resourceAppId(identifier, clouds);
  const resource = tenant.servicePrincipals.find(
    (candidate) => candidate.appId === appId && isKnown(world.state.replicatedAt, candidate.id, world),
  );
  if (resource === undefined) throw refusals.resourceUnknown(identifier, tenant);
  if (resource.accountEnabled === false) throw refusals.resourceDisabled(identifier);
  return resource;
}

/**
 * Delegated scopes have to be there on the resource, and enabled: 650053. Microsoft's own resources have more of them than
 * are simulated. Microsoft's own client only reaches Graph here: 65002.
 */
export function checkDelegatedScopes(client: Client, resource: StoredServicePrincipal, values: readonly string[]): void {
  if (client.firstParty && resource.appId !== resourceAppIds.graph) throw refusals.notPreauthorized(client.appId, resource.appId);
  for (const value of values) {
    if (value === '.default') continue;
    const known = resource.oauth2PermissionScopes?.find((scope) => scope.value === value);
    if (known === undefined) throw new NotSimulated(`the delegated permission ${value} of ${resource.displayName ?? resource.appId}`);
    if (known.isEnabled === false) throw refusals.scopeUnknown(client, value, resource.appId);
  }
}
