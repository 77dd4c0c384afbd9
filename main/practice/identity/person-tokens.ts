import { authorityOf, cloudsOf } from '../hosts.ts';
import type { PracticeAnswer, PracticeRequest } from '../world.ts';
import { findClient } from './clients.ts';
import { missingScopes, wantedScopes } from './consent.ts';
import { clientInfo, idToken, personAccessToken, tokenLifetime } from './issue.ts';
import { checkAccess, checkAssigned, findPerson } from './people.ts';
import { personRefusals } from './person-refusals.ts';
import type { Grant, Realm } from './realm.ts';
import { checkDelegatedScopes, findResource, parseScopes, resourceOf } from './scopes.ts';
import { tenantOfId } from './tenants.ts';
import { refusals } from './refusals.ts';

export interface PersonTokensOptions {
  readonly scope: string;
  readonly nonce?: string | null;
  readonly claims?: string | undefined;
}

/** `xms_cc` out of a claims request ("How to use Continuous Access Evaluation enabled APIs", client capabilities). */
function capabilitiesOf(claims: string | undefined): string[] {
  const found = claims === undefined ? null : /"xms_cc"\s*:\s*\{\s*"values"\s*:\s*\[([^\]]*)\]/.exec(claims);
  return found?.[1] === undefined ? [] : [...found[1].matchAll(/"([^"]+)"/g)].flatMap(([, value]) => (value === undefined ? [] : [value]));
}

/**
 * Tokens for a person, after everything was checked once more: the client is enabled, the person still there, policy and
 * consent allow it. Refuses with 65001 for scopes nobody consented.
 */
export async function personTokens(
  grant: Grant,
  { scope, nonce = null, claims }: PersonTokensOptions,
  request: PracticeRequest,
  realm: Realm,
): Promise<PracticeAnswer> {
  const tenant = tenantOfId(grant.tenantId, realm);
  if (tenant === undefined) throw refusals.tenantUnknown(grant.tenantId);
  const client = findClient(grant.clientId, tenant, realm);
  const person = findPerson(grant.upn, tenant, client, realm);
  const scopes = parseScopes(scope, cloudsOf(request));
  const { identifier, values, written } = resourceOf(scopes, scope);
  const resource = findResource(identifier, tenant, cloudsOf(request), realm);
  checkDelegatedScopes(client, resource, values);
  checkAssigned(person, client);
  checkAccess(person, grant.multiFactor);
  const question = { ...person, client, resource, values };
  if (missingScopes(question).length > 0) throw personRefusals.consentMissing(client);
  const granted = wantedScopes(question);
  const authority = authorityOf(request);
  const accessToken = await personAccessToken(
    {
      person,
      audience: identifier,
      authority,
      client,
      scopes: granted,
      multiFactor: grant.multiFactor,
      capabilities: capabilitiesOf(claims),
    },
    realm,
  );
  return {
    status: 200,
    headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
    body: {
      token_type: 'Bearer',
      scope: [...scopes.openId.filter((value) => value !== 'offline_access'), ...written].join(' '),
      expires_in: tokenLifetime,
      ext_expires_in: tokenLifetime,
      access_token: accessToken,
      ...(scopes.openId.includes('offline_access') ? { refresh_token: realm.refreshTokens.add(grant, realm.world.now()) } : {}),
      ...(scopes.openId.includes('openid') ? { id_token: await idToken(person, client, { nonce, code: null }, authority, realm) } : {}),
      client_info: clientInfo(person, realm),
    },
  };
}
