import { microsoftPrincipal } from '../graph/microsoft-resources.ts';
import { delegatedGrantId } from '../graph/permission-grants.ts';
import { directoryRoles } from '../graph/roles.ts';
import { servicePrincipalFor } from '../graph/service-principal-type.ts';
import type { PracticeAccount, PracticeTenant, StoredServicePrincipal } from '../world.ts';
import type { Client } from './clients.ts';
import { directoriesOf, type Realm } from './realm.ts';

/** Roles that may consent to delegated permissions (Microsoft Entra documentation, "Grant tenant-wide admin consent", "Prerequisites"). */
const consenting: ReadonlySet<string> = new Set([
  directoryRoles.globalAdministrator,
  directoryRoles.privilegedRoleAdministrator,
  directoryRoles.applicationAdministrator,
  directoryRoles.cloudApplicationAdministrator,
]);

const keyOf = (account: PracticeAccount, client: Client): string => `${account.upn} ${client.appId}`;

/** Scopes of `resource` that this person may use through this client: own consent, or an administrator's. */
export function consentedScopes(
  tenant: PracticeTenant,
  account: PracticeAccount,
  client: Client,
  resource: StoredServicePrincipal,
): ReadonlySet<string> {
  const principal = tenant.servicePrincipals.find(({ appId }) => appId === client.appId);
  const granted = tenant.oauth2PermissionGrants
    .filter((grant) => grant.clientId === principal?.id && grant.resourceId === resource.id)
    .filter((grant) => grant.consentType === 'AllPrincipals' || grant.principalId === account.objectId)
    .flatMap(({ scope }) => scope.split(' ').filter((value) => value !== ''));
  return new Set([...(tenant.consents[keyOf(account, client)] ?? []), ...granted]);
}

export interface ConsentQuestion {
  readonly tenant: PracticeTenant;
  readonly account: PracticeAccount;
  readonly client: Client;
  readonly resource: StoredServicePrincipal;
  readonly values: readonly string[];
}

/** `.default` stands for what was consented before, or else for what the registration names. */
export function wantedScopes({ tenant, account, client, resource, values }: ConsentQuestion): readonly string[] {
  if (!values.includes('.default')) return values;
  const consented = [...consentedScopes(tenant, account, client, resource)];
  if (consented.length > 0) return consented;
  const required =
    client.application?.requiredResourceAccess?.find(({ resourceAppId }) => resourceAppId === resource.appId)?.resourceAccess ?? [];
  const ids = new Set(required.filter(({ type }) => type === 'Scope').map(({ id }) => id));
  return (resource.oauth2PermissionScopes ?? []).flatMap(({ id, value }) => (ids.has(id) && typeof value === 'string' ? [value] : []));
}

export function missingScopes(question: ConsentQuestion): readonly string[] {
  const consented = consentedScopes(question.tenant, question.account, question.client, question.resource);
  return wantedScopes(question).filter((value) => !consented.has(value));
}

/** True when all of these may be consented by this person; scopes of type `Admin` need one of the roles. */
export function mayConsent(account: PracticeAccount, resource: StoredServicePrincipal, values: readonly string[]): boolean {
  if (account.wids.some((role) => consenting.has(role))) return true;
  return values.every((value) => resource.oauth2PermissionScopes?.find((scope) => scope.value === value)?.type === 'User');
}

/**
 * Remembers a consent as the service does: an oAuth2PermissionGrant for this person ("oAuth2PermissionGrant resource type":
 * grants are created when a user consents). A partner has no object in the directory that a grant could name. The caller
 * saves the world.
 */
export function recordConsent({ tenant, account, client, resource }: ConsentQuestion, values: readonly string[], realm: Realm): void {
  if (values.length === 0) return;
  if (account.trait === 'gdap') {
    const key = keyOf(account, client);
    tenant.consents[key] = [...new Set([...(tenant.consents[key] ?? []), ...values])].sort();
    return;
  }
  const clientId = clientPrincipal(tenant, client, realm).id;
  const [resourceId, principalId] = [resource.id, account.objectId];
  const known = tenant.oauth2PermissionGrants.find(
    (grant) => grant.clientId === clientId && grant.resourceId === resourceId && grant.principalId === principalId,
  );
  const scope = [...new Set([...(known?.scope.split(' ') ?? []), ...values])].filter((value) => value !== '').join(' ');
  const id = delegatedGrantId(clientId, resourceId, principalId);
  const grant = { id, clientId, resourceId, principalId, consentType: 'Principal', ...known, scope };
  tenant.oauth2PermissionGrants = [...tenant.oauth2PermissionGrants.filter((each) => each !== known), grant];
}

/** A client of another directory gets its service principal here with the first consent ("Application and service principal objects"). */
function clientPrincipal(tenant: PracticeTenant, client: Client, realm: Realm): StoredServicePrincipal {
  const known = tenant.servicePrincipals.find(({ appId }) => appId === client.appId);
  if (known !== undefined) return known;
  const id = realm.world.newId();
  const home = directoriesOf(realm).find(({ applications }) => applications.some(({ appId }) => appId === client.appId));
  const principal =
    client.application === null || home === undefined
      ? microsoftPrincipal(client.appId, client.displayName, () => id)
      : servicePrincipalFor(client.application, home, id);
  tenant.servicePrincipals = [...tenant.servicePrincipals, principal];
  return principal;
}
