import { ConfidentialClientApplication, type INetworkModule, type NetworkRequestOptions, type NetworkResponse } from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { clouds, resourceAppIds, type CloudId } from '../../../main/clouds/index.ts';
import { assertion, clientCredentials, grant, register, simulation, type Registered, type Simulation } from './simulation.ts';

function network({ fetch }: Simulation): INetworkModule {
  const send = async <T>(method: string, url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
    const response = await fetch(url, {
      method,
      headers: { ...options?.headers },
      ...(method === 'POST' ? { body: options?.body ?? '' } : {}),
    });
    const body: T = JSON.parse(await response.text());
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

async function msalToken(here: Simulation, { application, certificate, privateKey }: Registered, scope: string, cloud: CloudId = 'global') {
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: application.appId,
      authority: `${clouds[cloud].authority}/${here.tenant.id}`,
      clientCertificate: { thumbprintSha256: certificate.thumbprintSha256, privateKey },
    },
    system: { networkClient: network(here) },
  });
  const result = await client.acquireTokenByClientCredential({ scopes: [scope], skipCache: true });
  return decodeJwt(result?.accessToken ?? '');
}

const ask = async (here: Simulation, registered: Registered, scope?: string, segment?: string) =>
  here.token(clientCredentials(registered.application.appId, await assertion(here, registered), scope), segment);

