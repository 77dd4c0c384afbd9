import { clouds, resourceAppIds } from '../../clouds/index.ts';
import type { Bearer, PracticeAnswer, PracticeRequest, PracticeTenant, World } from '../world.ts';
import { batchAnswer, isBatch } from './batch.ts';
import { segmentsOf } from './path.ts';
import { requirePermission } from './permissions.ts';
import { requireQueryOptions } from './query.ts';
import { Refusal, refusalAnswer } from './refusal.ts';
import { rememberChanges, replicaOf, snapshotOf } from './replicas.ts';
import { routeOf } from './routes.ts';

export { seedDirectory, type DirectorySeed } from './seed.ts';

/** What befalls one item of a batch; null = nothing. */
export type Disturb = (part: PracticeRequest) => PracticeAnswer | null;

/**
 * Microsoft Graph of the practice tenant: answers everything below `/v1.0`, and the calls of `/beta` that are used, for a verified bearer. Refuses what
 * Microsoft refuses, with Graph's own codes; never ignores what it does not know. Changes `world` only when it says so.
 *
 * `disturb` answers single items of a batch in place of the service: throttling and outages meet them one by one.
 *
 * The host in `@odata.context` and `@odata.nextLink` comes from the header `x-practice-host`.
 */
export function graphAnswer(request: PracticeRequest, bearer: Bearer, world: World, disturb: Disturb = () => null): PracticeAnswer {
  try {
    requireAudience(bearer);
    if (isBatch(request)) return batchOf(request, bearer, world, disturb);
    return answered(request, bearer, world);
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error, request, world);
    throw error;
  }
}

function batchOf(request: PracticeRequest, bearer: Bearer, world: World, disturb: Disturb): PracticeAnswer {
  requireQueryOptions(request.query, []);
  if (request.method !== 'POST')
    throw new Refusal(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
  return batchAnswer(request, (part) => disturb(part) ?? graphAnswer(part, bearer, world), world);
}

function answered(request: PracticeRequest, bearer: Bearer, world: World): PracticeAnswer {
  const [, version, path = ''] = /^\/(v1\.0|beta)(\/.*|)$/s.exec(request.path) ?? [];
  const { route, keys } = routeOf(version === 'beta' ? 'beta' : 'v1.0', request.method, segmentsOf(path));
  requireQueryOptions(request.query, route.query);
  const tenant = tenantOf(bearer, world);
  requirePermission(route.permission, bearer, tenant);
  const call = { request, bearer, world, keys, host: request.headers['x-practice-host'] ?? 'graph.microsoft.com' };
  if (request.method === 'GET') return route.answer({ ...call, tenant: replicaOf(tenant, request, world) });
  const before = snapshotOf(tenant);
  const answer = route.answer({ ...call, tenant });
  rememberChanges(before, tenant, world);
  return answer;
}

const audiences: ReadonlySet<string> = new Set([resourceAppIds.graph, ...Object.values(clouds).map(({ graph }) => graph)]);

/** A token for another resource is no token here (Microsoft identity platform, "Access tokens", validate the audience). @throws Refusal 401 */
function requireAudience({ audience }: Bearer): void {
  if (!audiences.has(audience.replace(/\/$/, '')))
    throw new Refusal(401, 'InvalidAuthenticationToken', 'Access token validation failure. Invalid audience.');
}

/** The live tenant inside `world.state`, whatever copy the bearer carries. */
function tenantOf({ tenant: { id } }: Bearer, world: World): PracticeTenant {
  const tenant = world.state.tenants.find((candidate) => candidate.id === id);
  if (!tenant) throw new Refusal(401, 'InvalidAuthenticationToken', 'Access token validation failure. Invalid issuer.');
  return tenant;
}
