import { z } from 'zod';
import { resourceAppIds, type CloudId } from '../../clouds/index.ts';
import { GraphFailure, shaped, type Directory, type ReadAnswer } from '../../directory/index.ts';
import { Fault } from '../../faults.ts';
import type { KioskLicences } from '../ews-losses.ts';

/** An application of a tenant that holds a permission for EWS. */
export interface EwsHolder {
  readonly clientId: string;
  readonly name: string;
  /** `full_access_as_app`, `EWS.AccessAsUser.All` and whatever else begins with `EWS.`, by name. */
  readonly permissions: readonly string[];
  /** Its publisher as Microsoft has verified it; null where it has none. */
  readonly publisher: string | null;
  /** Where it is registered. */
  readonly owner: 'this-tenant' | 'microsoft' | 'another-tenant';
  /** Who looks after it, by sign-in name or else by name: owners of the enterprise application, and of the registration where it is here. */
  readonly owners: readonly string[];
  /** By Microsoft's report, ISO 8601 UTC; null where it names none, and where the report cannot be read. */
  readonly lastSignIn: string | null;
}

/** `read`, or why Microsoft's report of sign-ins could not be. */
export type SignInReport = 'read' | 'cloud' | 'licence' | 'forbidden' | 'failed';

export interface EwsInventory {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly holders: readonly EwsHolder[];
  readonly signInReport: SignInReport;
  /** Products with Kiosk mailboxes; null where they could not be read. */
  readonly kioskProducts: KioskLicences['products'] | null;
}

const organization = z.object({ value: z.array(z.object({ id: z.string(), displayName: z.string() })).min(1) });
const named = z.object({ id: z.string(), value: z.string().nullish() });
const resource = z.object({
  value: z.array(z.object({ id: z.string(), appRoles: z.array(named), oauth2PermissionScopes: z.array(named) })),
});
const assignments = z.array(z.object({ principalId: z.string(), principalType: z.string().nullish(), appRoleId: z.string() }));
const grants = z.array(z.object({ clientId: z.string(), scope: z.string() }));
const principal = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullish(),
  appOwnerOrganizationId: z.string().nullish(),
  verifiedPublisher: z.object({ displayName: z.string().nullish() }).nullish(),
});
type Principal = z.infer<typeof principal>;

/** Microsoft's own tenants, whose applications are no customer's to move (merill/microsoft-info). */
const microsoftTenants: ReadonlySet<string> = new Set(['f8cdef31-a31e-4b4a-93e4-5f571e91255a', '72f988bf-86f1-41af-91ab-2d7cd011db47']);

const isEws = (value: string): boolean => value === 'full_access_as_app' || value.startsWith('EWS.');

const resourcePath = (appId: string): string =>
  `/servicePrincipals?$filter=${encodeURIComponent(`appId eq '${appId}'`)}&$select=id,appRoles,oauth2PermissionScopes`;

const owners = z.object({ value: z.array(z.object({ displayName: z.string().nullish(), userPrincipalName: z.string().nullish() })) });
const skus = z.object({
  value: z.array(
    z.object({ skuPartNumber: z.string(), consumedUnits: z.int(), servicePlans: z.array(z.object({ servicePlanName: z.string() })) }),
  ),
});
const activities = z.object({
  value: z.array(z.object({ lastSignInActivity: z.object({ lastSignInDateTime: z.string().nullish() }).nullish() })),
});

const ownersPath = (of: string): string => `/${of}/owners?$select=id,displayName,userPrincipalName`;

/** Names of owners; none where they cannot be read: nothing depends on them. */
function ownerNames(answer: ReadAnswer<unknown> | undefined): string[] {
  if (answer?.ok !== true) return [];
  return shaped(owners, answer.value).value.flatMap(({ userPrincipalName, displayName }) => userPrincipalName ?? displayName ?? []);
}

interface FoundPrincipal extends Principal {
  readonly owners: readonly string[];
}

