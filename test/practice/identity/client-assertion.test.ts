import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { exportPKCS8 } from 'jose';
import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import {
  assertion,
  clientCredentials,
  keyCredential,
  register,
  simulation,
  type AssertionOptions,
  type Registered,
  type Simulation,
} from './simulation.ts';

const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

async function ask(here: Simulation, registered: Registered, options: AssertionOptions = {}) {
  return here.token(clientCredentials(registered.application.appId, await assertion(here, registered, options)));
}

const refusedWith = (number: number, text: RegExp) => ({
  status: 401,
  body: { error: 'invalid_client', error_codes: [number], error_description: expect.stringMatching(text) },
});

describe('client assertions', () => {
  it('accepts PS256 with x5t#S256, and RS256 with x5t', async () => {
    const here = await simulation();
    const registered = await register(here);
    expect(await ask(here, registered)).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    expect(await ask(here, registered, { header: { alg: 'RS256', x5t: base64url(registered.certificate.thumbprint) } })).toMatchObject({
      status: 200,
    });
  });

  it('has error bodies as Entra’s, with the caller’s correlation id', async () => {
    const here = await simulation();
    const correlation = randomUUID();
    const { body } = await here.token({
      'client-request-id': correlation,
      client_id: randomUUID(),
      grant_type: 'client_credentials',
      scope: `${clouds.global.graph}/.default`,
    });
    expect(body).toEqual({
      error: 'unauthorized_client',
      error_description: expect.stringMatching(
        /^AADSTS700016: Application with identifier '.*' was not found in the directory 'Contoso'\..* Trace ID: \S{36} Correlation ID: \S{36} Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
      ),
      error_codes: [700016],
      timestamp: expect.stringMatching(/Z$/),
      trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      correlation_id: correlation,
      error_uri: 'https://login.microsoftonline.com/error?code=700016',
    });
  });

  it('names the thumbprint where the key is not registered', async () => {
    const here = await simulation();
    const registered = await register(here);
    const stranger = await register(here);
    const answer = await ask(here, { ...registered, certificate: stranger.certificate, privateKey: stranger.privateKey });
    expect(answer).toMatchObject(refusedWith(700027, /The key was not found/));
    expect(String(answer.body['error_description'])).toContain(stranger.certificate.thumbprintSha256);
  });

  it('does not know a key before it is replicated', async () => {
    const here = await simulation();
    const registered = await register(here);
    const keyId = registered.application.keyCredentials?.[0]?.keyId ?? '';
    here.server.world.state.inTokensAt[`key:${keyId}`] = here.clock.now().getTime() + 5000;
    expect(await ask(here, registered)).toMatchObject(refusedWith(700027, /The key was not found/));
    here.clock.advance(6000);
    expect(await ask(here, registered)).toMatchObject({ status: 200 });
  });

  it('refuses a signature by another key under a known thumbprint', async () => {
    const here = await simulation();
    const registered = await register(here);
    const stranger = await register(here);
    expect(await ask(here, { ...registered, privateKey: stranger.privateKey })).toMatchObject(
      refusedWith(700027, /signature validation.*did not match the expected signature value.*Found key 'Start=\d\d\/\d\d\/\d{4}/),
    );
  });

  it('refuses an expired key, by the dates of the key credential and of the certificate', async () => {
    const here = await simulation();
    const registered = await register(here);
    const [key] = registered.application.keyCredentials ?? [];
    registered.application.keyCredentials = [{ ...key, endDateTime: new Date(Date.now() - 60_000).toISOString() }];
    expect(await ask(here, registered)).toMatchObject(refusedWith(700027, /The key used is expired/));
    registered.application.keyCredentials = [keyCredential(registered.certificate)];
    here.clock.advance(31 * 86_400_000);
    expect(await ask(here, registered)).toMatchObject(refusedWith(700027, /The key used is expired/));
  });

  it('says so where the application has no key at all', async () => {
    const here = await simulation();
    const registered = await register(here, { keyCredentials: [] });
    expect(await ask(here, registered)).toMatchObject(refusedWith(700026, /no configured keys/));
  });

  it.each([
    ['not yet valid', (now: number) => ({ nbf: now + 400, exp: now + 1000 })],
    ['expired', (now: number) => ({ nbf: now - 1000, exp: now - 400 })],
  ])('refuses times that are %s', async (_what, times) => {
    const here = await simulation();
    const registered = await register(here);
    const payload = times(Math.floor(here.clock.now().getTime() / 1000));
    expect(await ask(here, registered, { payload })).toMatchObject(
      refusedWith(700024, /not within its valid time range\. Current time: \S+Z, assertion valid from \S+Z/),
    );
  });

  it('tolerates clocks that differ by less than five minutes', async () => {
    const here = await simulation();
    const registered = await register(here);
    const now = Math.floor(here.clock.now().getTime() / 1000);
    expect(await ask(here, registered, { payload: { nbf: now + 240, exp: now + 840 } })).toMatchObject({ status: 200 });
  });

  it('refuses another audience, also the same path at another cloud', async () => {
    const here = await simulation();
    const registered = await register(here);
    const aud = `${clouds.gcch.authority}/${here.tenant.id}/oauth2/v2.0/token`;
    expect(await ask(here, registered, { payload: { aud } })).toMatchObject(refusedWith(700023, /audience/));
  });

  it('takes the audience under another name of the same host, and Entra issues for its own name', async () => {
    const here = await simulation();
    const registered = await register(here);
    const address = `https://login.windows.net/${here.tenant.id}/oauth2/v2.0/token`;
    for (const aud of [address, `${clouds.global.authority}/${here.tenant.id}/oauth2/v2.0/token`]) {
      const fields = clientCredentials(registered.application.appId, await assertion(here, registered, { payload: { aud } }));
      const answer = await here.fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      });
      expect(answer.status).toBe(200);
    }
  });

  it.each(['iss', 'sub'])('refuses another application in %s', async (name) => {
    const here = await simulation();
    const registered = await register(here);
    expect(await ask(here, registered, { payload: { [name]: randomUUID() } })).toMatchObject(refusedWith(700021, /doesn't match/));
  });

  /** Microsoft identity platform, "Certificate credentials": no restriction on `exp` at present; MSAL for Python sends no `nbf`. */
  it.each([
    ['without nbf', () => ({ nbf: undefined })],
    ['that end in a year', (now: number) => ({ exp: now + 31_536_000 })],
    ['without jti', () => ({ jti: undefined })],
  ])('takes assertions %s', async (_what, change) => {
    const here = await simulation();
    const registered = await register(here);
    const payload = change(Math.floor(here.clock.now().getTime() / 1000));
    expect(await ask(here, registered, { payload })).toMatchObject({ status: 200 });
  });

  /** The same page says nowhere that a `jti` is taken once; MSAL for .NET sends an assertion again (its issue 2288). */
  it('takes an assertion again while it is valid, and no longer', async () => {
    const here = await simulation();
    const registered = await register(here);
    const fields = clientCredentials(registered.application.appId, await assertion(here, registered, { payload: { nbf: undefined } }));
    expect(await here.token(fields)).toMatchObject({ status: 200 });
    expect(await here.token(fields)).toMatchObject({ status: 200 });
    here.clock.advance((600 + 301) * 1000);
    expect(await here.token(fields)).toMatchObject(refusedWith(700024, /not within its valid time range/));
  });

  it.each([{ payload: { exp: 1e300 } }, { payload: { exp: undefined } }, { payload: { nbf: 1e300 } }, { header: { alg: 'PS256' } }])(
    'refuses what is malformed: %j',
    async (options) => {
      const here = await simulation();
      expect(await ask(here, await register(here), options)).toMatchObject(refusedWith(50027, /invalid or malformed/));
    },
  );

  it('refuses an elliptic-curve signature', async () => {
    const here = await simulation();
    const registered = await register(here);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const options = { header: { alg: 'ES256', 'x5t#S256': base64url(registered.certificate.thumbprintSha256) } };
    expect(await ask(here, { ...registered, privateKey: await exportPKCS8(privateKey) }, options)).toMatchObject(
      refusedWith(5002730, /Unsupported key/),
    );
  });

  it('refuses text that is no JWT, no assertion, and a secret', async () => {
    const here = await simulation();
    const { application } = await register(here);
    const fields = clientCredentials(application.appId, 'nonsense');
    expect(await here.token(fields)).toMatchObject(refusedWith(50027, /malformed/));
    const { client_assertion: _assertion, ...without } = fields;
    expect(await here.token(without)).toMatchObject(refusedWith(7000218, /client_assertion/));
    expect(await here.token({ ...without, client_secret: 'secret' })).toMatchObject(refusedWith(7000215, /secret/));
  });

  it('refuses a public client that proves itself', async () => {
    const here = await simulation();
    const registered = await register(here, { isFallbackPublicClient: true });
    expect(await ask(here, registered)).toMatchObject(refusedWith(700025, /Client is public/));
  });
});
