import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../main/faults.ts';
import { browser, cloud, fakeEntra, jwt, refuse, reply, tenantId, tokens, type TokenRequest } from './fake-entra.ts';

const scopes = ['Application.Read.All'];
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const request = {
  cloud,
  tenantId,
  clientId: 'client-1',
  thumbprintSha256: 'AB'.repeat(32),
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  resource: 'graph',
} as const;
const issued = () =>
  reply(200, { token_type: 'Bearer', expires_in: 3599, access_token: jwt({ aud: 'https://graph.microsoft.com', tid: tenantId }) });
const signedIn = (asked: TokenRequest) => tokens(asked);
const deviceCode = () =>
  reply(200, {
    user_code: 'A',
    device_code: 'd',
    verification_uri: 'https://microsoft.com/devicelogin',
    expires_in: 900,
    interval: 0.01,
    message: '',
  });
const html = (status: number) => () =>
  new Response('<html>Sign in to the network</html>', { status, headers: { 'content-type': 'text/html' } });
const text =
  (body: string, status = 200) =>
  () =>
    new Response(body, { status, headers: { 'content-type': 'application/json' } });
const dropped = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('other side closed') }));
const busy =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    refuse(status, 'temporarily_unavailable', 'AADSTS90055: The tenant is throttled.', { error_codes: [90_055] }, headers);

const passing = [
  ['429', busy(429)],
  ['503', busy(503)],
  ['500 without a word', () => new Response(null, { status: 500 })],
  ['502 with a page', html(502)],
  ['a dropped connection', dropped],
  ['400 that says "later"', () => refuse(400, 'server_error', 'AADSTS90033: A transient error has occurred. Please try again.')],
] as const;

type Answers = Parameters<typeof fakeEntra>[0];
const ways = [
  [
    'app-only',
    (answers: Answers) => {
      const here = fakeEntra(answers);
      return { ...here, run: () => here.identity.appOnlyToken(request) };
    },
    issued,
    0,
  ],
  [
    'in the browser',
    (answers: Answers) => {
      const here = fakeEntra(answers);
      return { ...here, run: () => here.identity.signIn({ cloud, scopes, openBrowser: browser().openBrowser }) };
    },
    signedIn,
    0,
  ],
  [
    'with a code',
    (answers: Answers) => {
      const here = fakeEntra([deviceCode, ...answers]);
      return { ...here, run: () => here.identity.signInWithDeviceCode({ cloud, scopes, showCode: () => {} }) };
    },
    signedIn,
    1,
  ],
] as const;

