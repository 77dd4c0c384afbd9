import { ConfidentialClientApplication } from '@azure/msal-node';
import type { Asked } from './aadsts.ts';
import { createMsalNetwork, type MsalNetworkOptions } from './msal-network.ts';
import type { AppOnlyRequest, AppOnlyToken } from './session.ts';
import { signInFault } from './sign-in-fault.ts';
import { decodeClaims, listClaim, textClaim } from './token-claims.ts';

const asked: Asked = 'token';

/**
 * A fresh app-only token by certificate (client credentials, PS256 and `x5t#S256`: Microsoft identity platform,
 * "Certificate credentials"). A new client per call, because MSAL answers a repeated request from its own memory for a
 * minute after a 429 or 5xx, and a token from before a grant has no roles.
 */
export async function requestAppOnlyToken(
  request: AppOnlyRequest,
  options: Omit<MsalNetworkOptions, 'host' | 'signal'>,
): Promise<AppOnlyToken> {
  const { cloud, tenantId, clientId, thumbprintSha256, privateKey, resource, signal } = request;
  const network = createMsalNetwork({ ...options, host: new URL(cloud.authority).host, ...(signal ? { signal } : {}) });
  try {
    const client = new ConfidentialClientApplication({
      auth: { clientId, authority: `${cloud.authority}/${tenantId}`, clientCertificate: { thumbprintSha256, privateKey } },
      system: { networkClient: network },
    });
    const result = await client.acquireTokenByClientCredential({
      scopes: [`${resource === 'graph' ? cloud.graph : cloud.exchange}/.default`],
      skipCache: true,
      azureRegion: 'DisableMsalForceRegion',
    });
    const accessToken = result?.accessToken ?? '';
    const claims = decodeClaims(accessToken);
    return {
      accessToken,
      clockDifference: network.clockDifference(),
      claims: {
        aud: textClaim(claims, 'aud'),
        tid: textClaim(claims, 'tid'),
        appid: textClaim(claims, 'appid') || textClaim(claims, 'azp'), // v1.0 and v2.0 tokens
        oid: textClaim(claims, 'oid'),
        roles: listClaim(claims, 'roles'),
      },
    };
  } catch (error) {
    throw signInFault(error, asked, network);
  }
}
