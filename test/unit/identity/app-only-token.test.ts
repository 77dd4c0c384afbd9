import { constants, generateKeyPairSync, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import { isReplicationFault } from '../../../main/identity/index.ts';
import { cloud, fakeEntra, jwt, refuse, reply, tenantId } from './fake-entra.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const thumbprintSha256 = 'AB'.repeat(32);
const request = {
  cloud,
  tenantId,
  clientId: 'client-1',
  thumbprintSha256,
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  resource: 'graph',
} as const;
const issued = () =>
  reply(200, {
    token_type: 'Bearer',
    expires_in: 3599,
    access_token: jwt({ aud: 'https://graph.microsoft.com', tid: tenantId, appid: 'client-1', oid: 'sp-1', roles: ['Directory.Read.All'] }),
  });
const part = (token: string, index: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString());

test('proves itself with PS256 and x5t#S256, and says what the token says', async () => {
  const { identity, asked } = fakeEntra([issued, issued]);
  const token = await identity.appOnlyToken(request);
  expect(token.claims).toEqual({
    aud: 'https://graph.microsoft.com',
    tid: tenantId,
    appid: 'client-1',
    oid: 'sp-1',
    roles: ['Directory.Read.All'],
  });
  const assertion = asked[0]?.form.get('client_assertion') ?? '';
  expect(part(assertion, 0)).toMatchObject({ alg: 'PS256', 'x5t#S256': Buffer.from(thumbprintSha256, 'hex').toString('base64url') });
  expect(part(assertion, 1)).toMatchObject({ aud: `${cloud.authority}/${tenantId}/oauth2/v2.0/token`, iss: 'client-1', sub: 'client-1' });
  const [header, payload, signature] = assertion.split('.');
  const key = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature ?? '', 'base64url'))).toBe(true);
  expect(asked[0]?.form.get('scope')).toBe('https://graph.microsoft.com/.default');
  await identity.appOnlyToken({ ...request, resource: 'exchange' });
  expect(asked[1]?.form.get('scope')).toBe('https://outlook.office365.com/.default');
});

const refusal = async (description: string, headers: Record<string, string> = {}): Promise<Fault> => {
  const { identity } = fakeEntra([() => refuse(401, 'invalid_client', description, {}, headers)]);
  const error: unknown = await identity.appOnlyToken(request).catch((reason: unknown) => reason);
  if (!(error instanceof Fault)) throw new Error('no fault', { cause: error });
  return error;
};

test.each([
  ['token.application-unknown', true, "AADSTS700016: Application with identifier 'x' was not found in the directory 'y'."],
  ['token.service-principal-missing', true, 'AADSTS7000229: The client application is missing service principal in the tenant.'],
  [
    'token.key-not-found',
    true,
    "AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: 'AB']",
  ],
  ['token.key-expired', false, 'AADSTS700027: The certificate … is expired on application. [Reason - The key used is expired.]'],
  [
    'token.signature-mismatch',
    false,
    'AADSTS700027: Client assertion contains an invalid signature. [Reason - The signature did not match.]',
  ],
  ['token.application-disabled', false, "AADSTS7000112: Application 'x' is disabled."],
  ['token.resource-missing', false, 'AADSTS500011: The resource principal named x was not found in the tenant.'],
  ['token.refused', false, 'AADSTS7009999: Something new.'],
] as const)('%s', async (code, replication, description) => {
  const fault = await refusal(description);
  expect(fault.code).toBe(code);
  expect(isReplicationFault(fault)).toBe(replication);
  expect(fault.params['detail']).toBe(description.replace(/^AADSTS\d+: /, ''));
  expect(fault.correlationId).toBe('c-1');
});

test.each([
  ['behind', 12 * 60_000],
  ['ahead', -12 * 60_000],
] as const)('the clock of this PC is %s', async (direction, offset) => {
  const fault = await refusal('AADSTS700024: Client assertion is not within its valid time range.', {
    date: new Date(Date.now() + offset).toUTCString(),
  });
  expect(fault).toMatchObject({ code: 'token.clock', params: { direction, minutes: 12 } });
});

test('a clock that is right is not blamed', async () => {
  const fault = await refusal('AADSTS700024: Client assertion is not within its valid time range.', { date: new Date().toUTCString() });
  expect(fault).toMatchObject({ code: 'token.clock', params: { direction: 'unknown' } });
});

test('interrupted', async () => {
  const controller = new AbortController();
  const { identity } = fakeEntra([() => new Promise<Response>(() => {})]);
  const waiting = identity.appOnlyToken({ ...request, signal: controller.signal });
  setImmediate(() => controller.abort());
  await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
});
