import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { followDeviceCode } from '../../../main/practice/index.ts';
import { simulation, type Simulation } from './simulation.ts';
import { full, publicClient, signInClient } from './sign-in.ts';

async function start(here: Simulation) {
  const response = await here.fetch(`${clouds.global.authority}/${here.tenant.id}/oauth2/v2.0/devicecode`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: signInClient, scope: `openid offline_access ${full('User.Read').join(' ')}` }).toString(),
  });
  const body: Record<string, unknown> = Object(await response.json());
  const [deviceCode, userCode, address] = [String(body['device_code']), String(body['user_code']), String(body['verification_uri'])];
  return {
    body,
    userCode,
    address,
    poll: () =>
      here.token({ client_id: signInClient, grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode }),
  };
}

const refused = (error: string, number: number) => ({ status: 400, body: { error, error_codes: [number] } });

describe('device code', () => {
  it('waits for the person, then gives tokens once', async () => {
    const here = await simulation();
    const { body, poll, userCode, address } = await start(here);
    expect(body).toMatchObject({ expires_in: 900, interval: 5, user_code: expect.stringMatching(/^[A-Z2-9]{9}$/) });
    expect(address).toBe(`${here.server.origin}/common/oauth2/deviceauth`); // a page of this computer, never Microsoft's
    expect(await poll()).toMatchObject(refused('authorization_pending', 70016));
    await followDeviceCode(address, userCode.toLowerCase(), { account: null });
    here.clock.advance(5000);
    expect(await poll()).toMatchObject({ status: 200, body: { refresh_token: expect.any(String), id_token: expect.any(String) } });
    expect(await poll()).toMatchObject(refused('bad_verification_code', 70018));
  });

  it('tells a device that polls too often to slow down, five seconds more each time', async () => {
    const here = await simulation();
    const { poll, userCode, address } = await start(here);
    expect(await poll()).toMatchObject(refused('authorization_pending', 70016));
    here.clock.advance(4000);
    expect(await poll()).toMatchObject(refused('slow_down', 70016));
    await followDeviceCode(address, userCode, { account: null });
    here.clock.advance(5000);
    expect(await poll()).toMatchObject(refused('slow_down', 70016));
    here.clock.advance(15_000);
    expect(await poll()).toMatchObject({ status: 200 });
  });

  it('tells the device that somebody declined', async () => {
    const here = await simulation();
    const { poll, userCode, address } = await start(here);
    await expect(followDeviceCode(address, userCode, { account: here.account('Declines consent').upn })).rejects.toMatchObject({
      code: 'sign-in.refused',
    });
    expect(await poll()).toMatchObject(refused('authorization_declined', 65004));
  });

  it('ends after fifteen minutes', async () => {
    const here = await simulation();
    const { poll, userCode, address } = await start(here);
    here.clock.advance(16 * 60_000);
    expect(await poll()).toMatchObject(refused('expired_token', 70020));
    await expect(followDeviceCode(address, userCode, { account: null })).rejects.toMatchObject({ params: { number: 'AADSTS70018' } });
  });

  it('does not know another code', async () => {
    const here = await simulation();
    await start(here);
    await expect(followDeviceCode(`${here.server.origin}/common/oauth2/deviceauth`, 'AAAAAAAAA', { account: null })).rejects.toMatchObject({
      params: { number: 'AADSTS70018' },
    });
  });

  it('works with MSAL', async () => {
    const here = await simulation();
    let shown = Promise.resolve();
    const result = await publicClient(here).acquireTokenByDeviceCode({
      scopes: full('User.Read'),
      deviceCodeCallback: ({ userCode, verificationUri }) => {
        shown = followDeviceCode(verificationUri, userCode, { account: null });
      },
    });
    await shown;
    expect(result?.account?.username).toBe(here.account('Global Administrator').upn);
  });
});
