import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { followAuthorize } from '../../../main/practice/index.ts';
import { register, simulation, type Simulation } from './simulation.ts';
import { authorizeAddress, authorizeFields, loopbackClient, pkce, signInClient } from './sign-in.ts';

interface Obtained {
  readonly post: URLSearchParams;
  readonly redemption: Record<string, string>;
}

async function obtainCode(here: Simulation, account: string | null = null): Promise<Obtained> {
  const { redirectUri, posts } = await loopbackClient();
  const { verifier, challenge } = pkce();
  await followAuthorize(authorizeAddress(here.tenant.id, authorizeFields(redirectUri, challenge)), { account, fetch: here.fetch });
  const [post = new URLSearchParams()] = posts;
  return {
    post,
    redemption: {
      client_id: signInClient,
      grant_type: 'authorization_code',
      code: post.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
    },
  };
}

const refused = (number: number, error = 'invalid_grant') => ({ status: 400, body: { error, error_codes: [number] } });

describe('authorization code', () => {
  it('comes back with state, session and client info, and is good for tokens', async () => {
    const here = await simulation();
    const { post, redemption } = await obtainCode(here);
    expect(Object.keys(Object.fromEntries(post)).sort()).toEqual(['client_info', 'code', 'session_state', 'state']);
    expect(post.get('state')).toBe('state-1');
    const { status, body } = await here.token(redemption);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3599,
      scope: `openid profile ${clouds.global.graph}/User.Read`,
      refresh_token: expect.any(String),
    });
    expect(JSON.parse(Buffer.from(String(body['id_token']).split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
      nonce: 'nonce-1',
      aud: signInClient,
    });
    expect(JSON.parse(Buffer.from(String(body['client_info']), 'base64url').toString())).toEqual({
      uid: here.account('Global Administrator').objectId,
      utid: here.tenant.id,
    });
  });

  it('is good once', async () => {
    const here = await simulation();
    const { redemption } = await obtainCode(here);
    expect(await here.token(redemption)).toMatchObject({ status: 200 });
    expect(await here.token(redemption)).toMatchObject(refused(54005));
  });

  it('lives ten minutes', async () => {
    const here = await simulation();
    const { redemption } = await obtainCode(here);
    here.clock.advance(11 * 60_000);
    expect(await here.token(redemption)).toMatchObject(refused(70008));
  });

  it.each([
    ['another verifier', { code_verifier: pkce().verifier }, 501481],
    ['no verifier', { code_verifier: '' }, 501481],
    ['another redirect URI', { redirect_uri: 'http://localhost:1' }, 500112],
    ['another code', { code: '1.unknown' }, 70000],
    ['another client', { client_id: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b' }, 70000],
  ])('is refused with %s, and stays good for the right one', async (_what, change, number) => {
    const here = await simulation();
    const { redemption } = await obtainCode(here);
    expect(await here.token({ ...redemption, ...change })).toMatchObject(refused(number));
    expect(await here.token(redemption)).toMatchObject({ status: 200 });
  });

  it('is not good in another tenant', async () => {
    const here = await simulation({ tenants: 2 });
    const { redemption } = await obtainCode(here);
    expect(await here.token(redemption, here.server.world.state.tenants[1]?.id)).toMatchObject(refused(700005));
  });

  it('is refused to a public client that proves itself', async () => {
    const here = await simulation();
    const { redemption } = await obtainCode(here);
    expect(await here.token({ ...redemption, client_assertion: 'x' })).toMatchObject({ status: 401, body: { error_codes: [700025] } });
  });
});

describe('authorize request', () => {
  /** What the page says without sending anybody anywhere. */
  async function page(here: Simulation, change: Readonly<Record<string, string>>, segment = here.tenant.id): Promise<string> {
    const fields = { ...authorizeFields('http://localhost:5000', pkce().challenge), ...change };
    const response = await here.fetch(authorizeAddress(segment, fields));
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).not.toContain('<form');
    return text;
  }

  it.each([
    ['https://archive.example.com/signin', 'AADSTS50011'],
    ['http://localhost:5000/path', 'AADSTS50011'],
    ['https://localhost:5000', 'AADSTS50011'],
    ['http://127.0.0.1:5000', 'AADSTS50011'],
    ['', 'AADSTS900144'],
  ])('never answers to the redirect URI %s', async (redirectUri, number) => {
    expect(await page(await simulation(), { redirect_uri: redirectUri })).toContain(number);
  });

  it.each([
    [{ client_id: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b' }, 'AADSTS700016'],
    [{ client_id: '' }, 'AADSTS900144'],
  ])('refuses the client of %j on the page', async (change, number) => {
    expect(await page(await simulation(), change)).toContain(number);
  });

  it.each([
    ['unknown.example', 'AADSTS90002'],
    ['consumers', 'AADSTS500208'],
  ])('refuses the tenant %s on the page', async (segment, number) => {
    expect(await page(await simulation(), {}, segment)).toContain(number);
  });

  it('knows single-tenant applications, exact redirect URIs and empty lists', async () => {
    const here = await simulation();
    const { application } = await register(here, { web: { redirectUris: ['https://archive.example.com/signin'] } });
    const asked = { client_id: application.appId, redirect_uri: 'https://archive.example.com/signin' };
    expect(await page(here, asked, 'organizations')).toContain('AADSTS50194');
    expect(await page(here, { ...asked, redirect_uri: 'https://archive.example.com/Signin' })).toContain('AADSTS50011');
    application.web = { redirectUris: [] };
    expect(await page(here, asked)).toContain('AADSTS500113');
  });

  it.each([
    [{ response_type: 'token' }, 'unsupported_response_type', '700051'],
    [{ response_type: 'code id_token' }, 'unsupported_response_type', '700054'],
    [{ response_type: 'nonsense' }, 'unsupported_response_type', '70005'],
    [{ code_challenge: '' }, 'invalid_request', '900144'],
    [{ code_challenge_method: 'S512' }, 'invalid_request', '501491'],
    [{ code_challenge: 'short' }, 'invalid_request', '501491'],
    [{ scope: '' }, 'invalid_request', '900144'],
    [{ prompt: 'none' }, 'login_required', '50058'],
  ])('tells the client what is wrong with %j', async (change, error, number) => {
    const here = await simulation();
    const { redirectUri, posts } = await loopbackClient();
    const fields = { ...authorizeFields(redirectUri, pkce().challenge), ...change };
    await followAuthorize(authorizeAddress(here.tenant.id, fields), { account: null, fetch: here.fetch });
    expect(posts[0]?.get('error')).toBe(error);
    expect(posts[0]?.get('error_description')).toContain(`AADSTS${number}:`);
    expect(posts[0]?.get('state')).toBe('state-1');
    expect(posts[0]?.get('code')).toBeNull();
  });

  it('skips the chooser for a hint, unless a choice was asked for', async () => {
    const here = await simulation();
    const hint = { login_hint: here.account('Ordinary user').upn };
    const open = async (more: Readonly<Record<string, string>>) =>
      (
        await here.fetch(
          authorizeAddress(here.tenant.id, { ...authorizeFields('http://localhost:5000', pkce().challenge), ...hint, ...more }),
        )
      ).text();
    expect(await open({})).toContain('Permissions requested');
    expect(await open({ prompt: 'select_account' })).toContain('Pick an account');
  });

  it('lists what is to be consented, and marks every page', async () => {
    const here = await simulation();
    const fields = {
      ...authorizeFields('http://localhost:5000', pkce().challenge),
      scope: `openid ${clouds.global.graph}/Application.ReadWrite.All`,
      login_hint: here.account('Global Administrator').upn,
    };
    const text = await (await here.fetch(authorizeAddress(here.tenant.id, fields))).text();
    expect(text).toContain('Application.ReadWrite.All');
    expect(text).toContain('Microsoft Graph Command Line Tools');
    expect(text).toContain('<title>[Practice]');
  });

  it('does not let foreign text become markup', async () => {
    const here = await simulation();
    const text = await (
      await here.fetch(
        authorizeAddress(here.tenant.id, {
          ...authorizeFields('http://localhost:5000', pkce().challenge),
          login_hint: '"><script>alert(1)</script>',
          state: '"><script>alert(2)</script>',
        }),
      )
    ).text();
    expect(text).not.toContain('<script>alert');
  });
});
