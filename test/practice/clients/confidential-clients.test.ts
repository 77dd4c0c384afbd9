import { execFile } from 'node:child_process';
import { ClientCertificateCredential, type ClientCertificateCredentialOptions } from '@azure/identity';
import { ConfidentialClientApplication, type INetworkModule, type NetworkRequestOptions, type NetworkResponse } from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { skipHere } from '../../system.ts';
import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { exported, password, type Exported } from './exported.ts';

/*
 * Clients that were written by others, with what a handover gives to a server. They refuse an authority with http, so
 * each is given a transport that leads to the practice origin; everything that they say stays what they say to Microsoft.
 */

const scopes = [`${clouds.global.graph}/.default`, `${clouds.global.exchange}/.default`];

/** Both resources, each with its own role, and Graph takes the token. */
async function expectTokens({ here, clientId }: Exported, tokens: readonly string[]): Promise<void> {
  const claims = { appid: clientId, appidacr: '2', idtyp: 'app', tid: here.tenant.id };
  expect(tokens.map((token) => decodeJwt(token))).toEqual([
    expect.objectContaining({ ...claims, aud: clouds.global.graph, roles: ['Organization.Read.All'] }),
    expect.objectContaining({ ...claims, aud: clouds.global.exchange, roles: ['full_access_as_app'] }),
  ]);
  const answer = await here.fetch(`${clouds.global.graph}/v1.0/organization?$select=id`, {
    headers: { authorization: `Bearer ${tokens[0] ?? ''}` },
  });
  expect(await answer.json()).toMatchObject({ value: [{ id: here.tenant.id }] });
}

/** Debian's Python has Debian's packages, whatever else is on the path. */
const interpreters = ['/usr/bin/python3', 'python3'];

const run = (program: string, parameters: readonly string[], input: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile(program, parameters, { encoding: 'utf8' }, (error, stdout, stderr) =>
      error === null ? resolve(stdout) : reject(new Error(`${error.message}\n${stderr}`)),
    );
    child.stdin?.end(input);
  });

async function pythonWithMsal(): Promise<string | null> {
  for (const program of interpreters) {
    const found = await run(program, ['-c', 'import cryptography, msal, requests'], '').catch(() => null);
    if (found !== null) return program;
  }
  return null;
}

describe('MSAL for Python', () => {
  it.for<[string, (made: Exported) => string]>([
    ['the modern PFX', ({ pfxFiles }) => pfxFiles.modern],
    ['the compatible PFX', ({ pfxFiles }) => pfxFiles.compatible],
    ['the PEM', ({ pemFile }) => pemFile],
  ])('gets tokens for both resources with %s', async ([, fileOf]) => {
    const python = (await pythonWithMsal()) ?? '';
    if (python === '') skipHere('MSAL for Python is not installed');
    const made = await exported();
    const asked = {
      origin: made.here.server.origin,
      authority: `${clouds.global.authority}/${made.here.tenant.id}`,
      clientId: made.clientId,
      scopes,
      file: fileOf(made),
      password,
    };
    const answers: unknown = JSON.parse(await run(python, [`${import.meta.dirname}/msal_client.py`], JSON.stringify(asked)));
    if (!Array.isArray(answers)) throw new Error('no list');
    for (const answer of answers) expect(answer).toMatchObject({ token_type: 'Bearer' });
    await expectTokens(
      made,
      answers.map((answer) => String(Object(answer)['access_token'])),
    );
  });
});

/** Leads every request of the Azure SDK's pipeline to the practice origin. */
const toPractice = ({ here }: Exported): NonNullable<ClientCertificateCredentialOptions['additionalPolicies']> => [
  {
    position: 'perCall',
    policy: {
      name: 'practice',
      sendRequest: (request, next) => {
        const { host, pathname, search } = new URL(request.url);
        request.headers.set('x-practice-host', host);
        request.url = `${here.server.origin}${pathname}${search}`;
        request.allowInsecureConnection = true;
        return next(request);
      },
    },
  },
];

describe('Azure Identity', () => {
  type Credential = (made: Exported, options: ClientCertificateCredentialOptions) => ClientCertificateCredential;

  it.each<[string, Credential]>([
    [
      'memory',
      ({ here, clientId, pem }, options) => new ClientCertificateCredential(here.tenant.id, clientId, { certificate: pem }, options),
    ],
    ['its file', ({ here, clientId, pemFile }, options) => new ClientCertificateCredential(here.tenant.id, clientId, pemFile, options)],
  ])('gets tokens for both resources with the PEM from %s', async (_where, credentialOf) => {
    const made = await exported();
    const credential = credentialOf(made, { additionalPolicies: toPractice(made), retryOptions: { maxRetries: 0 } });
    const tokens = [await credential.getToken(scopes[0] ?? ''), await credential.getToken(scopes[1] ?? '')];
    await expectTokens(
      made,
      tokens.map(({ token }) => token),
    );
  });
});

function network({ here }: Exported): INetworkModule {
  const send = async <T>(method: string, url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
    const body = method === 'POST' ? { body: options?.body ?? '' } : {};
    const response = await here.fetch(url, { method, headers: { ...options?.headers }, ...body });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: JSON.parse(await response.text()) };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

describe('MSAL for Node', () => {
  it.each<[string, (made: Exported) => { thumbprintSha256: string } | { thumbprint: string }]>([
    ['the SHA-256 thumbprint', ({ certificate }) => ({ thumbprintSha256: certificate.thumbprintSha256 })],
    ['the SHA-1 thumbprint', ({ certificate }) => ({ thumbprint: certificate.thumbprint })],
  ])('gets tokens for both resources with %s', async (_what, thumbprintOf) => {
    const made = await exported();
    const client = new ConfidentialClientApplication({
      auth: {
        clientId: made.clientId,
        authority: `${clouds.global.authority}/${made.here.tenant.id}`,
        clientCertificate: { ...thumbprintOf(made), privateKey: made.privateKey },
      },
      system: { networkClient: network(made) },
    });
    const tokens: string[] = [];
    for (const scope of scopes) tokens.push((await client.acquireTokenByClientCredential({ scopes: [scope] }))?.accessToken ?? '');
    await expectTokens(made, tokens);
  });
});
