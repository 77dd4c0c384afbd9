import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { followAuthorize } from '../../../main/practice/index.ts';
import { simulation, type Simulation } from './simulation.ts';
import { authorizeAddress, authorizeFields, full, loopbackClient, pkce, signInClient } from './sign-in.ts';

async function refreshToken(here: Simulation, account: string | null = null, segment = here.tenant.id): Promise<string> {
  const { redirectUri, posts } = await loopbackClient();
  const { verifier, challenge } = pkce();
  await followAuthorize(authorizeAddress(segment, authorizeFields(redirectUri, challenge)), { account, fetch: here.fetch });
  const code = posts[0]?.get('code') ?? '';
  const { body } = await here.token(
    { client_id: signInClient, grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
    segment,
  );
  return String(body['refresh_token']);
}

const redeem = (token: string, change: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  client_id: signInClient,
  grant_type: 'refresh_token',
  refresh_token: token,
  scope: `openid offline_access ${full('User.Read').join(' ')}`,
  ...change,
});

describe('refresh token', () => {
  it('gives new tokens, and another refresh token beside it', async () => {
    const here = await simulation();
    const token = await refreshToken(here);
    const { status, body } = await here.token(redeem(token));
    expect(status).toBe(200);
    expect(body['refresh_token']).not.toBe(token);
    expect(await here.token(redeem(token))).toMatchObject({ status: 200 });
  });

  it('gives nothing that was not consented, and says so in the way MSAL reads', async () => {
    const here = await simulation();
    const answer = await here.token(redeem(await refreshToken(here), { scope: full('Application.ReadWrite.All').join(' ') }));
    expect(answer).toMatchObject({
      status: 400,
      body: {
        error: 'invalid_grant',
        suberror: 'consent_required',
        error_codes: [65001],
        error_description: expect.stringContaining(
          `AADSTS65001: The user or administrator has not consented to use the application with ID '${signInClient}' named 'Microsoft Graph Command Line Tools'.`,
        ),
      },
    });
  });

  it('gives what was consented before for .default', async () => {
    const here = await simulation();
    const { body } = await here.token(redeem(await refreshToken(here), { scope: `${clouds.global.graph}/.default` }));
    expect(Buffer.from(String(body['access_token']).split('.')[1] ?? '', 'base64url').toString()).toContain('"scp":"User.Read"');
  });

  it('ends after 90 days, and is bound to its client', async () => {
    const here = await simulation();
    const token = await refreshToken(here);
    expect(await here.token(redeem(token, { client_id: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b' }))).toMatchObject({
      body: { error_codes: [70000] },
    });
    expect(await here.token(redeem('1.Rnonsense'))).toMatchObject({ body: { error_codes: [70000] } });
    here.clock.advance(91 * 86_400_000);
    expect(await here.token(redeem(token))).toMatchObject({ body: { error: 'invalid_grant', error_codes: [700082] } });
  });

  it('takes a partner from home to the customer’s tenant, and nobody where he does not belong', async () => {
    const here = await simulation({ tenants: 2 });
    const { upn } = here.account('GDAP partner');
    const token = await refreshToken(here, upn, 'organizations');
    here.tenant.consents[`${upn} ${signInClient}`] = ['User.Read'];
    expect(await here.token(redeem(token))).toMatchObject({ status: 200 });
    const own = await refreshToken(here);
    expect(await here.token(redeem(own), here.server.world.state.tenants[1]?.id)).toMatchObject({ body: { error_codes: [50020] } });
  });
});
