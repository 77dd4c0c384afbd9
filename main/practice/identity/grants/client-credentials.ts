import { randomUUID } from 'node:crypto';
import { authorityOf, cloudsOf } from '../../hosts.ts';
import type { PracticeAnswer } from '../../world.ts';
import { authenticateClient } from '../client-authentication.ts';
import { findClient } from '../clients.ts';
import { applicationAccessToken, rolesOf, tokenLifetime } from '../issue.ts';
import { isKnown, type Realm } from '../realm.ts';
import { refusals } from '../refusals.ts';
import { findResource, parseScopes, resourceOf } from '../scopes.ts';
import type { TokenRequest } from '../token-request.ts';

/**
 * App-only token for one resource (Microsoft identity platform, "OAuth 2.0 client credentials flow"). Refuses with 50059
 * (no tenant), 1002012 (not `/.default`), 7000229 (no service principal) and those of client, assertion and resource.
 */
export async function clientCredentials({ form, segment, tenant, request }: TokenRequest, realm: Realm): Promise<PracticeAnswer> {
  const clientId = form.required('client_id');
  const scope = form.required('scope');
  if (tenant === null) throw refusals.tenantNeeded();
  const requested = parseScopes(scope, cloudsOf(request));
  const { openId } = requested;
  const { identifier, values } = resourceOf(requested, scope);
  if (values.length !== 1 || values[0] !== '.default' || openId.length > 0) throw refusals.scopeNotDefault(scope);
  const client = findClient(clientId, tenant, realm);
  const { keyId, appidacr } = await authenticateClient({ client, form, segment, tenant, request }, realm);
  const principal = tenant.servicePrincipals.find(
    ({ appId, id }) => appId === client.appId && isKnown(realm.world.state.replicatedAt, id, realm.world),
  );
  if (principal === undefined) throw refusals.servicePrincipalMissing(client.appId, tenant);
  const resource = findResource(identifier, tenant, cloudsOf(request), realm);
  tenant.credentialSignIns = {
    ...tenant.credentialSignIns,
    [keyId]: { at: realm.world.now().toISOString(), requestId: randomUUID(), resourceId: resource.id },
  };
  realm.world.changed();
  const roles = rolesOf(principal, resource, tenant, realm);
  return {
    status: 200,
    headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
    body: {
      token_type: 'Bearer',
      expires_in: tokenLifetime,
      ext_expires_in: tokenLifetime,
      access_token: await applicationAccessToken(
        { tenant, audience: identifier, authority: authorityOf(request), client, principal, roles, appidacr },
        realm,
      ),
    },
  };
}
