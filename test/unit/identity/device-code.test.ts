import { expect, test } from 'vitest';
import type { DeviceCode } from '../../../main/identity/index.ts';
import { cloud, fakeEntra, refuse, reply, tokens } from './fake-entra.ts';

const scopes = ['Application.Read.All'];
const code = () =>
  reply(200, {
    user_code: 'ABCD-1234',
    device_code: 'd',
    verification_uri: 'https://microsoft.com/devicelogin',
    expires_in: 900,
    interval: 0.01,
    message: 'To sign in, …',
  });
const pending = () => refuse(400, 'authorization_pending', 'AADSTS70016: pending.');

test('shows the code and waits until it was used', async () => {
  const shown: DeviceCode[] = [];
  const { identity, asked } = fakeEntra([code, pending, pending, (request) => tokens(request)]);
  const session = await identity.signInWithDeviceCode({ cloud, tenant: 'contoso.com', scopes, showCode: (one) => shown.push(one) });
  expect(shown).toEqual([
    { userCode: 'ABCD-1234', verificationUri: 'https://microsoft.com/devicelogin', expiresIn: 900, message: 'To sign in, …' },
  ]);
  expect(session.username).toBe('ada@contoso.com');
  expect(asked[0]?.address).toContain('/contoso.com/oauth2/v2.0/devicecode');
});

test.each([
  ['sign-in.cancelled', () => refuse(400, 'authorization_declined', 'The person declined.')],
  ['sign-in.timed-out', () => refuse(400, 'expired_token', 'The code has expired.')],
  ['sign-in.conditional-access', () => refuse(400, 'invalid_grant', 'AADSTS53003: Access has been blocked.')],
])('%s', async (fault, answer) => {
  const { identity } = fakeEntra([code, answer]);
  await expect(identity.signInWithDeviceCode({ cloud, scopes, showCode: () => {} })).rejects.toMatchObject({ code: fault });
});

test('a code that ran out while nobody typed it is a time-out, whoever notices first', async () => {
  const short = () =>
    reply(200, {
      user_code: 'ABCD-1234',
      device_code: 'd',
      verification_uri: 'https://microsoft.com/devicelogin',
      expires_in: 1,
      interval: 0.4,
      message: '',
    });
  const { identity } = fakeEntra([short, ...Array.from({ length: 20 }, () => pending)]);
  await expect(identity.signInWithDeviceCode({ cloud, scopes, showCode: () => {} })).rejects.toMatchObject({ code: 'sign-in.timed-out' });
});

test('cancel ends the wait at once', async () => {
  const controller = new AbortController();
  const { identity } = fakeEntra([code, ...Array.from({ length: 50 }, () => pending)]);
  const waiting = identity.signInWithDeviceCode({ cloud, scopes, showCode: () => controller.abort(), signal: controller.signal });
  await expect(waiting).rejects.toMatchObject({ code: 'sign-in.cancelled' });
});
