import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import {
  PublicClientApplication,
  type AuthenticationResult,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import { onTestFinished } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { followAuthorize } from '../../../main/practice/index.ts';
import type { Simulation } from './simulation.ts';

export const signInClient = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
export const full = (...values: string[]): string[] => values.map((value) => `${clouds.global.graph}/${value}`);

/** A PKCE pair (RFC 7636 §4). */
export function pkce(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Stands in for a client's loopback server: remembers what was posted to it. */
export async function loopbackClient(): Promise<{ readonly redirectUri: string; readonly posts: URLSearchParams[] }> {
  const posts: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      posts.push(new URLSearchParams(text));
      response.end('done');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { redirectUri: `http://localhost:${address.port}`, posts };
}

/** Parameters of an authorize request that is right in every respect. */
export const authorizeFields = (redirectUri: string, challenge: string): Record<string, string> => ({
  client_id: signInClient,
  response_type: 'code',
  response_mode: 'form_post',
  redirect_uri: redirectUri,
  scope: `openid profile offline_access ${clouds.global.graph}/User.Read`,
  state: 'state-1',
  nonce: 'nonce-1',
  client_info: '1',
  code_challenge: challenge,
  code_challenge_method: 'S256',
});

export const authorizeAddress = (segment: string, fields: Readonly<Record<string, string>>): string =>
  `${clouds.global.authority}/${segment}/oauth2/v2.0/authorize?${new URLSearchParams(fields).toString()}`;

/** MSAL's public client over the practice tenant's transport. */
export function publicClient({ fetch, tenant }: Simulation, segment = tenant.id): PublicClientApplication {
  const send = async <T>(method: string, url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
    const response = await fetch(url, {
      method,
      headers: { ...options?.headers },
      ...(method === 'POST' ? { body: options?.body ?? '' } : {}),
    });
    const body: T = JSON.parse(await response.text());
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  };
  const networkClient: INetworkModule = {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
  return new PublicClientApplication({
    auth: { clientId: signInClient, authority: `${clouds.global.authority}/${segment}`, clientCapabilities: ['cp1'] },
    system: { networkClient },
  });
}

export interface Interactive {
  readonly account: string | null;
  readonly scopes?: readonly string[];
  readonly claims?: string;
  readonly segment?: string;
  readonly client?: PublicClientApplication;
}

/** One whole sign-in: MSAL, its loopback server, the pages. */
export function signIn(
  here: Simulation,
  { account, scopes = ['User.Read'], claims, segment, client = publicClient(here, segment) }: Interactive,
): Promise<AuthenticationResult> {
  return client.acquireTokenInteractive({
    scopes: full(...scopes),
    prompt: 'select_account',
    ...(claims === undefined ? {} : { claims }),
    openBrowser: (address) => followAuthorize(address, { account, fetch: here.fetch }),
  });
}
