import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import { browser, cloud, comeBack, fakeEntra, refuse, tenantId, tokens, type TokenRequest } from './fake-entra.ts';

const scopes = ['Application.Read.All'];
const signedIn = (request: TokenRequest) => tokens(request);

test('signs in with PKCE, form_post and the choice of the account; scopes are addresses of the cloud’s Graph', async () => {
  const person = browser();
  const { identity, asked, counter } = fakeEntra([signedIn], { lang: 'fr' });
  const session = await identity.signIn({ cloud, scopes, openBrowser: person.openBrowser });
  expect(session).toMatchObject({
    tenantId,
    username: 'ada@contoso.com',
    displayName: 'Ada',
    objectId: 'person-1',
    directoryRoles: ['role-1'],
  });
  const query = person.visited[0]?.searchParams;
  expect(person.visited[0]?.pathname).toBe('/organizations/oauth2/v2.0/authorize');
  expect(Object.fromEntries(query ?? [])).toMatchObject({
    prompt: 'select_account',
    response_mode: 'form_post',
    code_challenge_method: 'S256',
    client_id: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  });
  expect(query?.get('scope')).toContain('https://graph.microsoft.com/Application.Read.All');
  expect(query?.get('claims')).toContain('"cp1"');
  expect(query?.has('login_hint')).toBe(false);
  expect(asked[0]?.form.get('code_verifier')).toMatch(/^[\w-]{43,}$/);
  expect(person.pages[0]).toContain('Vous êtes connecté');
  expect(counter.counts()).toEqual({ graph: 0, identity: 1, sequential: 0 });
});

test('the tenant that is meant becomes the authority', async () => {
  const person = browser();
  const { identity } = fakeEntra([signedIn]);
  await identity.signIn({ cloud, tenant: 'contoso.com', scopes, openBrowser: person.openBrowser, clientId: 'c-own' });
  expect(person.visited[0]?.pathname).toBe('/contoso.com/oauth2/v2.0/authorize');
  expect(person.visited[0]?.searchParams.get('client_id')).toBe('c-own');
});

test('a token of another tenant than the id that was meant is not used', async () => {
  const { identity } = fakeEntra([(request) => tokens(request, { tid: '99999999-2222-4333-8444-555555555555' })]);
  await expect(identity.signIn({ cloud, tenant: tenantId, scopes, openBrowser: browser().openBrowser })).rejects.toMatchObject({
    code: 'sign-in.wrong-tenant',
    params: { meant: tenantId, actual: '99999999-2222-4333-8444-555555555555', username: 'ada@contoso.com' },
  });
});

/** Signs in with a browser that stays open, and gives the port that MSAL listens on. */
function openBrowserAndWait(openBrowser: (address: string) => Promise<void> = async () => {}) {
  const { promise: opened, resolve } = Promise.withResolvers<string>();
  return {
    opened,
    openBrowser: (address: string) => {
      resolve(address);
      return openBrowser(address);
    },
  };
}

const portOf = (address: string) => Number(new URL(new URL(address).searchParams.get('redirect_uri') ?? '').port);
const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

test('cancel ends the wait for the browser and closes the port', async () => {
  const controller = new AbortController();
  const { opened, openBrowser } = openBrowserAndWait();
  const waiting = fakeEntra([]).identity.signIn({ cloud, scopes, openBrowser, signal: controller.signal });
  const port = portOf(await opened);
  expect(await listens(port)).toBe(true);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'sign-in.cancelled' });
  expect(await listens(port)).toBe(false);
});

test('cancel while the browser is still opening', async () => {
  const controller = new AbortController();
  const { opened, openBrowser } = openBrowserAndWait(() => new Promise(() => {}));
  const waiting = fakeEntra([]).identity.signIn({ cloud, scopes, openBrowser, signal: controller.signal });
  const port = portOf(await opened);
  controller.abort(new Fault('interrupted'));
  await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
  expect(await listens(port)).toBe(false);
});

test('cancelled before it began: no browser opens', async () => {
  const person = browser();
  const waiting = fakeEntra([]).identity.signIn({ cloud, scopes, openBrowser: person.openBrowser, signal: AbortSignal.abort() });
  await expect(waiting).rejects.toMatchObject({ code: 'sign-in.cancelled' });
  expect(person.visited).toEqual([]);
});

