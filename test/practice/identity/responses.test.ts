import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clouds, resourceAppIds } from '../../../main/clouds/index.ts';
import { followAuthorize } from '../../../main/practice/index.ts';
import type { StoredApplication } from '../../../main/practice/world.ts';
import { assertion, clientCredentials, register, simulation, type Registered, type Simulation } from './simulation.ts';
import { authorizeAddress, loopbackClient, pkce } from './sign-in.ts';

const site = 'https://archive.example.com/signin-oidc';

/** The application of a server whose users sign in, as guide step G14 leaves it. */
const webApplication = (here: Simulation, more: Partial<StoredApplication> = {}): Promise<Registered> =>
  register(here, {
    web: { redirectUris: [site, 'http://localhost'], implicitGrantSettings: { enableIdTokenIssuance: true } },
    ...more,
  });

const request = ({ application }: Registered, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  client_id: application.appId,
  redirect_uri: site,
  response_type: 'code',
  scope: `openid ${clouds.global.graph}/User.Read`,
  state: 'state-1',
  nonce: 'nonce-1',
  ...more,
});

/** Opens the address as the Global Administrator and accepts what is to be consented. */
async function opened(here: Simulation, fields: Readonly<Record<string, string>>): Promise<Response> {
  const hinted = { login_hint: here.account('Global Administrator').upn, ...fields };
  const first = await here.fetch(authorizeAddress(here.tenant.id, hinted));
  if (first.status !== 200) return first;
  const page = await first.text();
  const [, ctx] = /name="ctx" value="([^"]+)"/.exec(page) ?? [];
  if (ctx === undefined) return new Response(page, { status: 200, headers: first.headers });
  return here.fetch(`${clouds.global.authority}/${here.tenant.id}/Consent/Set`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ctx, consent: 'accept' }).toString(),
  });
}

const locationOf = (response: Response): URL => {
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
};

const fragmentOf = (response: Response): URLSearchParams => new URLSearchParams(locationOf(response).hash.slice(1));

async function redeemed(here: Simulation, registered: Registered, code: string, more: Readonly<Record<string, string>> = {}) {
  const { client_id, client_assertion, client_assertion_type } = clientCredentials(
    registered.application.appId,
    await assertion(here, registered),
  );
  return here.token({
    client_id: client_id ?? '',
    client_assertion: client_assertion ?? '',
    client_assertion_type: client_assertion_type ?? '',
    grant_type: 'authorization_code',
    code,
    redirect_uri: site,
    ...more,
  });
}

async function verified(here: Simulation, token: string) {
  const keys = createRemoteJWKSet(new URL(`${clouds.global.authority}/${here.tenant.id}/discovery/v2.0/keys`), {
    [customFetch]: (url: string, { method, headers }: { method: string; headers: Headers }) => here.fetch(url, { method, headers }),
  });
  return (await jwtVerify(token, keys, { currentDate: here.clock.now() })).payload;
}