describe.each(ways)('a token %s', (_, start, good, before) => {
  test.each(passing)('is asked for again after %s', async (_name, answer) => {
    const { run, asked, pauses } = start([answer, good]);
    await run();
    expect(asked).toHaveLength(before + 2);
    expect(pauses).toHaveLength(1);
  });

  test('is asked for again when Retry-After says', async () => {
    const { run, pauses } = start([busy(429, { 'retry-after': '7' }), busy(503, { 'retry-after': '11' }), good]);
    await run();
    expect(pauses).toEqual([7000, 11_000]);
  });

  test('is given up within the budget of Graph’s requests, as an outage', async () => {
    const often = start(Array.from({ length: 9 }, () => busy(429)));
    await expect(often.run()).rejects.toMatchObject({ code: 'service.throttled', kind: 'unreachable' });
    expect(often.asked).toHaveLength(before + 6);
    const lost = start(Array.from({ length: 9 }, () => dropped));
    await expect(lost.run()).rejects.toMatchObject({ code: 'service.unreachable', kind: 'unreachable' });
    expect(lost.asked).toHaveLength(before + 4);
    const long = start([busy(429, { 'retry-after': '100' }), busy(429, { 'retry-after': '100' }), good]);
    await expect(long.run()).rejects.toMatchObject({ code: 'service.throttled' });
    expect(long.pauses).toEqual([100_000]);
  });

  test.each([
    ['service.proxy-answered', html(200)],
    ['service.proxy-answered', html(403)],
    ['service.failed', text('{"access_token":"eyJ')],
    ['service.failed', text('null')],
    ['service.failed', text('"ok"')],
    ['service.failed', text('[]')],
    ['service.failed', text('{}')],
    ['service.failed', text('{"status":"login required"}')],
    ['service.failed', text('{"status":"login required"}', 403)],
    ['service.failed', text('')],
  ] as const)('%s: no answer of Entra is an outage, asked for once', async (code, answer) => {
    const { run, asked } = start([answer]);
    await expect(run()).rejects.toMatchObject({ code, kind: 'unreachable' });
    expect(asked).toHaveLength(before + 1);
  });

  test('of whoever asks in a loop is not asked for again', async () => {
    const { run, asked } = start([
      () => refuse(400, 'invalid_grant', 'AADSTS50196: The server terminated an operation because it encountered a loop.'),
    ]);
    await expect(run()).rejects.toMatchObject({ code: 'service.throttled' });
    expect(asked).toHaveLength(before + 1);
  });

  test('that is interrupted in a pause ends', async () => {
    const stop = new AbortController();
    const answers = [
      () => {
        stop.abort();
        return busy(429)();
      },
      good,
    ];
    const here = fakeEntra(before === 1 ? [deviceCode, ...answers] : answers);
    const { signal } = stop;
    const running = {
      'app-only': () => here.identity.appOnlyToken({ ...request, signal }),
      'in the browser': () => here.identity.signIn({ cloud, scopes, openBrowser: browser().openBrowser, signal }),
      'with a code': () => here.identity.signInWithDeviceCode({ cloud, scopes, showCode: () => {}, signal }),
    }[_];
    const fault: Fault = await running().then(
      () => Promise.reject(new Error('a token all the same')),
      (error: Fault) => error,
    );
    expect(['interrupted', 'sign-in.cancelled']).toContain(fault.code);
    expect(here.asked).toHaveLength(before + 1);
  });
});

test('every try for the application has an assertion of its own', async () => {
  const { identity, asked } = fakeEntra([dropped, busy(503), issued]);
  await identity.appOnlyToken(request);
  expect(new Set(asked.map(({ form }) => form.get('client_assertion'))).size).toBe(3);
});

test('a code that the lost answer used up is an outage, not a refused sign-in', async () => {
  const used = () => refuse(400, 'invalid_grant', 'AADSTS54005: OAuth2 Authorization code was already redeemed.');
  await expect(fakeEntra([dropped, used]).identity.signIn({ cloud, scopes, openBrowser: browser().openBrowser })).rejects.toMatchObject({
    code: 'service.unreachable',
  });
  // After 429 nothing was executed: then it is Entra's own word.
  await expect(fakeEntra([busy(429), used]).identity.signIn({ cloud, scopes, openBrowser: browser().openBrowser })).rejects.toMatchObject({
    code: 'sign-in.expired',
  });
});

test('MSAL never learns of an outage: the next request asks Entra again', async () => {
  const { identity, asked } = fakeEntra([signedIn, ...Array.from({ length: 6 }, () => busy(429, { 'retry-after': '1' })), signedIn]);
  const session = await identity.signIn({ cloud, scopes, openBrowser: browser().openBrowser });
  const more = ['Application.ReadWrite.All'];
  await expect(session.accessToken(more)).rejects.toMatchObject({ code: 'service.throttled' });
  await session.accessToken(more);
  expect(asked).toHaveLength(8);
});

test('an answer that grows without end is given up', async () => {
  let sent = 0;
  const endless = () =>
    new Response(
      new ReadableStream({
        pull: (controller) => {
          sent += 1024 * 1024;
          controller.enqueue(new Uint8Array(1024 * 1024).fill(0x20));
        },
      }),
      { headers: { 'content-type': 'application/json' } },
    );
  await expect(fakeEntra([endless]).identity.appOnlyToken(request)).rejects.toMatchObject({ code: 'service.failed', kind: 'unreachable' });
  expect(sent).toBeLessThan(32 * 1024 * 1024);
});
