import { z } from 'zod';
import { resourceAppIds } from '../../clouds/index.ts';
import { GraphFailure, shaped, type Directory } from '../../directory/index.ts';

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
}

export interface EwsInventory {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly holders: readonly EwsHolder[];
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

/** Parts of one `$batch` (Microsoft Graph, "Combine multiple HTTP requests using JSON batching"). */
const mostParts = 20;

/** The service principals with these object ids; one that is gone meanwhile is left out. */
async function principalsOf(directory: Directory, ids: readonly string[], signal?: AbortSignal): Promise<Principal[]> {
  const found: Principal[] = [];
  for (let first = 0; first < ids.length; first += mostParts) {
    const paths = ids
      .slice(first, first + mostParts)
      .map((id) => [id, `/servicePrincipals/${id}?$select=id,appId,displayName,appOwnerOrganizationId,verifiedPublisher`]);
    for (const answer of Object.values(await directory.readBatch(Object.fromEntries(paths), signal))) {
      if (answer.ok) found.push(shaped(principal, answer.value));
      else if (answer.failure.kind !== 'not-found') throw answer.failure;
    }
  }
  return found;
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
 * with the applications that hold one, not with the tenant.
 *
 * @throws GraphFailure, Fault('interrupted')
 */
export async function readEwsHolders(directory: Directory, signal?: AbortSignal): Promise<EwsInventory> {
  const first = await directory.readBatch(
    {
      organization: '/organization?$select=id,displayName',
      exchange: resourcePath(resourceAppIds.exchange),
      graph: resourcePath(resourceAppIds.graph),
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
  const holders = principals.map((each): EwsHolder => ({
    clientId: each.appId,
    name: each.displayName ?? each.appId,
    permissions: [...(held.get(each.id) ?? [])].toSorted(),
    publisher: each.verifiedPublisher?.displayName ?? null,
    owner: ownerOf(each, tenant.id),
  }));
  return {
    tenantId: tenant.id,
    tenantName: tenant.displayName,
    holders: holders.toSorted((one, other) => one.name.localeCompare(other.name, 'en')),
  };
}
