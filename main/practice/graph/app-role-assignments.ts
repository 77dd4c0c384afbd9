import type { PracticeAnswer, PracticeTenant, StoredServicePrincipal } from '../world.ts';
import { collection, entity, type Presentation } from './answer.ts';
import { bodyOf, keyOf, noContent, type Call, type Properties } from './call.ts';
import { knownServicePrincipal, servicePrincipalOf } from './lookup.ts';
import { badRequest, invalidValue, notFound } from './refusal.ts';
import { replicateRole } from './replication.ts';
import { requireMayGrantRole } from './roles.ts';
import { guidPattern, requireShape, type ComplexShape } from './shape.ts';

type Assignment = PracticeTenant['appRoleAssignments'][number];

const properties = [
  'id',
  'deletedDateTime',
  'appRoleId',
  'createdDateTime',
  'principalDisplayName',
  'principalId',
  'principalType',
  'resourceDisplayName',
  'resourceId',
];

function presentation(set: string): Presentation<Assignment> {
  return { type: 'appRoleAssignment', set, properties, complete: true, present: (assignment) => assignment };
}

/** A deleted principal or resource takes its assignments out of sight; they come back with it. */
function visible({ tenant }: Call): readonly Assignment[] {
  const ids = new Set([...tenant.servicePrincipals, ...tenant.users].map(({ id }) => id));
  return tenant.appRoleAssignments.filter(({ principalId, resourceId }) => ids.has(principalId) && ids.has(resourceId));
}

/** "List appRoleAssignments granted to a service principal". */
export function listAppRoleAssignments(call: Call): PracticeAnswer {
  const principal = servicePrincipalOf(call);
  return collection(
    call,
    presentation('appRoleAssignments'),
    visible(call).filter(({ principalId }) => principalId === principal.id),
  );
}

/** "List appRoleAssignments granted for a service principal". */
export function listAppRoleAssignedTo(call: Call): PracticeAnswer {
  const resource = servicePrincipalOf(call);
  return collection(
    call,
    presentation('appRoleAssignments'),
    visible(call).filter(({ resourceId }) => resourceId === resource.id),
  );
}

function required(body: Properties, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || !guidPattern.test(value)) throw invalidValue(name, 'AppRoleAssignment');
  return value.toLowerCase();
}

const shape = { principalId: 'guid', resourceId: 'guid', appRoleId: 'guid' } as const satisfies ComplexShape;

interface Wanted {
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
}

function wantedOf(call: Call): Wanted {
  const body = bodyOf(call);
  requireShape(body, shape, 'AppRoleAssignment');
  return {
    principalId: required(body, 'principalId'),
    resourceId: required(body, 'resourceId'),
    appRoleId: required(body, 'appRoleId'),
  };
}

/** "Grant an appRoleAssignment for a service principal": 201, one role per call, addressed at the resource. */
export function createAppRoleAssignment(call: Call): PracticeAnswer {
  const resource = servicePrincipalOf(call);
  requireMayGrantRole(call.bearer, call.tenant, resource);
  const wanted = wantedOf(call);
  if (wanted.resourceId !== resource.id) throw badRequest('Not a valid reference update.');
  return created(call, resource, wanted, `servicePrincipals('${resource.id}')/appRoleAssignedTo`);
}

/** "Grant an appRoleAssignment to a service principal": the same, addressed at the client. */
export function assignAppRole(call: Call): PracticeAnswer {
  const principal = servicePrincipalOf(call);
  const wanted = wantedOf(call);
  if (wanted.principalId !== principal.id) throw badRequest('Not a valid reference update.');
  const resource = knownServicePrincipal(call.world, call.tenant, wanted.resourceId);
  if (!resource) throw notFound(wanted.resourceId);
  requireMayGrantRole(call.bearer, call.tenant, resource);
  return created(call, resource, wanted, `servicePrincipals('${principal.id}')/appRoleAssignments`);
}

function created(
  { tenant, world, ...call }: Call,
  resource: StoredServicePrincipal,
  { principalId, resourceId, appRoleId }: Wanted,
  set: string,
): PracticeAnswer {
  const principal = principalFacts({ tenant, world, ...call }, principalId);
  requireRole(resource, appRoleId, principal.principalType);
  if (
    tenant.appRoleAssignments.some(
      (known) => known.principalId === principalId && known.resourceId === resourceId && known.appRoleId === appRoleId,
    )
  ) {
    throw badRequest('Permission being assigned already exists on the object');
  }
  const assignment: Assignment = {
    id: Buffer.from(`${principalId}${world.newId()}`.replaceAll('-', ''), 'hex').toString('base64url'),
    deletedDateTime: null,
    appRoleId,
    createdDateTime: world.now().toISOString(),
    principalId,
    ...principal,
    resourceId,
    resourceDisplayName: resource.displayName ?? null,
  };
  tenant.appRoleAssignments = [...tenant.appRoleAssignments, assignment];
  replicateRole(world, assignment.id);
  world.changed();
  return entity({ tenant, world, ...call }, presentation(set), assignment, 201);
}

/** The principal is a service principal or a user that this replica knows. @throws Refusal 404 */
function principalFacts(
  { world, tenant }: Call,
  id: string,
): { principalType: 'ServicePrincipal' | 'User'; principalDisplayName: string | null } {
  const principal = knownServicePrincipal(world, tenant, id);
  if (principal) return { principalType: 'ServicePrincipal', principalDisplayName: principal.displayName ?? null };
  const user = tenant.users.find((candidate) => candidate.id === id);
  if (user) return { principalType: 'User', principalDisplayName: user.displayName ?? null };
  throw notFound(id);
}

const defaultRole = '00000000-0000-0000-0000-000000000000';

/**
 * The resource declares the role for this kind of principal; a resource without roles can be assigned by the default role
 * ("appRoleAssignment resource type", appRoleId; "appRole resource type", allowedMemberTypes).
 *
 * @throws Refusal 400
 */
function requireRole(resource: StoredServicePrincipal, appRoleId: string, type: 'ServicePrincipal' | 'User'): void {
  const member = type === 'ServicePrincipal' ? 'Application' : 'User';
  const roles = (resource.appRoles ?? []).filter(({ allowedMemberTypes }) => allowedMemberTypes?.includes(member));
  if (roles.some(({ id, isEnabled }) => id === appRoleId && isEnabled !== false) || (roles.length === 0 && appRoleId === defaultRole))
    return;
  throw badRequest(`Permission being assigned was not found on application '${resource.appId}'.`);
}

/** "Delete appRoleAssignedTo": 204, addressed at the resource. */
export function deleteAppRoleAssignment(call: Call): PracticeAnswer {
  return removed(call, 'resourceId');
}

/** "Delete appRoleAssignment granted to a service principal": 204, addressed at the client. */
export function unassignAppRole(call: Call): PracticeAnswer {
  return removed(call, 'principalId');
}

/** Tokens that were issued keep the role until they expire. */
function removed(call: Call, side: 'resourceId' | 'principalId'): PracticeAnswer {
  const { tenant, world } = call;
  const addressed = servicePrincipalOf(call);
  const id = keyOf(call, 'assignment').value;
  const assignment = visible(call).find((known) => known.id === id && known[side] === addressed.id);
  const resource = tenant.servicePrincipals.find((principal) => principal.id === (assignment?.resourceId ?? addressed.id)) ?? addressed;
  requireMayGrantRole(call.bearer, tenant, resource);
  if (assignment === undefined) throw notFound(id);
  tenant.appRoleAssignments = tenant.appRoleAssignments.filter((known) => known.id !== id);
  delete world.state.inTokensAt[id];
  world.changed();
  return noContent;
}
