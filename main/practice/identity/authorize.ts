import { cloudsOf } from '../hosts.ts';
import type { PracticeAnswer, PracticeRequest } from '../world.ts';
import { checkRedirectUri, findClient, type Client } from './clients.ts';
import { queryOf, type Form } from './form.ts';
import { accountsAt, asksMultiFactor, usualAccount } from './people.ts';
import { chooserPage, html } from './pages.ts';
import { personRefusals } from './person-refusals.ts';
import { codeChallengeOf } from './pkce.ts';
import type { PendingSignIn, Realm } from './realm.ts';
import { EntraRefusal } from './refusal.ts';
import { refusals } from './refusals.ts';
import { answerToClient, modeForRefusal, responseFormOf } from './response.ts';
import { parseScopes } from './scopes.ts';
import { refusalFields } from './end-sign-in.ts';
import { signInAs } from './sign-in.ts';
import { tenantOfSegment } from './tenants.ts';

/**
 * `GET /{tenant}/oauth2/v2.0/authorize` (Microsoft identity platform, "OAuth 2.0 authorization code flow", "Request an
 * authorization code"). Until client and redirect URI are known to belong together nothing is sent to the redirect URI:
 * those refusals are a page. Later ones go back to the client.
 */
export async function authorizeEndpoint(segment: string, request: PracticeRequest, realm: Realm): Promise<PracticeAnswer> {
  const query = queryOf(request);
  const tenant = tenantOfSegment(segment, realm);
  const clientId = query.required('client_id').toLowerCase();
  const client = findClient(clientId, tenant, realm);
  const redirectUri = query.required('redirect_uri');
  checkRedirectUri(client, redirectUri);
  const state = query.optional('state') ?? null;
  try {
    const pending = pendingSignIn(segment, query, client, request);
    const context = realm.pending.add(pending, realm.world.now());
    const hint = query.optional('login_hint');
    if (hint !== undefined && pending.prompt !== 'select_account') return await signInAs(hint, context, pending, request, realm);
    return html(
      chooserPage({
        segment,
        context,
        client: client.displayName,
        tenantName: tenant?.displayName ?? null,
        accounts: accountsAt(tenant, realm),
        usual: usualAccount(realm),
      }),
    );
  } catch (error) {
    if (!(error instanceof EntraRefusal)) throw error;
    return answerToClient(modeForRefusal(query), redirectUri, refusalFields(error, state, request, realm));
  }
}

function pendingSignIn(segment: string, query: Form, client: Client, request: PracticeRequest): PendingSignIn {
  const response = responseFormOf(query, client);
  const scope = query.required('scope');
  const { openId } = parseScopes(scope, cloudsOf(request));
  if (response.types.includes('id_token') && !openId.includes('openid')) throw refusals.scopeInvalid(scope);
  const prompt = query.optional('prompt') ?? null;
  if (prompt === 'none') throw personRefusals.signInNeeded();
  const redirectUri = query.required('redirect_uri');
  return {
    tenantSegment: segment,
    clientId: client.appId,
    scope,
    prompt,
    multiFactor: asksMultiFactor(query.optional('claims')),
    chosen: null,
    answer: {
      to: 'client',
      redirectUri,
      state: query.optional('state') ?? null,
      nonce: query.optional('nonce') ?? null,
      codeChallenge: codeChallengeOf(query, client, redirectUri),
      clientInfo: query.optional('client_info') === '1',
      response,
    },
  };
}
