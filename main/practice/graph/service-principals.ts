import type { PracticeAnswer, StoredServicePrincipal } from '../world.ts';
import { collection, entity } from './answer.ts';
import { prefersCreation } from './applications.ts';
import { bodyOf, keyOf, noContent, type Call, type Properties } from './call.ts';
import { comparisonsOf, filtered, type Filterable } from './filter.ts';
import { servicePrincipalOf } from './lookup.ts';
import { microsoftResource } from './microsoft-resources.ts';
import { badRequest, denied, invalidValue, notFound, notSimulated, Refusal } from './refusal.ts';
import { isReplicated, replicate } from './replication.ts';
import { isApplicationAdministrator, isMember, holds, ownersOf, requireMayEdit } from './roles.ts';
import { requireQuota } from './rules/quota.ts';
import { servicePrincipalFor, servicePrincipalShape, servicePrincipals } from './service-principal-type.ts';
import { patched, requireShape } from './shape.ts';

export const servicePrincipalFilters: Filterable = { displayName: 'fold', appId: 'fold', id: 'fold' };

/** "List servicePrincipals". */
export function listServicePrincipals(call: Call): PracticeAnswer {
  const comparisons = comparisonsOf(call.request.query, servicePrincipalFilters, 'ServicePrincipal');
  const known = call.tenant.servicePrincipals.filter(({ id }) => isReplicated(call.world, id));
  return collection(call, servicePrincipals, filtered(known, comparisons, servicePrincipalFilters));
}

/** "Get servicePrincipal". */
export function getServicePrincipal(call: Call): PracticeAnswer {
  return entity(call, servicePrincipals, servicePrincipalOf(call));
}

/** "Create servicePrincipal": 201. */
export function createServicePrincipal(call: Call): PracticeAnswer {
  const { appId, ...body } = bodyOf(call);
  if (typeof appId !== 'string')
    throw badRequest("A value is required for property 'appId' of resource 'ServicePrincipal'.", { code: 'MissingValue', target: 'appId' });
  return created(call, appId.toLowerCase(), body);
}

/** "Update servicePrincipal": 204; with `appId` as key and `Prefer: create-if-missing` it is "Upsert servicePrincipal": 201 or 204. */
export function updateServicePrincipal(call: Call): PracticeAnswer {
  const key = keyOf(call, 'servicePrincipal');
  const appId = key.value.toLowerCase();
  if (key.name === 'appId' && prefersCreation(call) && !call.tenant.servicePrincipals.some((principal) => principal.appId === appId)) {
    return created(call, appId, bodyOf(call));
  }
  const principal = servicePrincipalOf(call);
  requireMayEdit(call.bearer, principal);
  const body = bodyOf(call);
  requireWritable(call, body, principal.appId);
  const next = patched(principal, body);
  call.tenant.servicePrincipals = call.tenant.servicePrincipals.map((each) => (each === principal ? next : each));
  call.world.changed();
  return noContent;
}

/** "Delete servicePrincipal": 204, restorable for 30 days. */
export function deleteServicePrincipal(call: Call): PracticeAnswer {
  const { tenant, world } = call;
  const principal = servicePrincipalOf(call);
  requireMayEdit(call.bearer, principal);
  tenant.servicePrincipals = tenant.servicePrincipals.filter((candidate) => candidate !== principal);
  const deletedDateTime = `${world.now().toISOString().slice(0, 19)}Z`;
  tenant.deletedServicePrincipals = [...tenant.deletedServicePrincipals, { ...principal, deletedDateTime }];
  world.changed();
  return noContent;
}

/**
 * The service principal of an application of this tenant, or of a Microsoft resource that was never used here.
 * One application has at most one service principal per tenant (Microsoft Entra, "Application and service principal objects").
 *
 * @throws Refusal 400 `NoBackingApplicationObject`, 403, 409
 */
