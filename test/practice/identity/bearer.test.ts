import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { assertion, clientCredentials, grant, register, simulation, type Simulation } from './simulation.ts';

async function practiceToken(here: Simulation, scopes: readonly string[] = ['User.Read']): Promise<string> {
  const response = await fetch(`${here.server.origin}/practice/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: here.account('Global Administrator').upn, scopes, tenant: here.tenant.id }),
  });
  return String(Object(await response.json())['access_token']);
}

const organization = (here: Simulation, token: string | null, host = clouds.global.graph) =>
  here.fetch(`${host}/v1.0/organization?$select=id`, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });

async function refusal(response: Response) {
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toContain(
    'authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
  );
  const { error } = Object(await response.json());
  return error;
}

describe('Graph and its bearer', () => {
  it('takes a practice token', async () => {
    const here = await simulation();
    expect((await organization(here, await practiceToken(here))).status).toBe(200);
  });

  it('takes an app-only token, as long as its service principal is there', async () => {
    const here = await simulation();
    const registered = await register(here);
    grant(here, registered, 'graph', 'Directory.Read.All');
    const { body } = await here.token(clientCredentials(registered.application.appId, await assertion(here, registered)));
    const token = String(body['access_token']);
    expect((await organization(here, token)).status).toBe(200);
    here.tenant.servicePrincipals.splice(here.tenant.servicePrincipals.indexOf(registered.principal), 1);
    const answer = await organization(here, token);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: 'Authorization_IdentityNotFound' } });
  });

  it('refuses none, nonsense, and an altered one', async () => {
    const here = await simulation();
    expect(await refusal(await organization(here, null))).toMatchObject({
      code: 'InvalidAuthenticationToken',
      message: 'Access token is empty.',
    });
    expect(await refusal(await organization(here, 'nonsense'))).toMatchObject({
      code: 'InvalidAuthenticationToken',
      message: expect.stringContaining('not well formed'),
    });
    const [header, , signature] = (await practiceToken(here)).split('.');
    const body = Buffer.from(JSON.stringify({ tid: here.tenant.id, aud: clouds.global.graph })).toString('base64url');
    expect(await refusal(await organization(here, `${header}.${body}.${signature}`))).toMatchObject({
      message: expect.stringContaining('Invalid signature'),
    });
  });

  it('refuses one of another server, of another audience, of another cloud, and an expired one', async () => {
    const [here, other] = [await simulation(), await simulation()];
    expect(await refusal(await organization(here, await practiceToken(other)))).toMatchObject({
      message: expect.stringContaining('Invalid signature'),
    });
    const registered = await register(here);
    const exchange = await here.token(
      clientCredentials(registered.application.appId, await assertion(here, registered), `${clouds.global.exchange}/.default`),
    );
    expect(await refusal(await organization(here, String(exchange.body['access_token'])))).toMatchObject({
      message: expect.stringContaining('Invalid audience'),
    });
    const token = await practiceToken(here);
    const china = await organization(here, token, clouds.china.graph);
    expect(china.status).toBe(401);
    here.clock.advance(2 * 3_600_000);
    expect(await refusal(await organization(here, token))).toMatchObject({ message: expect.stringContaining('expired') });
  });

  it('refuses other versions and bodies that are no JSON', async () => {
    const here = await simulation();
    const headers = {
      authorization: `Bearer ${await practiceToken(here, ['Application.ReadWrite.All'])}`,
      'content-type': 'application/json',
    };
    expect(await (await here.fetch(`${clouds.global.graph}/v2.0/applications`, { headers })).json()).toMatchObject({
      error: { code: 'BadRequest', message: 'Invalid version: v2.0' },
    });
    const broken = await here.fetch(`${clouds.global.graph}/v1.0/applications`, { method: 'POST', headers, body: '{"displayName":' });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ error: { message: expect.stringContaining('Unable to read JSON request payload') } });
  });
});

describe('the practice addresses', () => {
  it('show all objects, and give no token with scopes that do not exist or for nobody', async () => {
    const here = await simulation();
    const state: unknown = await (await fetch(`${here.server.origin}/practice/state`)).json();
    expect(state).toEqual(JSON.parse(JSON.stringify(here.server.world.state)));
    expect(await practiceToken(here, ['Everything.Now'])).toBe('undefined');
    const nobody = await fetch(`${here.server.origin}/practice/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'nobody@contoso.example', scopes: [], tenant: here.tenant.id }),
    });
    expect(nobody.status).toBe(400);
    expect((await fetch(`${here.server.origin}/practice/anything`)).status).toBe(404);
  });

  it('are not to be had through a cloud’s host, and not under a foreign name', async () => {
    const here = await simulation();
    expect((await here.fetch(`${clouds.global.graph}/practice/state`)).status).toBe(400);
    expect((await here.fetch(`${clouds.global.authority}/practice/state`)).status).toBe(501);
  });
});