/** The service principals with these object ids, with their owners; one that is gone meanwhile is left out. */
async function principalsOf(directory: Directory, ids: readonly string[], signal?: AbortSignal): Promise<FoundPrincipal[]> {
  const paths = ids.flatMap((id) => [
    [id, `/servicePrincipals/${id}?$select=id,appId,displayName,appOwnerOrganizationId,verifiedPublisher`],
    [`${id} owners`, ownersPath(`servicePrincipals/${id}`)],
  ]);
  const answers: Record<string, ReadAnswer<unknown>> = await directory.readBatch(Object.fromEntries(paths), signal);
  return ids.flatMap((id): FoundPrincipal[] => {
    const answer = answers[id];
    if (answer?.ok === true) return [{ ...shaped(principal, answer.value), owners: ownerNames(answers[`${id} owners`]) }];
    if (answer !== undefined && answer.failure.kind !== 'not-found') throw answer.failure;
    return [];
  });
}

const signInsPath = (appId: string): string =>
  `/reports/servicePrincipalSignInActivities?$filter=${encodeURIComponent(`appId eq '${appId}'`)}`;

/** Where Microsoft offers the report ("List servicePrincipalSignInActivities", national cloud deployments). */
const offered: ReadonlySet<CloudId> = new Set<CloudId>(['global']);

interface SignIns {
  readonly report: SignInReport;
  /** Application id → ISO 8601 UTC. */
  readonly last: ReadonlyMap<string, string>;
}

function unread(failure: GraphFailure): SignInReport {
  if (failure.code === 'Authentication_RequestFromNonPremiumTenantOrB2CTenant') return 'licence';
  return failure.kind === 'forbidden' ? 'forbidden' : 'failed';
}

/**
 * When applications last signed in, by Microsoft's report (Microsoft Graph beta, "List servicePrincipalSignInActivities";
 * Directory.Read.All, which looking needs anyway, suffices). Whatever stands in its way is a reason and no failure.
 */
async function readSignIns(directory: Directory, cloud: CloudId, appIds: readonly string[], signal?: AbortSignal): Promise<SignIns> {
  const last = new Map<string, string>();
  if (!offered.has(cloud)) return { report: 'cloud', last };
  if (appIds.length === 0) return { report: 'read', last };
  try {
    const answers: Record<string, ReadAnswer<unknown>> = await directory.readBatch(
      Object.fromEntries(appIds.map((appId) => [appId, signInsPath(appId)])),
      signal,
      'beta',
    );
    for (const [appId, answer] of Object.entries(answers)) {
      if (!answer.ok) return { report: unread(answer.failure), last: new Map() };
      const times = shaped(activities, answer.value)
        .value.map(({ lastSignInActivity }) => Date.parse(lastSignInActivity?.lastSignInDateTime ?? ''))
        .filter((time) => !Number.isNaN(time));
      if (times.length > 0) last.set(appId, new Date(Math.max(...times)).toISOString());
    }
    return { report: 'read', last };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Fault && error.code === 'interrupted') throw error;
    return { report: error instanceof GraphFailure ? unread(error) : 'failed', last: new Map() };
  }
}

/** Owners of the registrations that are in this tenant, by application id. */
async function registrationOwners(directory: Directory, appIds: readonly string[], signal?: AbortSignal): Promise<Map<string, string[]>> {
  if (appIds.length === 0) return new Map();
  const paths = appIds.map((appId) => [appId, ownersPath(`applications(appId='${appId}')`)]);
  const answers: Record<string, ReadAnswer<unknown>> = await directory.readBatch(Object.fromEntries(paths), signal);
  return new Map(appIds.map((appId) => [appId, ownerNames(answers[appId])]));
}

/** Mailboxes of *Exchange Online Kiosk* ("Product names and service plan identifiers for licensing", EXCHANGE_S_DESKLESS and its kin). */
const isKiosk = (servicePlanName: string): boolean => servicePlanName.startsWith('EXCHANGE_S_DESKLESS');

function kioskProductsIn(answer: ReadAnswer<unknown>): KioskLicences['products'] | null {
  if (!answer.ok) return null;
  return shaped(skus, answer.value)
    .value.filter(({ servicePlans }) => servicePlans.some(({ servicePlanName }) => isKiosk(servicePlanName)))
    .map(({ skuPartNumber, consumedUnits }) => ({ sku: skuPartNumber, assigned: consumedUnits }));
}