describe('app-only tokens', () => {
  it('give MSAL’s confidential client the roles of each resource, and only those', async () => {
    const here = await simulation();
    const registered = await register(here);
    grant(here, registered, 'graph', 'Directory.Read.All');
    grant(here, registered, 'exchange', 'full_access_as_app');
    const graph = await msalToken(here, registered, `${clouds.global.graph}/.default`);
    expect(graph).toMatchObject({
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${here.tenant.id}/`,
      tid: here.tenant.id,
      appid: registered.application.appId,
      appidacr: '2',
      oid: registered.principal.id,
      idtyp: 'app',
      ver: '1.0',
      roles: ['Directory.Read.All'],
    });
    const exchange = await msalToken(here, registered, `${clouds.global.exchange}/.default`);
    expect(exchange).toMatchObject({ aud: 'https://outlook.office365.com', roles: ['full_access_as_app'] });
  });

  it.each(['gcch', 'china', 'bleu', 'delos'] as const)('carry the names of the cloud they were asked at: %s', async (cloud) => {
    const here = await simulation();
    const registered = await register(here);
    expect(await msalToken(here, registered, `${clouds[cloud].graph}/.default`, cloud)).toMatchObject({ aud: clouds[cloud].graph });
  });

  /** "Scopes and permissions", trailing slash and .default; issue 747 of MSAL for .NET. */
  it.each([
    [`${clouds.global.graph}//.default`, `${clouds.global.graph}/`],
    [`${resourceAppIds.graph}/.default`, resourceAppIds.graph],
  ])('for the scope %s are for the audience %s, and Graph takes them', async (scope, aud) => {
    const here = await simulation();
    const registered = await register(here);
    grant(here, registered, 'graph', 'Organization.Read.All');
    const token = String((await ask(here, registered, scope)).body['access_token']);
    expect(decodeJwt(token)).toMatchObject({ aud, roles: ['Organization.Read.All'] });
    const read = (authorization: string) => here.fetch(`${clouds.global.graph}/v1.0/organization`, { headers: { authorization } });
    expect((await read(`Bearer ${token}`)).status).toBe(200);
    const other = String((await ask(here, registered, 'https://outlook.office.com//.default')).body['access_token']);
    expect((await read(`Bearer ${other}`)).status).toBe(401);
  });

  /** "Scopes and permissions": https://outlook.office.com is a name of the same resource. */
  it('know Exchange Online by its other name, in the global cloud', async () => {
    const here = await simulation();
    const registered = await register(here);
    grant(here, registered, 'exchange', 'full_access_as_app');
    expect(decodeJwt(String((await ask(here, registered, 'https://outlook.office.com/.default')).body['access_token']))).toMatchObject({
      aud: 'https://outlook.office.com',
      roles: ['full_access_as_app'],
    });
    await expect(msalToken(here, registered, 'https://outlook.office.com/.default', 'china')).rejects.toMatchObject({ errorNo: 500011 });
  });

  it('do not know a resource of another cloud', async () => {
    const here = await simulation();
    expect(await ask(here, await register(here), `${clouds.china.graph}/.default`)).toMatchObject({
      status: 400,
      body: { error: 'invalid_resource', error_codes: [500011] },
    });
  });

  it('learn of a role only when its time has come', async () => {
    const here = await simulation();
    const registered = await register(here);
    const id = grant(here, registered, 'graph', 'Directory.Read.All');
    here.server.world.state.inTokensAt[id] = here.clock.now().getTime() + 5000;
    const roles = async () => decodeJwt(String((await ask(here, registered)).body['access_token']))['roles'];
    expect(await roles()).toBeUndefined();
    here.clock.advance(6000);
    expect(await roles()).toEqual(['Directory.Read.All']);
  });

  it.each([
    [`${clouds.global.graph}/Directory.Read.All`, 1002012],
    ['openid', 1002012],
    [`${clouds.global.graph}/.default ${clouds.global.exchange}/.default`, 28000],
    ['https://archive.example.com/.default', 500011],
  ])('refuse the scope %s', async (scope, number) => {
    const here = await simulation();
    expect(await ask(here, await register(here), scope)).toMatchObject({ status: 400, body: { error_codes: [number] } });
  });

  it.each([
    ['organizations', 50059],
    ['common', 50059],
    ['unknown.example', 90002],
    ['8f6d1f0a-7a34-4f1c-a3df-0c9d2b1e7f55', 90002],
    ['no tenant', 900023],
  ])('refuse the tenant %s', async (segment, number) => {
    const here = await simulation();
    const registered = await register(here);
    expect(await ask(here, registered, undefined, encodeURIComponent(segment))).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_codes: [number] },
    });
  });

  it('accept the tenant by domain', async () => {
    const here = await simulation();
    expect(await ask(here, await register(here), undefined, here.tenant.domains[0])).toMatchObject({ status: 200 });
  });

  it('need the application in this tenant, replicated', async () => {
    const here = await simulation({ tenants: 2 });
    const registered = await register(here);
    const other = here.server.world.state.tenants[1]?.id;
    expect(await ask(here, registered, undefined, other)).toMatchObject({ body: { error_codes: [700016] } });
    here.server.world.state.replicatedAt[registered.application.id] = here.clock.now().getTime() + 5000;
    expect(await ask(here, registered)).toMatchObject({ status: 400, body: { error: 'unauthorized_client', error_codes: [700016] } });
    here.clock.advance(6000);
    expect(await ask(here, registered)).toMatchObject({ status: 200 });
  });

  /** "Microsoft Entra authentication and authorization error codes": AADSTS7000112, AADSTS7000229. */
  it('need a service principal that is there and enabled', async () => {
    const here = await simulation();
    const registered = await register(here);
    registered.principal.accountEnabled = false;
    expect(await ask(here, registered)).toMatchObject({ status: 400, body: { error: 'unauthorized_client', error_codes: [7000112] } });
    here.tenant.servicePrincipals.splice(here.tenant.servicePrincipals.indexOf(registered.principal), 1);
    expect(await ask(here, registered)).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [7000229] } });
  });

  it('need the resource in the tenant, enabled', async () => {
    const here = await simulation();
    const registered = await register(here);
    const exchange = here.tenant.servicePrincipals.find(({ appId }) => appId === resourceAppIds.exchange);
    if (exchange === undefined) throw new Error('no Exchange');
    exchange.accountEnabled = false;
    expect(await ask(here, registered, `${clouds.global.exchange}/.default`)).toMatchObject({ body: { error_codes: [500014] } });
    here.tenant.servicePrincipals.splice(here.tenant.servicePrincipals.indexOf(exchange), 1);
    expect(await ask(here, registered, `${clouds.global.exchange}/.default`)).toMatchObject({
      status: 400,
      body: { error: 'invalid_resource', error_codes: [500011] },
    });
  });

  it.each([
    [{ scope: '' }, 900144],
    [{ grant_type: '' }, 900144],
    [{ grant_type: 'nonsense' }, 70003],
  ])('refuse a request with %j', async (change, number) => {
    const here = await simulation();
    const registered = await register(here);
    const fields = clientCredentials(registered.application.appId, await assertion(here, registered));
    expect(await here.token({ ...fields, ...change })).toMatchObject({ status: 400, body: { error_codes: [number] } });
  });
});
