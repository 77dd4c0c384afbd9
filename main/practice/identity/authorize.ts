import { cloudsOf } from '../hosts.ts';
import type { PracticeAnswer, PracticeRequest } from '../world.ts';
import { checkRedirectUri, findClient, type Client } from './clients.ts';
import { queryOf, type Form } from './form.ts';
import { accountsAt, asksMultiFactor, usualAccount } from './people.ts';
import { chooserPage, formPostPage, html } from './pages.ts';
import { personRefusals } from './person-refusals.ts';
import type { PendingSignIn, Realm } from './realm.ts';
import { EntraRefusal } from './refusal.ts';
import { refusals } from './refusals.ts';
import { parseScopes } from './scopes.ts';
import { refusalFields } from './end-sign-in.ts';
import { signInAs } from './sign-in.ts';
import { tenantOfSegment } from './tenants.ts';

/**
 * `GET /{tenant}/oauth2/v2.0/authorize` (Microsoft identity platform, "OAuth 2.0 authorization code flow", "Request an
 * authorization code"). Until client and redirect URI are known to belong together nothing is sent to the redirect URI:
 * those refusals are a page. Later ones go back to the client.
 */
export function authorizeEndpoint(segment: string, request: PracticeRequest, realm: Realm): PracticeAnswer {
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
    if (hint !== undefined && pending.prompt !== 'select_account') return signInAs(hint, context, pending, request, realm);
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
    return html(formPostPage(redirectUri, refusalFields(error, state, request, realm)));
  }
}

function pendingSignIn(segment: string, query: Form, client: Client, request: PracticeRequest): PendingSignIn {
  const responseType = query.required('response_type');
  if (responseType !== 'code') {
    const idTokens =
      responseType.split(' ').includes('id_token') && client.application?.web?.implicitGrantSettings?.enableIdTokenIssuance !== true;
    throw idTokens ? refusals.idTokensOff(client) : refusals.responseTypeUnknown(responseType);
  }
  const mode = query.optional('response_mode') ?? 'query';
  if (mode !== 'form_post') throw refusals.responseModeUnknown(mode); // the one that MSAL's loopback server takes
  const scope = query.required('scope');
  parseScopes(scope, cloudsOf(request));
  const prompt = query.optional('prompt') ?? null;
  if (prompt === 'none') throw personRefusals.signInNeeded();
  return {
    tenantSegment: segment,
    clientId: client.appId,
    scope,
    prompt,
    multiFactor: asksMultiFactor(query.optional('claims')),
    chosen: null,
    answer: {
      to: 'client',
      redirectUri: query.required('redirect_uri'),
      state: query.optional('state') ?? null,
      nonce: query.optional('nonce') ?? null,
      codeChallenge: codeChallengeOf(query, client),
      clientInfo: query.optional('client_info') === '1',
    },
  };
}

/** Public clients need PKCE with S256 (RFC 8252 §6, RFC 7636 §4.3), stricter than Entra, which only recommends it for some. */
function codeChallengeOf(query: Form, client: Client): string | null {
  const challenge = query.optional('code_challenge');
  if (challenge === undefined) {
    if (client.publicClient) throw refusals.codeChallengeMissing();
    return null;
  }
  if (query.optional('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge)) throw refusals.codeChallengeInvalid();
  return challenge;
}
