import type { Clock } from '../../clock.ts';
import { GraphFailure, shaped, type DelegatedGrant, type Directory } from '../../directory/index.ts';
import type { Desired } from '../desired.ts';
import type { Observed, ObservedApplication } from '../observed.ts';
import { found, readable, type Answers } from './answers.ts';
import { applicationPolicyPath, openPolicyPath, policyIn, tenantPolicyPath } from './policy.ts';
import * as shapes from './shapes.ts';
import { observedApplication, observedResource } from './translate.ts';

/** Ids that earlier runs learned; they save a round trip and tell replication from absence. */
export interface KnownIds {
  readonly clientId: string | null;
  readonly objectId: string | null;
  readonly servicePrincipalId: string | null;
}

/** `property eq 'value'` as a query option; a quote inside the value is doubled (OData 4.01, ABNF `string`). */
const equals = (property: string, value: string) => `$filter=${encodeURIComponent(`${property} eq '${value.replaceAll("'", "''")}'`)}`;

/** The APIs of the profile, and those of permissions that are to go: without them nobody could tell which these are. */
const resourceAppIds = ({ permissions, outgoing = [] }: Desired): string[] => [
  ...new Set([...permissions, ...outgoing].map(({ resourceAppId }) => resourceAppId)),
];

function firstPaths(desired: Desired, known: KnownIds): Record<string, string> {
  const clientId = desired.clientId ?? known.clientId;
  const key = clientId === null ? `uniqueName='${desired.uniqueName ?? ''}'` : `appId='${clientId}'`;
  return {
    organization: '/organization?$select=id,displayName,verifiedDomains',
    ...tenantPolicyPath,
    ...(known.objectId === null ? {} : applicationPolicyPath(known.objectId)),
    sameName: `/applications?${equals('displayName', desired.appName)}&$select=id,appId,displayName,createdDateTime,uniqueName`,
    application: `/applications(${key})?$select=${shapes.applicationSelect}`,
    ...Object.fromEntries(
      resourceAppIds(desired).map((appId) => [
        `resource ${appId}`,
        `/servicePrincipals(appId='${appId}')?$select=${shapes.resourceSelect}`,
      ]),
    ),
    ...(clientId === null ? {} : principalPaths(clientId, known.servicePrincipalId)),
  };
}

function principalPaths(clientId: string, servicePrincipalId: string | null): Record<string, string> {
  return {
    principal: `/servicePrincipals(appId='${clientId}')?$select=${shapes.servicePrincipalSelect}`,
    deleted: `/directory/deletedItems/microsoft.graph.application?${equals('appId', clientId)}&$select=id,appId`,
    deletedPrincipal: `/directory/deletedItems/microsoft.graph.servicePrincipal?${equals('appId', clientId)}&$select=id,appId`,
    ...(servicePrincipalId === null ? {} : grantPaths(servicePrincipalId)),
  };
}

function grantPaths(servicePrincipalId: string): Record<string, string> {
  return {
    roleGrants: `/servicePrincipals/${servicePrincipalId}/appRoleAssignments`,
    delegatedGrants: `/oauth2PermissionGrants?${equals('clientId', servicePrincipalId)}`,
  };
}

function applicationIn(answers: Answers): ObservedApplication | null {
  const body = found(answers, 'application');
  return body === null ? null : observedApplication(shaped(shapes.applicationShape, body));
}

/**
 * With a deleted application goes its service principal. That one is told by its id where an earlier run has learned it: reads of
 * the two deletions can come from replicas of which one is behind, and several principals of one application can lie in the bin.
 */
function deletedIn(answers: Answers, known: KnownIds): Observed['deletedApplication'] {
  const applications = readable(answers, 'deleted');
  const objectId = applications === null ? undefined : shaped(shapes.deletedItemsShape, applications).value[0]?.id;
  if (objectId === undefined) return null;
  const principals = readable(answers, 'deletedPrincipal');
  const listed = principals === null ? undefined : shaped(shapes.deletedItemsShape, principals).value[0]?.id;
  return { objectId, servicePrincipalId: known.servicePrincipalId ?? listed ?? null };
}

function tenantIn(answers: Answers): Observed['tenant'] {
  const organization = shaped(shapes.organizationShape, found(answers, 'organization')).value[0];
  const domains = organization?.verifiedDomains ?? [];
  return {
    id: organization?.id ?? '',
    displayName: organization?.displayName ?? '',
    defaultDomain: domains.find((domain) => domain.isDefault)?.name ?? domains[0]?.name ?? '',
    domains: domains.map((domain) => domain.name),
  };
}

const ofGrant = 'resource of a grant ';

function resourcesIn(answers: Answers, desired: Desired): Observed['resources'] {
  const granted = Object.keys(answers)
    .filter((name) => name.startsWith(ofGrant))
    .map((name) => readable(answers, name))
    .filter((body) => body !== null)
    .map((body) => observedResource(shaped(shapes.resourceShape, body)));
  const wanted = resourceAppIds(desired).map((appId) => {
    const body = found(answers, `resource ${appId}`);
    return [appId, body === null ? null : observedResource(shaped(shapes.resourceShape, body))] as const;
  });
  return { ...Object.fromEntries(granted.map((resource) => [resource.appId, resource])), ...Object.fromEntries(wanted) };
}

