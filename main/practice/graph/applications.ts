import type { PracticeAnswer, StoredApplication } from '../world.ts';
import { collection, entity } from './answer.ts';
import { applications, newApplication } from './application-type.ts';
import { followKeys, validatedApplication } from './application-write.ts';
import { bodyOf, keyOf, noContent, type Call, type Properties } from './call.ts';
import { comparisonsOf, filtered, type Filterable } from './filter.ts';
import { applicationOf } from './lookup.ts';
import { requirePermission } from './permissions.ts';
import { badRequest, notFound, notUnderstood } from './refusal.ts';
import { isReplicated, replicate } from './replication.ts';
import { requireMayEdit } from './roles.ts';
import { requireQuota } from './rules/quota.ts';
import { reflectOnServicePrincipal } from './service-principal-type.ts';

export const applicationFilters: Filterable = { displayName: 'fold', appId: 'fold', uniqueName: 'exact' };

/** "List applications". */
export function listApplications(call: Call): PracticeAnswer {
  const comparisons = comparisonsOf(call.request.query, applicationFilters, 'Application');
  const known = call.tenant.applications.filter(({ id }) => isReplicated(call.world, id));
  return collection(call, applications, filtered(known, comparisons, applicationFilters));
}

/** "Get application". */
export function getApplication(call: Call): PracticeAnswer {
  return entity(call, applications, applicationOf(call));
}

/** "Create application": 201. Display names need not be unique. */
export function createApplication(call: Call): PracticeAnswer {
  return created(call, null, bodyOf(call));
}

/** "Update application": 204. With `uniqueName` as key it is "Upsert application". */
export function updateApplication(call: Call): PracticeAnswer {
  if (keyOf(call, 'application').name === 'uniqueName') return upsertApplication(call);
  return updated(call, applicationOf(call), bodyOf(call));
}

/**
 * "Upsert application": with `Prefer: create-if-missing` 201 when it did not exist; 204 when it did, after an ordinary
 * update; 404 when it did not and the header is missing. The writing replica answers, so that an application which others
 * do not know yet is found, and no second one is made.
 */
function upsertApplication(call: Call): PracticeAnswer {
  const uniqueName = keyOf(call, 'application').value;
  const { uniqueName: same, ...body } = bodyOf(call);
  if (same !== undefined && same !== uniqueName)
    throw badRequest("Property 'uniqueName' is read-only and cannot be set.", { code: 'ReadOnly', target: 'uniqueName' });
  if (typeof body['displayName'] !== 'string') {
    throw badRequest("A value is required for property 'displayName' of resource 'Application'.", {
      code: 'MissingValue',
      target: 'displayName',
    });
  }
  const application = call.tenant.applications.find((candidate) => candidate.uniqueName === uniqueName);
  if (application) return updated(call, application, body);
  if (!prefersCreation(call)) throw notFound(uniqueName);
  requirePermission('application.create', call.bearer, call.tenant);
  requireFreeName(call, uniqueName);
  return created(call, uniqueName, body);
}

/** RFC 7240: preferences are separated by commas. */
export function prefersCreation(call: Call): boolean {
  return (call.request.headers['prefer'] ?? '').split(',').some((preference) => preference.trim().toLowerCase() === 'create-if-missing');
}

/** A client-provided key is not empty and stays reserved while a deleted application with it can be restored. */
function requireFreeName({ tenant }: Call, uniqueName: string): void {
  if (uniqueName.trim() === '') throw notUnderstood("The key value for 'uniqueName' must not be empty.");
  if (tenant.deletedApplications.some((application) => application.uniqueName === uniqueName)) {
    throw badRequest('Another object with the same value for property uniqueName already exists.', {
      code: 'ObjectConflict',
      target: 'uniqueName',
    });
  }
}

function created(call: Call, uniqueName: string | null, body: Properties): PracticeAnswer {
  const { bearer, world, tenant } = call;
  requireQuota(bearer, tenant);
  const publisherDomain = tenant.domains[0] ?? null;
  const fresh = newApplication({
    id: world.newId(),
    appId: world.newId(),
    uniqueName,
    createdDateTime: `${world.now().toISOString().slice(0, 19)}Z`,
    publisherDomain,
  });
  const application = validatedApplication(call, fresh, body);
  // The creator becomes owner ("Create application"); a partner without a user object cannot own anything.
  if (bearer.kind === 'application' || bearer.hasUserObject) application.owners = [{ id: bearer.objectId }];
  tenant.applications = [...tenant.applications, application];
  replicate(world, application.id);
  followKeys(world, undefined, application);
  world.changed();
  return entity(call, applications, application, 201);
}

function updated(call: Call, application: StoredApplication, body: Properties): PracticeAnswer {
  requireMayEdit(call.bearer, application);
  const next = validatedApplication(call, application, body);
  call.tenant.applications = call.tenant.applications.map((each) => (each === application ? next : each));
  followKeys(call.world, application, next);
  reflectOnServicePrincipal(call.tenant, next);
  call.world.changed();
  return noContent;
}

/** "Delete application": 204; the application and its service principal stay restorable for 30 days. */
export function deleteApplication(call: Call): PracticeAnswer {
  const { tenant, world } = call;
  const application = applicationOf(call);
  requireMayEdit(call.bearer, application);
  const deletedDateTime = `${world.now().toISOString().slice(0, 19)}Z`;
  tenant.applications = tenant.applications.filter((candidate) => candidate !== application);
  tenant.deletedApplications = [...tenant.deletedApplications, { ...application, deletedDateTime }];
  for (const principal of tenant.servicePrincipals.filter(({ appId }) => appId === application.appId)) {
    tenant.servicePrincipals = tenant.servicePrincipals.filter((candidate) => candidate !== principal);
    tenant.deletedServicePrincipals = [...tenant.deletedServicePrincipals, { ...principal, deletedDateTime }];
  }
  world.changed();
  return noContent;
}
