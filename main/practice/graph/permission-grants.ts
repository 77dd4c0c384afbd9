import type { PracticeAnswer, PracticeTenant } from '../world.ts';
import { collection, entity, type Presentation } from './answer.ts';
import { bodyOf, keyOf, noContent, type Call } from './call.ts';
import { comparisonsOf, filtered, type Filterable } from './filter.ts';
import { knownServicePrincipal } from './lookup.ts';
import { badRequest, invalidValue, notFound, Refusal } from './refusal.ts';
import { requireMayGrantDelegated } from './roles.ts';
import { requireServicePrincipal } from './service-principals.ts';
import { requireShape, type ComplexShape } from './shape.ts';

type Grant = PracticeTenant['oauth2PermissionGrants'][number];

const grants: Presentation<Grant> = {
  type: 'oAuth2PermissionGrant',
  set: 'oauth2PermissionGrants',
  properties: ['clientId', 'consentType', 'id', 'principalId', 'resourceId', 'scope'],
  complete: true,
  present: (grant) => grant,
};

/** "oAuth2PermissionGrant resource type": properties that support `$filter`, each with eq only. */
const filters: Filterable = { clientId: 'fold', consentType: 'exact', principalId: 'fold', resourceId: 'fold' };

function visible({ tenant }: Call): readonly Grant[] {
  const ids = new Set(tenant.servicePrincipals.map(({ id }) => id));
  return tenant.oauth2PermissionGrants.filter(({ clientId, resourceId }) => ids.has(clientId) && ids.has(resourceId));
}

/**
 * "List oAuth2PermissionGrants". A filter on a client that does not exist answers 404 with an empty id, not an empty list
 * (observed: microsoftgraph/msgraph-sdk-powershell issue 1557).
 */
export function listGrants(call: Call): PracticeAnswer {
  const comparisons = comparisonsOf(call.request.query, filters, 'OAuth2PermissionGrant');
  const client = comparisons.find(({ property }) => property === 'clientId');
  if (client && !knownServicePrincipal(call.world, call.tenant, client.value)) throw notFound('');
  return collection(call, grants, filtered(visible(call), comparisons, filters));
}

/** "Get oAuth2PermissionGrant". */
export function getGrant(call: Call): PracticeAnswer {
  return entity(call, grants, grantOf(call));
}

function grantOf(call: Call): Grant {
  const id = keyOf(call, 'grant').value;
  const grant = visible(call).find((candidate) => candidate.id === id);
  if (!grant) throw notFound(id);
  return grant;
}

/** Id of a delegated grant, made of its parts as the service's own ids are. */
export const delegatedGrantId = (clientId: string, resourceId: string, principalId: string | null): string =>
  Buffer.from(`${clientId}${resourceId}${principalId ?? ''}`.replaceAll('-', ''), 'hex').toString('base64url');

const shape = {
  clientId: 'guid',
  consentType: 'text',
  principalId: 'guid',
  resourceId: 'guid',
  scope: 'text',
} as const satisfies ComplexShape;

/** "Create a delegated permission grant": 201. One grant per client, resource and person (or all persons): a second is a conflict. */
export function createGrant(call: Call): PracticeAnswer {
  const { tenant, world } = call;
  requireMayGrantDelegated(call.bearer);
  const body = bodyOf(call);
  requireShape(body, shape, 'OAuth2PermissionGrant');
  const required = (name: 'clientId' | 'resourceId' | 'consentType' | 'scope') => {
    const value = body[name];
    if (typeof value !== 'string')
      throw badRequest(`A value is required for property '${name}' of resource 'OAuth2PermissionGrant'.`, {
        code: 'MissingValue',
        target: name,
      });
    return value;
  };
  const consentType = required('consentType');
  const scope = required('scope');
  const clientId = required('clientId').toLowerCase();
  const resourceId = required('resourceId').toLowerCase();
  const principalId = personOf(call, consentType, body['principalId']);
  requireServicePrincipal(knownServicePrincipal(world, tenant, clientId), clientId);
  if (!knownServicePrincipal(world, tenant, resourceId))
    throw badRequest('Specified resourceId was not found.', { code: 'InvalidValue', target: 'resourceId' });
  if (
    tenant.oauth2PermissionGrants.some(
      (known) => known.clientId === clientId && known.resourceId === resourceId && (known.principalId ?? null) === principalId,
    )
  ) {
    throw new Refusal(409, 'Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.');
  }
  const id = delegatedGrantId(clientId, resourceId, principalId);
  const grant: Grant = { clientId, consentType, id, principalId, resourceId, scope };
  tenant.oauth2PermissionGrants = [...tenant.oauth2PermissionGrants, grant];
  world.changed();
  return entity(call, grants, grant, 201);
}

/** "oAuth2PermissionGrant resource type", consentType and principalId: a person only with `Principal`, and then always. @throws Refusal 400, 404 */
function personOf({ tenant }: Call, consentType: string, principalId: unknown): string | null {
  if (consentType === 'AllPrincipals') {
    if (principalId !== undefined && principalId !== null) throw invalidValue('principalId', 'OAuth2PermissionGrant');
    return null;
  }
  if (consentType !== 'Principal') throw invalidValue('consentType', 'OAuth2PermissionGrant');
  if (typeof principalId !== 'string') throw invalidValue('principalId', 'OAuth2PermissionGrant');
  if (!tenant.users.some(({ id }) => id === principalId.toLowerCase())) throw notFound(principalId);
  return principalId.toLowerCase();
}

/** "Update a delegated permission grant": 204; only `scope` can change, and it is replaced as a whole. */
export function updateGrant(call: Call): PracticeAnswer {
  requireMayGrantDelegated(call.bearer);
  const grant = grantOf(call);
  const body = bodyOf(call);
  for (const name of Object.keys(body)) {
    if (name !== 'scope' && grants.properties.includes(name))
      throw badRequest(`Property '${name}' is read-only and cannot be set.`, { code: 'ReadOnly', target: name });
  }
  requireShape(body, { scope: 'text' }, 'OAuth2PermissionGrant');
  if (typeof body['scope'] !== 'string') throw invalidValue('scope', 'OAuth2PermissionGrant');
  const next = { ...grant, scope: body['scope'] };
  call.tenant.oauth2PermissionGrants = call.tenant.oauth2PermissionGrants.map((each) => (each === grant ? next : each));
  call.world.changed();
  return noContent;
}

/** "Delete a delegated permission grant": 204. */
export function deleteGrant(call: Call): PracticeAnswer {
  requireMayGrantDelegated(call.bearer);
  const grant = grantOf(call);
  call.tenant.oauth2PermissionGrants = call.tenant.oauth2PermissionGrants.filter((candidate) => candidate !== grant);
  call.world.changed();
  return noContent;
}
