import { expect, test } from 'vitest';
import { browser, cloud, fakeEntra, jwt, refuse, tenantId, tokens, type TokenRequest } from './fake-entra.ts';

const signedIn = (request: TokenRequest) => tokens(request);
const needsConsent = () =>
  refuse(400, 'invalid_grant', 'AADSTS65001: The user or administrator has not consented to use the application.', {
    suberror: 'consent_required',
  });
const read = ['Application.Read.All'];
const write = ['Application.ReadWrite.All'];

async function begin(answers: Parameters<typeof fakeEntra>[0], signal?: AbortSignal) {
  const person = browser();
  const entra = fakeEntra([signedIn, ...answers]);
  const session = await entra.identity.signIn({ cloud, scopes: read, openBrowser: person.openBrowser, ...(signal ? { signal } : {}) });
  return { ...entra, person, session };
}

test('a token for the same scopes comes from memory', async () => {
  const { session, asked } = await begin([]);
  expect(await session.accessToken(read)).toBe(jwt({ wids: ['role-1'] }));
  expect(asked).toHaveLength(1);
});

test('other scopes come silently where they were consented, from the tenant of the token', async () => {
  const { session, asked, person } = await begin([(request) => tokens(request, {}, 'second')]);
  expect(await session.accessToken(write)).toBe('second');
  expect(asked[1]?.form.get('grant_type')).toBe('refresh_token');
  expect(asked[1]?.address).toContain(`/${tenantId}/oauth2/v2.0/token`);
  expect(person.visited).toHaveLength(1);
});

test('where consent is missing the browser opens once more for the same person, with the login hint', async () => {
  const { session, person } = await begin([needsConsent, (request) => tokens(request, {}, jwt({ wids: ['role-2'] }))]);
  await session.accessToken(write);
  const query = person.visited[1]?.searchParams;
  expect(query?.get('login_hint')).toBe('ada@contoso.com');
  expect(query?.has('prompt')).toBe(false);
  expect(session.directoryRoles).toEqual(['role-2']);
});

test('parallel requests that need consent open one browser', async () => {
  const { session, person } = await begin([needsConsent, (request) => tokens(request, {}, 'second')]);
  expect(await Promise.all([session.accessToken(write), session.accessToken(write), session.accessToken(write)])).toEqual([
    'second',
    'second',
    'second',
  ]);
  expect(person.visited).toHaveLength(2);
});

test('another person in the second browser is refused', async () => {
  const { session } = await begin([needsConsent, (request) => tokens(request, { oid: 'person-2', preferred_username: 'eve@contoso.com' })]);
  await expect(session.accessToken(write)).rejects.toMatchObject({
    code: 'sign-in.other-account',
    params: { meant: 'ada@contoso.com', actual: 'eve@contoso.com' },
  });
});

test('claims of a challenge bring a new token, through the browser where Entra wants it', async () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
  const { session, asked, person } = await begin([
    (request) => tokens(request, {}, 'silent'),
    () =>
      refuse(400, 'invalid_grant', 'AADSTS50076: multi-factor', {
        suberror: 'basic_action',
        claims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}',
      }),
    (request) => tokens(request, {}, 'interactive'),
  ]);
  expect(await session.accessToken(read, claims)).toBe('silent');
  expect(asked[1]?.form.get('claims')).toContain('nbf');
  expect(await session.accessToken(read, claims)).toBe('interactive');
  expect(person.visited[1]?.searchParams.get('claims')).toContain('acrs');
});

test('a block does not open the browser', async () => {
  const { session, person } = await begin([() => refuse(400, 'invalid_grant', 'AADSTS53003: Blocked.', { suberror: 'message_only' })]);
  await expect(session.accessToken(write)).rejects.toMatchObject({ code: 'sign-in.conditional-access' });
  expect(person.visited).toHaveLength(1);
});

test('a refusal without interaction is told as it is', async () => {
  const { session } = await begin([() => refuse(400, 'invalid_grant', 'AADSTS50173: The provided grant has expired.')]);
  await expect(session.accessToken(write)).rejects.toMatchObject({ code: 'sign-in.expired', correlationId: 'c-1' });
});

test('an interrupted run does not ask any more', async () => {
  const controller = new AbortController();
  const { session, asked } = await begin([], controller.signal);
  controller.abort();
  await expect(session.accessToken(write)).rejects.toMatchObject({ code: 'interrupted' });
  expect(asked).toHaveLength(1);
});

test('after forget nothing is left', async () => {
  const { session, asked } = await begin([]);
  await session.forget();
  await expect(session.accessToken(read)).rejects.toMatchObject({ code: 'bug' });
  expect(asked).toHaveLength(1);
  await session.forget();
});
