import type { PracticeAnswer, PracticeTenant } from '../world.ts';
import { collection, type Presentation } from './answer.ts';
import { applications } from './application-type.ts';
import { applicationFilters } from './applications.ts';
import { keyOf, noContent, type Call } from './call.ts';
import { comparisonsOf, filtered, type Filterable } from './filter.ts';
import { badRequest, notFound, Refusal } from './refusal.ts';
import { requireMayEdit } from './roles.ts';
import { servicePrincipals } from './service-principal-type.ts';
import { servicePrincipalFilters } from './service-principals.ts';

type DeletedApplication = PracticeTenant['deletedApplications'][number];
type DeletedServicePrincipal = PracticeTenant['deletedServicePrincipals'][number];

/** Permanently gone after 30 days ("Restore deleted item"). */
function restorable<T extends { deletedDateTime: string }>({ world }: Call, objects: readonly T[]): T[] {
  const oldest = world.now().getTime() - 30 * 86_400_000;
  return objects.filter(({ deletedDateTime }) => Date.parse(deletedDateTime) > oldest);
}

function listed<T extends { readonly id: string }>(
  call: Call,
  objects: readonly (T & { deletedDateTime: string })[],
  presentation: Presentation<T>,
  filters: Filterable,
): PracticeAnswer {
  const type = presentation.type === 'application' ? 'Application' : 'ServicePrincipal';
  const comparisons = comparisonsOf(call.request.query, filters, type);
  return collection(call, presentation, filtered(restorable(call, objects), comparisons, filters));
}

/** "List deletedItems", cast to application. */
export function listDeletedApplications(call: Call): PracticeAnswer {
  return listed(call, call.tenant.deletedApplications, applications, applicationFilters);
}

/** "List deletedItems", cast to servicePrincipal. */
export function listDeletedServicePrincipals(call: Call): PracticeAnswer {
  return listed(call, call.tenant.deletedServicePrincipals, servicePrincipals, servicePrincipalFilters);
}

interface DeletedItem {
  readonly application?: DeletedApplication;
  readonly principal?: DeletedServicePrincipal;
}

/** @throws Refusal 403, 404 */
function itemOf(call: Call): DeletedItem {
  const id = keyOf(call, 'item').value.toLowerCase();
  const application = restorable(call, call.tenant.deletedApplications).find((candidate) => candidate.id === id);
  const principal = restorable(call, call.tenant.deletedServicePrincipals).find((candidate) => candidate.id === id);
  const item = application ?? principal;
  if (!item) throw notFound(id);
  if (call.bearer.kind === 'application') requireMayEdit(call.bearer, item);
  return { ...(application ? { application } : {}), ...(principal ? { principal } : {}) };
}

/** "Restore deleted item": 200 with the object. Restoring an application does not restore its service principal. */
export function restoreDeletedItem(call: Call): PracticeAnswer {
  const { application, principal } = itemOf(call);
  const { tenant, world } = call;
  if (application) {
    const { deletedDateTime: _, ...back } = application;
    tenant.deletedApplications = tenant.deletedApplications.filter((candidate) => candidate !== application);
    tenant.applications = [...tenant.applications, back];
  }
  if (principal) {
    requireRestorable(tenant, principal);
    const { deletedDateTime: _, ...back } = principal;
    tenant.deletedServicePrincipals = tenant.deletedServicePrincipals.filter((candidate) => candidate !== principal);
    tenant.servicePrincipals = [...tenant.servicePrincipals, back];
  }
  world.changed();
  return application ? restored(call, applications, application) : restored(call, servicePrincipals, principal);
}

function restored<T extends object>({ host }: Call, presentation: Presentation<T>, object: T | undefined): PracticeAnswer {
  const shown = object ? presentation.present(object, []) : {};
  const properties = Object.fromEntries(presentation.properties.map((name) => [name, Reflect.get(shown, name) ?? null]));
  return {
    status: 200,
    body: {
      '@odata.context': `https://${host}/v1.0/$metadata#directoryObjects/$entity`,
      '@odata.type': `#microsoft.graph.${presentation.type}`,
      ...properties,
      deletedDateTime: null,
    },
  };
}

/** A service principal comes back only while its application is there and its name is free ("Application and service principal objects"). */
function requireRestorable(tenant: PracticeTenant, { appId, appOwnerOrganizationId }: DeletedServicePrincipal): void {
  if (tenant.servicePrincipals.some((known) => known.appId === appId)) {
    throw new Refusal(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  if (appOwnerOrganizationId === tenant.id && !tenant.applications.some((known) => known.appId === appId)) {
    throw badRequest(`The appId '${appId}' of the service principal does not reference a valid application object.`, {
      code: 'NoBackingApplicationObject',
      target: 'appId',
    });
  }
}

/** "Permanently delete item": 204. With the application goes its service principal; with that, every grant. */
export function purgeDeletedItem(call: Call): PracticeAnswer {
  const { application, principal } = itemOf(call);
  const { tenant, world } = call;
  const gone = tenant.deletedServicePrincipals.filter((candidate) => candidate === principal || candidate.appId === application?.appId);
  const ids = new Set(gone.map(({ id }) => id));
  tenant.deletedApplications = tenant.deletedApplications.filter((candidate) => candidate !== application);
  tenant.deletedServicePrincipals = tenant.deletedServicePrincipals.filter((candidate) => !gone.includes(candidate));
  tenant.appRoleAssignments = tenant.appRoleAssignments.filter(
    ({ principalId, resourceId }) => !ids.has(principalId) && !ids.has(resourceId),
  );
  tenant.oauth2PermissionGrants = tenant.oauth2PermissionGrants.filter(
    ({ clientId, resourceId }) => !ids.has(clientId) && !ids.has(resourceId),
  );
  world.changed();
  return noContent;
}
