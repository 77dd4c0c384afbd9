import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { followAuthorize, practiceAddress, practiceFetch, practiceOrigin } from '../../../main/practice/index.ts';
import { simulation } from './simulation.ts';

describe('the transport of the practice tenant', () => {
  it.each([
    'http://192.0.2.1:8080',
    'https://127.0.0.1:8080',
    'http://practice.example',
    'http://127.0.0.1:8080/path',
    'http://127.0.0.1:8080?x=1',
    'http://user@127.0.0.1:8080',
    '127.0.0.1:8080',
    '',
  ])('takes no other origin than loopback: %s', (address) => {
    expect(() => practiceFetch(address)).toThrow(expect.objectContaining({ code: 'practice.address-invalid', params: { address } }));
  });

  it('takes loopback by number and by name', () => {
    expect(practiceOrigin('http://127.0.0.1:8080/')).toBe('http://127.0.0.1:8080');
    expect(practiceOrigin('http://localhost:8080')).toBe('http://localhost:8080');
  });

  it('sends the hosts of every cloud to the origin, and says which one was meant', async () => {
    const seen: [string, string | null][] = [];
    const transport = practiceFetch('http://127.0.0.1:1', (address, init) => {
      seen.push([address, new Headers(init?.headers).get('x-practice-host')]);
      return Promise.resolve(new Response());
    });
    await transport('https://login.microsoftonline.us/t/oauth2/v2.0/token?a=b');
    await transport('https://microsoftgraph.chinacloudapi.cn/v1.0/me', { headers: { authorization: 'Bearer x' } });
    expect(seen).toEqual([
      ['http://127.0.0.1:1/t/oauth2/v2.0/token?a=b', 'login.microsoftonline.us'],
      ['http://127.0.0.1:1/v1.0/me', 'microsoftgraph.chinacloudapi.cn'],
    ]);
  });

  it('follows no redirect, wherever it leads', async () => {
    let asked: RequestInit | undefined;
    const transport = practiceFetch('http://127.0.0.1:1', (_address, init) => {
      asked = init;
      return Promise.resolve(new Response(null, { status: 302, headers: { location: 'https://thief.example/?code=x' } }));
    });
    expect((await transport(`${clouds.global.authority}/t/oauth2/v2.0/authorize`, { redirect: 'follow' })).status).toBe(302);
    expect(asked?.redirect).toBe('manual');
  });

  it.each([
    'https://example.com/',
    'http://login.microsoftonline.com/',
    'https://login.microsoftonline.com.example.com/',
    'http://127.0.0.1:1/',
  ])('refuses %s', async (address) => {
    const transport = practiceFetch('http://127.0.0.1:1', () => Promise.reject(new Error('was sent')));
    await expect(transport(address)).rejects.toMatchObject({ code: 'service.host-refused' });
  });

  it('turns a sign-in address into one that a browser can open', async () => {
    const { server, tenant } = await simulation();
    const address = practiceAddress(server.origin, `${clouds.global.authority}/${tenant.id}/oauth2/v2.0/logout?x=1`);
    expect(address).toBe(`${server.origin}/${tenant.id}/oauth2/v2.0/logout?x=1`);
    expect(await (await fetch(address)).text()).toContain('You signed out');
    expect(() => practiceAddress(server.origin, 'https://example.com/')).toThrow(expect.objectContaining({ code: 'service.host-refused' }));
  });

  it.each([
    [
      'by a form',
      () => new Response('<form method="post" action="https://thief.example/"><input type="hidden" name="code" value="x"></form>'),
    ],
    ['by a redirect', () => new Response(null, { status: 302, headers: { location: 'https://thief.example/?code=x' } })],
  ])('hands a code to nobody but a loopback address, %s', async (_how, answer) => {
    const follow = followAuthorize(`${clouds.global.authority}/t/oauth2/v2.0/authorize`, {
      account: null,
      fetch: () => Promise.resolve(answer()),
    });
    await expect(follow).rejects.toMatchObject({ code: 'service.host-refused', params: { host: 'thief.example' } });
  });
});

describe('the origin', () => {
  it('answers under a loopback name only', async () => {
    const { server } = await simulation();
    const status = await new Promise((resolve, reject) => {
      request(`${server.origin}/practice/state`, { headers: { host: 'rebound.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('serves each service under its own hosts only', async () => {
    const { fetch: through, tenant } = await simulation();
    expect((await through(`${clouds.global.authority}/v1.0/me`)).status).toBe(501);
    expect((await through(`${clouds.global.graph}/${tenant.id}/oauth2/v2.0/token`)).status).toBe(400);
  });

  it('has discovery documents with Microsoft’s addresses', async () => {
    const { fetch: through, tenant } = await simulation();
    const read = async (address: string) => (await through(address)).json();
    const root = `${clouds.china.authority}/${tenant.id}`;
    expect(await read(`${clouds.china.authority}/${tenant.domains[0]}/v2.0/.well-known/openid-configuration`)).toMatchObject({
      issuer: `${root}/v2.0`,
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      token_endpoint: `${root}/oauth2/v2.0/token`,
      jwks_uri: `${root}/discovery/v2.0/keys`,
    });
    expect(await read(`${clouds.global.authority}/organizations/v2.0/.well-known/openid-configuration`)).toMatchObject({
      issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
    });
    expect(await read(`${clouds.global.authority}/unknown.example/v2.0/.well-known/openid-configuration`)).toMatchObject({
      error: 'invalid_tenant',
      error_codes: [90002],
    });
    expect(await read(`${root}/discovery/v2.0/keys`)).toEqual({
      keys: [expect.objectContaining({ kty: 'RSA', use: 'sig', alg: 'RS256' })],
    });
    expect(await read(`${clouds.global.authority}/common/discovery/instance?api-version=1.1`)).toMatchObject({
      metadata: [
        {
          preferred_network: 'login.microsoftonline.com',
          preferred_cache: 'login.windows.net',
          aliases: expect.arrayContaining(['login.windows.net']),
        },
      ],
    });
  });

  /** Instance discovery of the public endpoint: login.chinacloudapi.cn is an alias of login.partner.microsoftonline.cn. */
  it('knows the other names of the sign-in hosts as the same cloud', async () => {
    const { fetch: through, tenant } = await simulation();
    const read = async (address: string) => (await through(address)).json();
    expect(await read(`https://login.chinacloudapi.cn/common/discovery/instance?api-version=1.1`)).toMatchObject({
      metadata: [
        {
          preferred_network: 'login.partner.microsoftonline.cn',
          preferred_cache: 'login.partner.microsoftonline.cn',
          aliases: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
        },
      ],
    });
    expect(await read(`https://login.chinacloudapi.cn/${tenant.id}/v2.0/.well-known/openid-configuration`)).toMatchObject({
      issuer: `${clouds.china.authority}/${tenant.id}/v2.0`,
    });
    expect(await read(`https://login.usgovcloudapi.net/${tenant.id}/v2.0/.well-known/openid-configuration`)).toMatchObject({
      token_endpoint: `${clouds.gcch.authority}/${tenant.id}/oauth2/v2.0/token`,
    });
  });
});
