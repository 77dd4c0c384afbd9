import type { PracticeAnswer } from '../../world.ts';
import { authenticateClient } from '../client-authentication.ts';
import { findClient } from '../clients.ts';
import { personTokens } from '../person-tokens.ts';
import { checkCodeVerifier } from '../pkce.ts';
import type { Realm } from '../realm.ts';
import { refusals } from '../refusals.ts';
import { tenantOfId } from '../tenants.ts';
import type { TokenRequest } from '../token-request.ts';

/**
 * Redeems an authorization code, once, for the client, tenant and redirect URI it was given to (Microsoft identity
 * platform, "OAuth 2.0 authorization code flow"; PKCE: RFC 7636 §4.6). Refuses with 54005, 70008, 70000, 700005, 500112
 * and 501481.
 */
export async function redeemCode({ form, segment, tenant, request }: TokenRequest, realm: Realm): Promise<PracticeAnswer> {
  const clientId = form.required('client_id').toLowerCase();
  const handle = form.required('code');
  const redirectUri = form.required('redirect_uri');
  const found = realm.codes.find(handle, realm.world.now());
  if (found === undefined || found.value.clientId !== clientId) throw refusals.grantMalformed('code');
  const code = found.value;
  if (code.redeemed) throw refusals.codeRedeemed();
  if (found.expired) throw refusals.codeExpired();
  if (tenant !== null && tenant.id !== code.tenantId) throw refusals.codeOfOtherTenant();
  if (redirectUri !== code.redirectUri) throw refusals.replyAddressChanged(redirectUri, code.redirectUri);
  checkCodeVerifier(form.optional('code_verifier'), code.codeChallenge);
  const home = tenant ?? tenantOfId(code.tenantId, realm);
  const client = findClient(clientId, home ?? null, realm);
  // A registration without "Allow public client flows" may still redeem on its public redirect URIs without a secret.
  const isPublic =
    client.publicClient || client.application?.publicClient?.redirectUris?.includes(redirectUri.replace(/:\d+(?=\/|$)/, '')) === true;
  if ((!isPublic || form.optional('client_assertion') !== undefined) && home !== undefined)
    await authenticateClient({ client, form, segment, tenant: home, request }, realm);
  code.redeemed = true;
  return personTokens(
    code,
    { scope: form.optional('scope') ?? code.scope, nonce: code.nonce, claims: form.optional('claims') },
    request,
    realm,
  );
}
