import { errors, jwtVerify, type JWTPayload } from 'jose';
import { resourceAppIds, type Cloud } from '../../clouds/index.ts';
import { Refusal, refusalAnswer } from '../graph/refusal.ts';
import { authorityOf, cloudsOf, exchangeNames } from '../hosts.ts';
import type { Bearer, PracticeAnswer, PracticeRequest } from '../world.ts';
import { accountIn } from './people.ts';
import type { Realm } from './realm.ts';
import { tenantOfId } from './tenants.ts';

/** `WWW-Authenticate` of Graph, with what the challenge adds (RFC 6750 §3). */
const challenge = (request: PracticeRequest, rest = ''): string =>
  `Bearer realm="", authorization_uri="${authorityOf(request)}/common/oauth2/authorize", client_id="${resourceAppIds.graph}"${rest}`;

function refused(message: string, request: PracticeRequest, { world }: Realm, rest = ''): PracticeAnswer {
  const answer = refusalAnswer(new Refusal(401, 'InvalidAuthenticationToken', message), request, world);
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge(request, rest) } };
}

/**
 * The claims challenge of continuous access evaluation (Microsoft identity platform, "Claims challenges and requests"):
 * tokens from before this moment are over, the one that came with the request at once.
 */
export function claimsChallenge(request: PracticeRequest, realm: Realm): PracticeAnswer {
  const value = String(Math.floor(realm.world.now().getTime() / 1000));
  const claims = Buffer.from(JSON.stringify({ access_token: { nbf: { essential: true, value } } })).toString('base64');
  return refused(
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenCreatedWithOutdatedPolicies',
    request,
    realm,
    `, error="insufficient_claims", claims="${claims}"`,
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'Lifetime validation failed, the token is expired.';
  if (error instanceof errors.JWSInvalid)
    return 'IDX14100: JWT is not well formed, there are no dots (.). The token needs to be in JWS or JWE Compact Serialization Format.';
  return 'Access token validation failure. Invalid signature.';
}

/** Graph takes its name with and without a slash behind it (AzureAD/microsoft-authentication-library-for-dotnet issue 747), and its app id. */
const isGraph = (audience: JWTPayload['aud'], graph: string): boolean =>
  audience === graph || audience === `${graph}/` || audience === resourceAppIds.graph;

/** Exchange Online takes each of its names, with and without a slash, and its app id. */
const isExchange = (audience: JWTPayload['aud'], cloud: Cloud): boolean =>
  audience === resourceAppIds.exchange || exchangeNames(cloud).some((name) => audience === name || audience === `${name}/`);

/** Why a token is none. */
type Refused =
  { readonly refused: 'missing' | 'audience' | 'ended' | 'unknown-caller' } | { readonly refused: 'invalid'; readonly error: unknown };

/** What an Authorization header says: signature, time, audience, no challenge behind it, and a caller that is still there. */
async function readToken(
  authorization: string | undefined,
  isAudience: (audience: JWTPayload['aud']) => boolean,
  realm: Realm,
): Promise<{ readonly bearer: Bearer } | Refused> {
  const [, token] = /^Bearer\s+(\S+)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) return { refused: 'missing' };
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(token, realm.key.publicKey, { algorithms: ['RS256'], currentDate: realm.world.now() }));
  } catch (error) {
    return { refused: 'invalid', error };
  }
  if (!isAudience(payload.aud)) return { refused: 'audience' };
  if (realm.endedTokens.has(String(payload['uti']))) return { refused: 'ended' };
  const bearer = bearerOf(payload, realm);
  return bearer === null ? { refused: 'unknown-caller' } : { bearer };
}

/** The same for Exchange Online, whose answer depends on the protocol. */
export const readExchangeToken = (
  authorization: string | undefined,
  clouds: readonly Cloud[],
  realm: Realm,
): Promise<{ readonly bearer: Bearer } | Refused> =>
  readToken(authorization, (audience) => clouds.some((cloud) => isExchange(audience, cloud)), realm);

/** The same for Microsoft Graph, with its answers. */
export async function readBearer(
  request: PracticeRequest,
  realm: Realm,
): Promise<{ readonly bearer: Bearer } | { readonly answer: PracticeAnswer }> {
  const read = await readToken(
    request.headers['authorization'],
    (audience) => cloudsOf(request).some(({ graph }) => isGraph(audience, graph)),
    realm,
  );
  if ('bearer' in read) return read;
  if (read.refused === 'missing') return { answer: refused('Access token is empty.', request, realm) };
  if (read.refused === 'invalid') return { answer: refused(reasonOf(read.error), request, realm) };
  if (read.refused === 'audience') return { answer: refused('Access token validation failure. Invalid audience.', request, realm) };
  if (read.refused === 'ended') return { answer: claimsChallenge(request, realm) };
  const unknown = new Refusal(401, 'Authorization_IdentityNotFound', 'The identity of the calling application could not be established.');
  return { answer: refusalAnswer(unknown, request, realm.world) };
}

const words = (value: unknown): string[] => (typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : []);
const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []);

/** Null when the caller is no longer in the directory. */
function bearerOf(payload: JWTPayload, realm: Realm): Bearer | null {
  const tenant = tenantOfId(String(payload['tid']), realm);
  const objectId = String(payload['oid']);
  const kind = payload['idtyp'] === 'app' ? 'application' : 'delegated';
  if (tenant === undefined || (kind === 'application' && !tenant.servicePrincipals.some(({ id }) => id === objectId))) return null;
  return {
    tenant,
    audience: String(payload.aud),
    kind,
    appId: String(payload['appid']),
    scopes: words(payload['scp']),
    roles: list(payload['roles']),
    wids: list(payload['wids']),
    objectId,
    hasUserObject: kind === 'delegated' && accountIn(tenant, String(payload['unique_name']))?.trait !== 'gdap',
  };
}

/** Ends the token of this request for good: every later use of it is challenged. */
export function endToken(request: PracticeRequest, realm: Realm): void {
  const [, , body = ''] = /^Bearer\s+([^.\s]+)\.([^.\s]+)\./i.exec(request.headers['authorization'] ?? '') ?? [];
  const [, id] = /"uti":"([^"]+)"/.exec(Buffer.from(body, 'base64url').toString('utf8')) ?? [];
  if (id !== undefined) realm.endedTokens.add(id);
}