/** Resources outside the profile that a role was granted on: read, so that such a grant is told by its name. */
function grantedResourcePaths(answers: Answers, desired: Desired): Record<string, string> {
  const body = found(answers, 'roleGrants');
  if (body === null) return {};
  const known = new Set(Object.values(resourcesIn(answers, desired)).map((resource) => resource?.servicePrincipalId));
  const others = new Set(
    shaped(shapes.roleGrantsShape, body)
      .value.map(({ resourceId }) => resourceId)
      .filter((id) => !known.has(id)),
  );
  return Object.fromEntries([...others].map((id) => [`${ofGrant}${id}`, `/servicePrincipals/${id}?$select=${shapes.resourceSelect}`]));
}

/** The part of a batch that depends on ids which the first one brought, only where they were not known before. */
async function furtherAnswers(
  directory: Directory,
  first: Answers,
  application: ObservedApplication | null,
  desired: Desired,
  known: KnownIds,
  signal?: AbortSignal,
): Promise<Answers> {
  let answers = first;
  if (application !== null && !('principal' in answers)) {
    const paths = { ...principalPaths(application.clientId, known.servicePrincipalId), ...openPolicyPath(answers, application) };
    answers = { ...answers, ...(await directory.readBatch(paths, signal)) };
  }
  const principal = found(answers, 'principal');
  const id = principal === null ? null : shaped(shapes.servicePrincipalShape, principal).id;
  // Another one may have taken the place of the one that was known: its grants count.
  const grants = id === null || ('roleGrants' in answers && id === known.servicePrincipalId) ? {} : grantPaths(id);
  const open = { ...grants, ...openPolicyPath(answers, application) };
  if (Object.keys(open).length > 0) answers = { ...answers, ...(await directory.readBatch(open, signal)) };
  const others = grantedResourcePaths(answers, desired);
  return Object.keys(others).length === 0 ? answers : { ...answers, ...(await directory.readBatch(others, signal)) };
}

/**
 * Reads everything relevant to one credential in one `$batch`, or in up to three when ids are not known yet; one more
 * where roles are granted on other resources than the profile's. The number does not depend on the size of the tenant.
 *
 * @throws GraphFailure, Fault('interrupted')
 */
export async function observe(
  directory: Directory,
  desired: Desired,
  known: KnownIds,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Observed> {
  const first: Answers = await directory.readBatch(firstPaths(desired, known), signal);
  const application = applicationIn(first);
  const answers = await furtherAnswers(directory, first, application, desired, known, signal);
  const principal = found(answers, 'principal');
  const roleGrants = found(answers, 'roleGrants');
  const delegatedGrants = found(answers, 'delegatedGrants');
  const sameName = found(answers, 'sameName');
  const servicePrincipal = principal === null ? null : shaped(shapes.servicePrincipalShape, principal);
  return {
    at: clock.now().toISOString(),
    tenant: tenantIn(answers),
    application,
    deletedApplication: application === null ? deletedIn(answers, known) : null,
    sameName:
      sameName === null
        ? []
        : shaped(shapes.namedApplicationsShape, sameName).value.map(({ id, appId, ...rest }) => ({
            ...rest,
            objectId: id,
            clientId: appId,
          })),
    servicePrincipal:
      servicePrincipal === null
        ? null
        : {
            id: servicePrincipal.id,
            accountEnabled: servicePrincipal.accountEnabled !== false,
            assignmentRequired: servicePrincipal.appRoleAssignmentRequired === true,
          },
    roleGrants: roleGrants === null ? [] : shaped(shapes.roleGrantsShape, roleGrants).value,
    delegatedGrants: delegatedGrants === null ? [] : shaped(shapes.delegatedGrantsShape, delegatedGrants).value,
    resources: resourcesIn(answers, desired),
    policy: policyIn(answers, application, clock.now()),
  };
}

/**
 * An application as it sees itself, by its client id; null where there is none or it may not read it.
 *
 * @throws GraphFailure, Fault('interrupted')
 */
export async function readOwnApplication(
  directory: Directory,
  clientId: string,
  signal?: AbortSignal,
): Promise<ObservedApplication | null> {
  try {
    const body = await directory.read(`/applications(appId='${clientId}')?$select=${shapes.applicationSelect}`, signal);
    return observedApplication(shaped(shapes.applicationShape, body));
  } catch (error) {
    if (error instanceof GraphFailure && (error.kind === 'forbidden' || error.kind === 'not-found' || error.kind === 'not-replicated'))
      return null;
    throw error;
  }
}

/**
 * A grant of delegated permissions as it is right now; null where it is gone.
 *
 * @throws GraphFailure, Fault('interrupted')
 */
export async function readGrant(directory: Directory, id: string, signal?: AbortSignal): Promise<DelegatedGrant | null> {
  try {
    return shaped(shapes.delegatedGrantShape, await directory.read(`/oauth2PermissionGrants/${id}`, signal));
  } catch (error) {
    if (error instanceof GraphFailure && error.kind === 'not-found') return null;
    throw error;
  }
}

/**
 * One application with its key credentials as they are right now, for merging into its collections.
 *
 * @throws GraphFailure, Fault('interrupted')
 */
export async function readApplication(directory: Directory, objectId: string, signal?: AbortSignal): Promise<ObservedApplication> {
  const body = await directory.read(`/applications/${objectId}?$select=${shapes.applicationSelect}`, signal);
  return observedApplication(shaped(shapes.applicationShape, body));
}
