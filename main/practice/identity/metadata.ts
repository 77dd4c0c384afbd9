import { authorityOf, cloudsOf } from '../hosts.ts';
import type { PracticeAnswer, PracticeRequest } from '../world.ts';
import type { Realm } from './realm.ts';
import { tenantOfSegment } from './tenants.ts';

/** `GET /{tenant}/v2.0/.well-known/openid-configuration` (OpenID Connect Discovery 1.0 §3), with Microsoft's own addresses. */
export function discoveryDocument(segment: string, request: PracticeRequest, realm: Realm): PracticeAnswer {
  const tenant = tenantOfSegment(segment, realm);
  const authority = authorityOf(request);
  const root = `${authority}/${tenant?.id ?? segment}`;
  return {
    status: 200,
    body: {
      token_endpoint: `${root}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      jwks_uri: `${root}/discovery/v2.0/keys`,
      response_modes_supported: ['form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `${authority}/${tenant?.id ?? '{tenantid}'}/v2.0`,
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${root}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${root}/oauth2/v2.0/logout`,
      claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'ver'],
    },
  };
}

/** `GET /{tenant}/discovery/v2.0/keys` (RFC 7517 §5). */
export const keys = ({ key }: Realm): PracticeAnswer => ({ status: 200, body: { keys: [key.jwk] } });

/** `GET /common/discovery/instance`: the hosts of the cloud, for clients that ask before they trust one. */
export function instanceDiscovery(request: PracticeRequest): PracticeAnswer {
  const hosts = [...new Set(cloudsOf(request).map(({ authority }) => new URL(authority).host))];
  return {
    status: 200,
    body: {
      tenant_discovery_endpoint: `${authorityOf(request)}/common/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: hosts.map((host) => ({ preferred_network: host, preferred_cache: host, aliases: [host] })),
    },
  };
}
