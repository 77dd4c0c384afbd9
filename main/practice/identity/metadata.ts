import { authorityOf, cloudsOf, identityHosts } from '../hosts.ts';
import type { PracticeAnswer, PracticeRequest, PracticeTenant } from '../world.ts';
import type { Realm } from './realm.ts';
import { EntraRefusal } from './refusal.ts';
import { tenantOfSegment } from './tenants.ts';

/** `GET /{tenant}/v2.0/.well-known/openid-configuration` (OpenID Connect Discovery 1.0 §3), with Microsoft's own addresses. */
export function discoveryDocument(segment: string, request: PracticeRequest, realm: Realm): PracticeAnswer {
  const tenant = tenantAtDiscovery(segment, realm);
  const authority = authorityOf(request);
  const root = `${authority}/${tenant?.id ?? segment}`;
  return {
    status: 200,
    body: {
      token_endpoint: `${root}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      jwks_uri: `${root}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'id_token', 'code id_token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `${authority}/${tenant?.id ?? '{tenantid}'}/v2.0`,
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${root}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${root}/oauth2/v2.0/logout`,
      claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'ver'],
    },
  };
}

/** An unknown tenant is `invalid_tenant` here and `invalid_request` elsewhere (answers of the service; MSAL for Python tells by it). */
function tenantAtDiscovery(segment: string, realm: Realm): PracticeTenant | null {
  try {
    return tenantOfSegment(segment, realm);
  } catch (error) {
    if (error instanceof EntraRefusal && error.fields.number === 90002)
      throw new EntraRefusal({ ...error.fields, error: 'invalid_tenant' });
    throw error;
  }
}

/** `GET /{tenant}/discovery/v2.0/keys` (RFC 7517 §5). */
export const keys = ({ key }: Realm): PracticeAnswer => ({ status: 200, body: { keys: [key.jwk] } });

/** Under which name clients keep the tokens of a host, where it is another one (msal-common, `AuthorityMetadata`). */
const cacheNames: Readonly<Record<string, string>> = { 'login.microsoftonline.com': 'login.windows.net' };

/** `GET /common/discovery/instance`: the hosts of the cloud, for clients that ask before they trust one. */
export function instanceDiscovery(request: PracticeRequest): PracticeAnswer {
  const known = new Map(cloudsOf(request).map((cloud) => [cloud.authority, identityHosts(cloud)]));
  return {
    status: 200,
    body: {
      tenant_discovery_endpoint: `${authorityOf(request)}/common/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [...known.values()].map((hosts) => ({
        preferred_network: hosts[0],
        preferred_cache: cacheNames[hosts[0] ?? ''] ?? hosts[0],
        aliases: hosts,
      })),
    },
  };
}