/** Microsoft identity platform, "OAuth 2.0 authorization code flow", `response_mode`: query (the default), fragment, form_post. */
describe('response_mode', () => {
  it.each([{}, { response_mode: 'query' }])('%j brings the code in the query', async (mode) => {
    const here = await simulation();
    const registered = await webApplication(here);
    const { origin, pathname, searchParams, hash } = locationOf(await opened(here, request(registered, mode)));
    expect([`${origin}${pathname}`, hash]).toEqual([site, '']);
    expect(searchParams.get('state')).toBe('state-1');
    expect(await redeemed(here, registered, searchParams.get('code') ?? '')).toMatchObject({ status: 200 });
  });

  it('fragment brings it behind the #', async () => {
    const here = await simulation();
    const registered = await webApplication(here);
    const response = await opened(here, request(registered, { response_mode: 'fragment' }));
    expect(locationOf(response).search).toBe('');
    expect(await redeemed(here, registered, fragmentOf(response).get('code') ?? '')).toMatchObject({ status: 200 });
  });

  it('keeps what the redirect URI carries already', async () => {
    const here = await simulation();
    const registered = await webApplication(here, { web: { redirectUris: [`${site}?tenant=1`] } });
    const { searchParams } = locationOf(await opened(here, request(registered, { redirect_uri: `${site}?tenant=1` })));
    expect([...searchParams.keys()]).toEqual(['tenant', 'code', 'state', 'session_state']);
  });

  it.each([
    ['query', { response_mode: 'query', prompt: 'none' }, 'login_required'],
    ['query', { response_type: 'nonsense' }, 'unsupported_response_type'],
    ['fragment', { response_type: 'code id_token', prompt: 'none' }, 'login_required'],
    ['fragment', { response_mode: 'fragment', prompt: 'none' }, 'login_required'],
  ])('refusals come by the same way: %s', async (mode, fields, error) => {
    const here = await simulation();
    const response = await opened(here, request(await webApplication(here), fields));
    const { searchParams } = locationOf(response);
    expect([searchParams.get('error'), fragmentOf(response).get('error')]).toEqual(mode === 'query' ? [error, null] : [null, error]);
    expect((mode === 'query' ? searchParams : fragmentOf(response)).get('state')).toBe('state-1');
  });

  it.each([
    [{ response_mode: 'web_message' }, '70007'],
    [{ response_type: 'code id_token', response_mode: 'query' }, '70007'],
  ])('refuses %j', async (fields, number) => {
    const here = await simulation();
    const response = await opened(here, request(await webApplication(here), fields));
    const { searchParams } = locationOf(response);
    expect(`${searchParams.get('error_description')}${fragmentOf(response).get('error_description')}`).toContain(`AADSTS${number}:`);
  });

  it('reaches the loopback server of a client without a window', async () => {
    const here = await simulation();
    const registered = await webApplication(here);
    const addresses: string[] = [];
    const server = createServer((asked, response) => {
      addresses.push(asked.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const fields = request(registered, { redirect_uri: `http://localhost:${port}` });
    await followAuthorize(authorizeAddress(here.tenant.id, fields), { account: null, fetch: here.fetch });
    expect(addresses).toEqual([expect.stringMatching(/^\/\?code=.+&state=state-1&session_state=/)]);
  });
});

/** Microsoft identity platform, "OpenID Connect": `response_type=code id_token` where ID tokens are on. */
describe('hybrid flow', () => {
  const hybrid = { response_type: 'code id_token' };

  it('brings a code and the ID token that belongs to it, in the fragment by default', async () => {
    const here = await simulation();
    const registered = await webApplication(here);
    const fields = fragmentOf(await opened(here, request(registered, hybrid)));
    const code = fields.get('code') ?? '';
    expect(await verified(here, fields.get('id_token') ?? '')).toMatchObject({
      aud: registered.application.appId,
      iss: `${clouds.global.authority}/${here.tenant.id}/v2.0`,
      oid: here.account('Global Administrator').objectId,
      nonce: 'nonce-1',
      c_hash: createHash('sha256').update(code).digest().subarray(0, 16).toString('base64url'),
    });
    expect(await redeemed(here, registered, code)).toMatchObject({ status: 200 });
  });

  it('posts both where form_post was asked, as ASP.NET does', async () => {
    const here = await simulation();
    const registered = await webApplication(here);
    const { redirectUri, posts } = await loopbackClient();
    const fields = request(registered, { ...hybrid, response_mode: 'form_post', redirect_uri: redirectUri });
    await followAuthorize(authorizeAddress(here.tenant.id, fields), { account: null, fetch: here.fetch });
    expect([...(posts[0]?.keys() ?? [])]).toEqual(['code', 'id_token', 'state', 'session_state']);
  });

  it('gives an ID token alone without a code', async () => {
    const here = await simulation();
    const registered = await webApplication(here);
    const fields = fragmentOf(await opened(here, request(registered, { response_type: 'id_token', scope: 'openid' })));
    expect([...fields.keys()]).toEqual(['id_token', 'state', 'session_state']);
    expect(await verified(here, fields.get('id_token') ?? '')).not.toHaveProperty('c_hash');
  });

  it.each([
    ['without a nonce', { nonce: '' }, {}, '900144'],
    ['without openid', { scope: `${clouds.global.graph}/User.Read` }, {}, '70011'],
    ['where ID tokens are off', {}, { web: { redirectUris: [site] } }, '700054'],
    ['for somebody whom a policy blocks', { login_hint: 'blocked@contoso.example' }, {}, '53003'],
  ])('is refused %s', async (_what, fields, registration, number) => {
    const here = await simulation();
    const response = await opened(here, request(await webApplication(here, registration), { ...hybrid, ...fields }));
    const told = response.status === 302 ? fragmentOf(response).get('error_description') : await response.text();
    expect(told).toContain(`AADSTS${number}:`);
  });

  it('does not pretend that Microsoft refuses access tokens where they are on', async () => {
    const here = await simulation();
    const web = { redirectUris: [site], implicitGrantSettings: { enableAccessTokenIssuance: true, enableIdTokenIssuance: true } };
    const response = await opened(here, request(await webApplication(here, { web }), { response_type: 'id_token token' }));
    expect(response.status).toBe(501);
    const text = await response.text();
    expect(text).toContain('The practice tenant does not have access tokens at the authorize endpoint');
    expect(text).not.toContain('AADSTS');
  });
});

/** "OAuth 2.0 authorization code flow": recommended, required of single-page applications; `plain` where no method is named. */
describe('PKCE', () => {
  const code = async (here: Simulation, registered: Registered, fields: Readonly<Record<string, string>>) =>
    locationOf(await opened(here, request(registered, fields))).searchParams.get('code') ?? '';
  const verifier = 'v'.repeat(43);

  it.each([{ code_challenge_method: 'plain' }, {}])('%j takes the verifier itself as challenge', async (method) => {
    const here = await simulation();
    const registered = await webApplication(here);
    const fields = { code_challenge: verifier, ...method };
    expect(await redeemed(here, registered, await code(here, registered, fields), { code_verifier: 'w'.repeat(43) })).toMatchObject({
      body: { error_codes: [501481] },
    });
    expect(await redeemed(here, registered, await code(here, registered, fields), { code_verifier: verifier })).toMatchObject({
      status: 200,
    });
  });

  it('is not required of a public client, and a verifier that nobody announced is wrong', async () => {
    const here = await simulation();
    const registered = await webApplication(here, {
      isFallbackPublicClient: true,
      publicClient: { redirectUris: ['http://localhost'] },
      web: { redirectUris: [] },
    });
    const { redirectUri, posts } = await loopbackClient();
    const fields = request(registered, { redirect_uri: redirectUri, response_mode: 'form_post' });
    await followAuthorize(authorizeAddress(here.tenant.id, fields), { account: null, fetch: here.fetch });
    const redemption = {
      client_id: registered.application.appId,
      grant_type: 'authorization_code',
      code: posts[0]?.get('code') ?? '',
      redirect_uri: redirectUri,
    };
    expect(await here.token({ ...redemption, code_verifier: verifier })).toMatchObject({ body: { error_codes: [501481] } });
    expect(await here.token(redemption)).toMatchObject({ status: 200 });
  });

  it('is required of a single-page application', async () => {
    const here = await simulation();
    const registered = await webApplication(here, { web: { redirectUris: [] }, spa: { redirectUris: [site] } });
    const refused = locationOf(await opened(here, request(registered)));
    expect(refused.searchParams.get('error_description')).toContain('AADSTS9002325:');
    expect(await code(here, registered, { code_challenge: pkce().challenge, code_challenge_method: 'S256' })).not.toBe('');
  });
});

/** Microsoft identity platform, "Scopes and permissions": consent to several resources in one request, a token for one. */
describe('scopes of several resources', () => {
  const scope = `openid ${clouds.global.graph}/User.Read ${clouds.global.exchange}/EWS.AccessAsUser.All`;

  it('are consented together; a token is for one of them', async () => {
    const here = await simulation();
    const registered = await webApplication(here);
    const response = await opened(here, request(registered, { scope }));
    const code = locationOf(response).searchParams.get('code') ?? '';
    expect(await redeemed(here, registered, code)).toMatchObject({ status: 400, body: { error_codes: [28000] } });
    const again = locationOf(await opened(here, request(registered, { scope }))).searchParams.get('code') ?? '';
    expect(await redeemed(here, registered, again, { scope: `${clouds.global.exchange}/EWS.AccessAsUser.All` })).toMatchObject({
      status: 200,
      body: { scope: `${clouds.global.exchange}/EWS.AccessAsUser.All` },
    });
    const idOf = (appId: string) => here.tenant.servicePrincipals.find((principal) => principal.appId === appId)?.id;
    expect(here.tenant.oauth2PermissionGrants.map(({ clientId, resourceId, scope: granted }) => [clientId, resourceId, granted])).toEqual([
      [registered.principal.id, idOf(resourceAppIds.graph), 'User.Read'],
      [registered.principal.id, idOf(resourceAppIds.exchange), 'EWS.AccessAsUser.All'],
    ]);
  });

  it('need a person who may consent to all of them', async () => {
    const here = await simulation();
    const registered = await webApplication(here);
    const { upn } = here.account('Ordinary user');
    const address = authorizeAddress(here.tenant.id, request(registered, { scope, login_hint: upn }));
    expect(locationOf(await here.fetch(address)).searchParams.get('error_description')).toContain('AADSTS90094:');
  });
});

it('the first consent to a client of another directory brings its service principal', async () => {
  const here = await simulation({ tenants: 2 });
  const [, other] = here.server.world.state.tenants;
  if (other === undefined) throw new Error('no second tenant');
  const registered = await register({ ...here, tenant: other }, { signInAudience: 'AzureADMultipleOrgs', web: { redirectUris: [site] } });
  const known = () => here.tenant.servicePrincipals.filter(({ appId }) => appId === registered.application.appId);
  expect(known()).toEqual([]);
  locationOf(await opened(here, request(registered)));
  expect(known()).toEqual([expect.objectContaining({ appOwnerOrganizationId: other.id })]);
  expect(here.tenant.oauth2PermissionGrants).toEqual([expect.objectContaining({ clientId: known()[0]?.id, scope: 'User.Read' })]);
});