const ownerOf = ({ appOwnerOrganizationId: owner }: Principal, tenantId: string): EwsHolder['owner'] => {
  if (owner === tenantId) return 'this-tenant';
  return microsoftTenants.has(owner ?? '') ? 'microsoft' : 'another-tenant';
};

/** Adds a permission to what is known of a principal. */
function note(held: Map<string, Set<string>>, principalId: string, value: string): void {
  held.set(principalId, (held.get(principalId) ?? new Set()).add(value));
}

/**
 * Every application of a tenant that holds a permission for EWS: application permissions on Exchange Online, delegated ones on Exchange
 * Online and on Microsoft Graph. Read with `Directory.Read.All` or `Application.Read.All` and nothing else; the number of requests grows
 * with the applications that hold one, not with the tenant. What is told beside it, sign-ins and licences, is left out where it cannot
 * be read.
 *
 * @throws GraphFailure, Fault('interrupted')
 */
export async function readEwsHolders(directory: Directory, cloud: CloudId, signal?: AbortSignal): Promise<EwsInventory> {
  const first = await directory.readBatch(
    {
      organization: '/organization?$select=id,displayName',
      exchange: resourcePath(resourceAppIds.exchange),
      graph: resourcePath(resourceAppIds.graph),
      licences: '/subscribedSkus?$select=skuPartNumber,consumedUnits,servicePlans',
    },
    signal,
  );
  const read = <T>(shape: z.ZodType<T>, name: 'organization' | 'exchange' | 'graph'): T => {
    const answer = first[name];
    if (!answer.ok) throw answer.failure;
    return shaped(shape, answer.value);
  };
  const [tenant] = read(organization, 'organization').value;
  const [exchange] = read(resource, 'exchange').value;
  const [graph] = read(resource, 'graph').value;
  const held = new Map<string, Set<string>>();
  if (exchange !== undefined) {
    const roles = new Map(exchange.appRoles.map(({ id, value }) => [id, value ?? '']));
    for (const { principalId, appRoleId } of shaped(
      assignments,
      await directory.readAll(`/servicePrincipals/${exchange.id}/appRoleAssignedTo`, signal),
    )) {
      const value = roles.get(appRoleId) ?? '';
      if (isEws(value)) note(held, principalId, value);
    }
  }
  for (const each of [exchange, graph]) {
    if (each === undefined || !each.oauth2PermissionScopes.some(({ value }) => isEws(value ?? ''))) continue;
    const filter = encodeURIComponent(`resourceId eq '${each.id}'`);
    for (const { clientId, scope } of shaped(grants, await directory.readAll(`/oauth2PermissionGrants?$filter=${filter}`, signal)))
      for (const value of scope.split(' ').filter(isEws)) note(held, clientId, value);
  }
  if (tenant === undefined)
    throw new GraphFailure('invalid', { status: 200, code: 'no-organization', message: 'no organization was told' });
  const principals = await principalsOf(directory, [...held.keys()], signal);
  const here = principals.filter((each) => ownerOf(each, tenant.id) === 'this-tenant').map(({ appId }) => appId);
  const appIds = principals.map(({ appId }) => appId);
  const [registered, signIns] = await Promise.all([
    registrationOwners(directory, here, signal),
    readSignIns(directory, cloud, appIds, signal),
  ]);
  const holders = principals.map((each): EwsHolder => ({
    clientId: each.appId,
    name: each.displayName ?? each.appId,
    permissions: [...(held.get(each.id) ?? [])].toSorted(),
    publisher: each.verifiedPublisher?.displayName ?? null,
    owner: ownerOf(each, tenant.id),
    owners: [...new Set([...(registered.get(each.appId) ?? []), ...each.owners])],
    lastSignIn: signIns.last.get(each.appId) ?? null,
  }));
  return {
    tenantId: tenant.id,
    tenantName: tenant.displayName,
    holders: holders.toSorted((one, other) => one.name.localeCompare(other.name, 'en')),
    signInReport: signIns.report,
    kioskProducts: kioskProductsIn(first.licences),
  };
}
