import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { assertion, clientCredentials, graphDefault, register, simulation } from './simulation.ts';

/** Numbers and codes by which clients tell Microsoft's refusals apart. */
const microsofts = /AADSTS|error_codes|invalid_|unauthorized_client|unsupported_/;

describe('what the identity half does not simulate', () => {
  it.each([
    ['GET', '/adminconsent'],
    ['GET', '/v2.0/adminconsent'],
    ['GET', '/oauth2/authorize'],
    ['GET', '/oauth2/v2.0/token'],
    ['POST', '/oauth2/token'],
  ])('is said in its own voice: %s %s', async (method, path) => {
    const here = await simulation();
    const response = await here.fetch(`${clouds.global.authority}/${here.tenant.id}${path}`, { method });
    expect(response.status).toBe(501);
    const text = await response.text();
    expect(text).toContain(`The practice tenant does not have ${method} /${here.tenant.id}${path}.`);
    expect(text).not.toMatch(microsofts);
    expect(response.headers.get('content-type')).toMatch(method === 'GET' ? /^text\/html/ : /^application\/json/);
  });

  it.each(['password', 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'urn:ietf:params:oauth:grant-type:saml2-bearer'])(
    'so is the grant type %s, which Microsoft has; one that nobody has is refused as Microsoft refuses it',
    async (grantType) => {
      const here = await simulation();
      const answer = await here.token({ grant_type: grantType, client_id: 'x', scope: graphDefault });
      expect(answer).toEqual({
        status: 501,
        body: { error: 'practiceTenantDoesNotHave', error_description: `The practice tenant does not have the grant type ${grantType}.` },
      });
      expect(await here.token({ grant_type: 'nonsense', client_id: 'x' })).toMatchObject({ status: 400, body: { error_codes: [70003] } });
    },
  );
});

describe('client secrets', () => {
  async function withSecret(endDateTime = new Date(Date.now() + 86_400_000).toISOString()) {
    const here = await simulation();
    const secretText = 'a-secret-of-another-product';
    const registered = await register(here, { passwordCredentials: [{ keyId: 'secret', secretText, endDateTime }] });
    const {
      client_assertion: _,
      client_assertion_type: __,
      ...fields
    } = clientCredentials(registered.application.appId, await assertion(here, registered));
    return { here, ask: (secret = secretText) => here.token({ ...fields, client_secret: secret }) };
  }

  it('that addPassword made are good for a token that says so', async () => {
    const { ask } = await withSecret();
    const { status, body } = await ask();
    expect(status).toBe(200);
    const [, payload = ''] = String(body['access_token']).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ idtyp: 'app', appidacr: '1' });
  });

  it('are refused when wrong or expired', async () => {
    const { ask } = await withSecret();
    expect(await ask('wrong')).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [7000215] } });
    const old = await withSecret(new Date(Date.now() - 1000).toISOString());
    expect(await old.ask()).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [7000222] } });
  });
});