test('cancel while the code is being exchanged', async () => {
  const controller = new AbortController();
  const { identity } = fakeEntra([
    () => {
      controller.abort();
      return new Promise<Response>(() => {});
    },
  ]);
  await expect(identity.signIn({ cloud, scopes, openBrowser: browser().openBrowser, signal: controller.signal })).rejects.toMatchObject({
    code: 'sign-in.cancelled',
  });
});

test('the time-out ends the wait and closes the port', async () => {
  const { opened, openBrowser } = openBrowserAndWait();
  const waiting = fakeEntra([], { timeoutMs: 300 }).identity.signIn({ cloud, scopes, openBrowser });
  await expect(waiting).rejects.toMatchObject({ code: 'sign-in.timed-out' });
  expect(await listens(portOf(await opened))).toBe(false);
});

const browserWithIntruder = async (address: string) => {
  expect(await comeBack(address, { code: 'stolen', state: 'foreign' })).toContain('Invalid');
  await comeBack(address, { code: 'code-1' });
};

test('an answer with a foreign state does not end the wait', async () => {
  const { identity } = fakeEntra([signedIn]);
  expect((await identity.signIn({ cloud, scopes, openBrowser: browserWithIntruder })).username).toBe('ada@contoso.com');
});

const noBrowser = () => Promise.reject(new Error('no handler for https'));

test('a browser that cannot be opened', async () => {
  await expect(fakeEntra([]).identity.signIn({ cloud, scopes, openBrowser: noBrowser })).rejects.toMatchObject({
    code: 'sign-in.browser-failed',
  });
});

test.each([
  [
    'sign-in.consent-declined',
    { error: 'access_denied', error_description: 'AADSTS65004: User declined to consent to access the app. Trace ID: x' },
  ],
  ['sign-in.cancelled', { error: 'access_denied', error_description: 'the user canceled the authentication' }],
  [
    'sign-in.conditional-access',
    { error: 'interaction_required', error_description: 'AADSTS53003: Access has been blocked by Conditional Access policies.' },
  ],
  ['sign-in.refused', { error: 'invalid_request', error_description: 'AADSTS123456789: Something new.' }],
])('%s from the authorize page', async (code, fields) => {
  const person = browser(fields);
  await expect(fakeEntra([], { lang: 'de' }).identity.signIn({ cloud, scopes, openBrowser: person.openBrowser })).rejects.toMatchObject({
    code,
  });
  expect(person.pages[0]).toContain('Die Anmeldung ist nicht gelungen');
});

test.each([
  [
    'sign-in.multi-factor',
    () =>
      refuse(400, 'invalid_grant', 'AADSTS50076: Due to a configuration change you must use multi-factor authentication.', {
        suberror: 'basic_action',
      }),
  ],
  ['service.proxy-answered', () => new Response('<html>proxy</html>', { headers: { 'content-type': 'text/html' } })],
  ['service.failed', () => new Response('{"half', { headers: { 'content-type': 'application/json' } })],
] as const)('%s from the token endpoint', async (code, answer) => {
  await expect(fakeEntra([answer]).identity.signIn({ cloud, scopes, openBrowser: browser().openBrowser })).rejects.toMatchObject({ code });
});

test('a policy that takes the first answer back is asked again with its claims, once', async () => {
  const claims = '{"access_token":{"capolids":{"essential":true,"values":["p"]}}}';
  const wantsMore = () => refuse(400, 'invalid_grant', 'AADSTS50076: multi-factor', { suberror: 'basic_action', claims });
  const person = browser();
  const { identity } = fakeEntra([wantsMore, signedIn]);
  await identity.signIn({ cloud, scopes, openBrowser: person.openBrowser });
  expect(person.visited[1]?.searchParams.get('claims')).toContain('capolids');
  const stubborn = fakeEntra([wantsMore, wantsMore]);
  await expect(stubborn.identity.signIn({ cloud, scopes, openBrowser: browser().openBrowser })).rejects.toMatchObject({
    code: 'sign-in.multi-factor',
  });
});

test('a block is not asked again', async () => {
  const person = browser();
  const { identity } = fakeEntra([
    () => refuse(400, 'invalid_grant', 'AADSTS53003: Blocked.', { suberror: 'message_only', claims: '{"access_token":{}}' }),
  ]);
  await expect(identity.signIn({ cloud, scopes, openBrowser: person.openBrowser })).rejects.toMatchObject({
    code: 'sign-in.conditional-access',
  });
  expect(person.visited).toHaveLength(1);
});
