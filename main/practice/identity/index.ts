import { NotSimulated, notSimulatedCode } from '../not-simulated.ts';
import type { PracticeAnswer, PracticeRequest } from '../world.ts';
import { authorizeEndpoint } from './authorize.ts';
import { deviceAuthEndpoint, deviceAuthPage, deviceCodeEndpoint } from './device-code.ts';
import { discoveryDocument, instanceDiscovery, keys } from './metadata.ts';
import { errorPage, finishedPage, html } from './pages.ts';
import type { Realm } from './realm.ts';
import { EntraRefusal, refusalAnswer, refusalBody } from './refusal.ts';
import { consentEndpoint, loginEndpoint } from './sign-in.ts';
import { tokenEndpoint } from './token.ts';

export { claimsChallenge, endToken, readBearer, readExchangeToken } from './bearer.ts';
export { createRealm, type Realm } from './realm.ts';
export { createSigningKey } from './signing-key.ts';
export { refusalAnswer as entraRefusalAnswer } from './refusal.ts';
export { refusals } from './refusals.ts';
export { tokenForAccount, type AccountTokenRequest } from './account-token.ts';

interface Endpoint {
  /** Pages are for people, the rest is JSON: decides how a refusal looks. */
  readonly kind: 'page' | 'api';
  readonly answer: (segment: string, request: PracticeRequest, realm: Realm) => PracticeAnswer | Promise<PracticeAnswer>;
}

const endpoints: Readonly<Record<string, Endpoint>> = {
  'GET /oauth2/v2.0/authorize': { kind: 'page', answer: authorizeEndpoint },
  'POST /login': { kind: 'page', answer: (_segment, request, realm) => loginEndpoint(request, realm) },
  'POST /Consent/Set': { kind: 'page', answer: (_segment, request, realm) => consentEndpoint(request, realm) },
  'GET /oauth2/deviceauth': { kind: 'page', answer: deviceAuthPage },
  'POST /oauth2/deviceauth': { kind: 'page', answer: (_segment, request, realm) => deviceAuthEndpoint(request, realm) },
  'GET /oauth2/v2.0/logout': { kind: 'page', answer: () => html(finishedPage('You signed out of your account.')) },
  'POST /oauth2/v2.0/token': { kind: 'api', answer: tokenEndpoint },
  'POST /oauth2/v2.0/devicecode': { kind: 'api', answer: deviceCodeEndpoint },
  'GET /v2.0/.well-known/openid-configuration': { kind: 'api', answer: discoveryDocument },
  'GET /discovery/v2.0/keys': { kind: 'api', answer: (_segment, _request, realm) => keys(realm) },
  'GET /discovery/instance': { kind: 'api', answer: (_segment, request) => instanceDiscovery(request) },
};

/** 501, as a page for people and as JSON for programs; neither has an AADSTS number. */
export function notSimulatedAnswer(error: NotSimulated, kind: Endpoint['kind']): PracticeAnswer {
  if (kind === 'page') return html(errorPage(error.message), 501);
  return { status: 501, headers: { 'cache-control': 'no-store' }, body: { error: notSimulatedCode, error_description: error.message } };
}

/** Everything that Microsoft Entra ID answers: sign-in pages, tokens, metadata. What is not simulated is 501. */
export async function identityAnswer(request: PracticeRequest, realm: Realm): Promise<PracticeAnswer> {
  const [, segment = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(request.path) ?? [];
  const endpoint = Object.hasOwn(endpoints, `${request.method} ${rest}`) ? endpoints[`${request.method} ${rest}`] : undefined;
  if (endpoint === undefined)
    return notSimulatedAnswer(new NotSimulated(`${request.method} ${request.path}`), request.method === 'GET' ? 'page' : 'api');
  try {
    return await endpoint.answer(segment, request, realm);
  } catch (error) {
    if (error instanceof NotSimulated) return notSimulatedAnswer(error, endpoint.kind);
    if (!(error instanceof EntraRefusal)) throw error;
    if (endpoint.kind === 'api') return refusalAnswer(error.fields, request, realm.world);
    return html(errorPage(String(refusalBody(error.fields, request, realm.world)['error_description'])), error.fields.status ?? 400);
  }
}