function created(call: Call, appId: string, body: Properties): PracticeAnswer {
  const { bearer, tenant, world } = call;
  requireWritable(call, body, appId);
  const base = backed(call, appId);
  if (tenant.servicePrincipals.some((principal) => principal.appId === appId)) {
    throw new Refusal(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  requireQuota(bearer, tenant);
  const principal = patched(base, body);
  if (bearer.kind === 'application' || bearer.hasUserObject) principal.owners = [{ id: bearer.objectId }];
  tenant.servicePrincipals = [...tenant.servicePrincipals, principal];
  replicate(world, principal.id);
  world.changed();
  return entity(call, servicePrincipals, principal, 201);
}

/**
 * What the new service principal stands for. Whoever is no application administrator must own the application
 * ("Create servicePrincipal", permissions; Application.ReadWrite.OwnedBy likewise).
 */
function backed(call: Call, appId: string): StoredServicePrincipal {
  const { bearer, tenant, world } = call;
  const application = tenant.applications.find((candidate) => candidate.appId === appId && isReplicated(world, candidate.id));
  const administrator = isApplicationAdministrator(bearer);
  if (application) {
    const developer = bearer.kind === 'application' || isMember(bearer, tenant) || holds(bearer, ['applicationDeveloper']);
    if (!administrator && !(developer && ownersOf(application).includes(bearer.objectId))) throw denied();
    return servicePrincipalFor(application, tenant, world.newId());
  }
  const resource = microsoftResource(appId, () => world.newId());
  if (!resource) {
    const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
    throw badRequest(message, { code: 'NoBackingApplicationObject', target: 'appId' });
  }
  if (!administrator) {
    throw new Refusal(
      403,
      'Authorization_RequestDenied',
      'When using this permission, the backing application of the service principal being created must in the local tenant',
    );
  }
  return resource;
}

/** Properties that "Update servicePrincipal" lists and that are not simulated as writable. */
const writableElsewhere: readonly string[] = [
  'addIns',
  'appDisplayName',
  'appRoles',
  'customSecurityAttributes',
  'displayName',
  'oauth2PermissionScopes',
  'replyUrls',
  'samlSingleSignOnSettings',
  'servicePrincipalNames',
  'tokenEncryptionKeyId',
];

/**
 * Credentials belong on the application. On a locked service principal Graph says so (Microsoft Entra, "Configure app
 * instance property lock"); on others it would take them, which is not simulated.
 *
 * @throws Refusal 400, 501
 */
function requireWritable({ tenant }: Call, body: Properties, appId: string): void {
  if ('keyCredentials' in body || 'passwordCredentials' in body) {
    const lock = tenant.applications.find((application) => application.appId === appId)?.servicePrincipalLockConfiguration;
    const name = 'keyCredentials' in body ? 'keyCredentials' : 'passwordCredentials';
    if (lock?.isEnabled && (lock.allProperties || lock.credentialsWithUsageVerify || lock.credentialsWithUsageSign)) {
      throw new Refusal(400, 'CannotUpdateLockedServicePrincipalProperty', `Property ${name} is invalid.`, [
        { code: 'CannotUpdateLockedServicePrincipalProperty', message: `Property ${name} is invalid.`, target: name },
      ]);
    }
    throw notSimulated(`${name} of a service principal; use the application`);
  }
  const lacking = Object.keys(body).find((name) => writableElsewhere.includes(name));
  if (lacking !== undefined) throw notSimulated(`changes of ${lacking} of a service principal`);
  for (const name of Object.keys(body)) {
    if (servicePrincipals.properties.includes(name) && !(name in servicePrincipalShape))
      throw badRequest(`Property '${name}' is read-only and cannot be set.`, { code: 'ReadOnly', target: name });
  }
  requireShape(body, servicePrincipalShape, 'ServicePrincipal');
  if (body['accountEnabled'] === null) throw invalidValue('accountEnabled', 'ServicePrincipal');
}

/** For callers that hold an id from a body: 404 with that id. */
export function requireServicePrincipal(principal: StoredServicePrincipal | undefined, id: string): StoredServicePrincipal {
  if (!principal) throw notFound(id);
  return principal;
}
