import { ConfidentialClientApplication } from '@azure/msal-node';
import { Fault } from '../faults.ts';
import { createRetryBudget } from '../http/index.ts';
import type { Asked } from './aadsts.ts';
import { interruptedBy } from './exchange.ts';
import { createMsalNetwork, type MsalNetwork, type MsalNetworkOptions } from './msal-network.ts';
import type { AppOnlyRequest, AppOnlyToken } from './session.ts';
import { signInFault } from './sign-in-fault.ts';
import { decodeClaims, listClaim, textClaim } from './token-claims.ts';

const asked: Asked = 'token';

/** One try, with a client of its own: a new assertion, and nothing that MSAL remembers. */
async function tryOnce({ cloud, tenantId, clientId, thumbprintSha256, privateKey, resource }: AppOnlyRequest, network: MsalNetwork) {
  const client = new ConfidentialClientApplication({
    auth: { clientId, authority: `${cloud.authority}/${tenantId}`, clientCertificate: { thumbprintSha256, privateKey } },
    system: { networkClient: network },
  });
  const result = await client.acquireTokenByClientCredential({
    scopes: [`${resource === 'graph' ? cloud.graph : cloud.exchange}/.default`],
    // A second line of defence: this client has never had a token that it could remember.
    skipCache: true,
    azureRegion: 'DisableMsalForceRegion',
  });
  return result?.accessToken ?? '';
}

/**
 * A fresh app-only token by certificate (client credentials, PS256 and `x5t#S256`: Microsoft identity platform,
 * "Certificate credentials"). A new client per try, because an assertion is good once, and a token from before a grant
 * has no roles.
 *
 * @throws Fault token.*, service.*, interrupted
 */
export async function requestAppOnlyToken(
  request: AppOnlyRequest,
  options: Omit<MsalNetworkOptions, 'host' | 'signal' | 'repeats'>,
): Promise<AppOnlyToken> {
  const { cloud, signal } = request;
  const host = new URL(cloud.authority).host;
  const network = createMsalNetwork({ ...options, host, repeats: false, ...(signal ? { signal } : {}) });
  const budget = createRetryBudget(options.clock, signal);
  const again = async (): Promise<boolean> => {
    const { passing = null, retryAfter = null } = network.obstacle() ?? {};
    try {
      return passing !== null && (await budget.again(passing, retryAfter));
    } catch (error) {
      throw signal?.aborted === true ? interruptedBy(signal) : error;
    }
  };
  for (;;) {
    network.reset();
    try {
      return tokenOf(await tryOnce(request, network), network);
    } catch (error) {
      if (!(await again())) throw signInFault(error, asked, network);
    }
  }
}

function tokenOf(accessToken: string, network: MsalNetwork): AppOnlyToken {
  const claims = decodeClaims(accessToken);
  // Both resources give tokens that can be read; anything else came from somebody else.
  if (Object.keys(claims).length === 0)
    throw new Fault('service.failed', { params: { host: network.host, detail: 'the token cannot be read' } });
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
}
