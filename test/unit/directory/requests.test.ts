import { expect, test } from 'vitest';
import { fakeGraph, graphError, json } from './fake-graph.ts';

const base = 'https://graph.microsoft.com/v1.0';
const none = () => new Response(null, { status: 204 });
const page = () => new Response('<html>Please sign in to the network</html>', { headers: { 'content-type': 'text/html' } });

test('every request has a bearer token and an id of its own', async () => {
  const { directory, sent, counter } = fakeGraph([json(200, {}), json(200, {})]);
  await directory.read("/applications?$filter=displayName eq 'A %26 B'&$select=id");
  await directory.read('/organization');
  expect(sent[0]?.address).toBe(`${base}/applications?$filter=displayName eq 'A %26 B'&$select=id`);
  expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
  const ids = sent.map(({ headers }) => headers.get('client-request-id'));
  expect(new Set(ids).size).toBe(2);
  expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(counter.counts()).toEqual({ graph: 2, identity: 0, sequential: 2 });
});

test('upsert: 201 gives the application, 204 gives null', async () => {
  const { directory, sent } = fakeGraph([json(201, { id: 'o', appId: 'a' }), new Response(null, { status: 204 })]);
  expect(await directory.upsertApplication("it's", { displayName: 'X' })).toEqual({ id: 'o', appId: 'a' });
  expect(await directory.upsertApplication("it's", { displayName: 'X' })).toBeNull();
  expect(sent[0]).toMatchObject({ method: 'PATCH', address: `${base}/applications(uniqueName='it''s')`, body: { displayName: 'X' } });
  expect(sent[0]?.headers.get('prefer')).toBe('create-if-missing');
});

test('the other writes', async () => {
  const { directory, sent } = fakeGraph([
    none,
    none,
    none,
    json(201, { id: 'g' }),
    none,
    json(201, { id: 'd' }),
    none,
    json(200, { id: 'x' }),
  ]);
  await directory.updateApplication('o', { web: { redirectUris: ['https://a/'] } });
  await directory.deleteApplication('o');
  await directory.updateServicePrincipal('s', { accountEnabled: true });
  await directory.assignAppRole({ appRoleId: 'r', principalId: 's', resourceId: 'graph' });
  await directory.removeAppRole('graph', 'g');
  await directory.createDelegatedGrant({ clientId: 's', resourceId: 'graph', consentType: 'AllPrincipals', scope: 'openid' });
  await directory.updateDelegatedGrant('d', 'openid profile');
  await directory.restoreDeletedItem('o');
  expect(sent.map(({ method, address, body }) => [method, address.slice(base.length), body])).toEqual([
    ['PATCH', '/applications/o', { web: { redirectUris: ['https://a/'] } }],
    ['DELETE', '/applications/o', undefined],
    ['PATCH', '/servicePrincipals/s', { accountEnabled: true }],
    ['POST', '/servicePrincipals/graph/appRoleAssignedTo', { appRoleId: 'r', principalId: 's', resourceId: 'graph' }],
    ['DELETE', '/servicePrincipals/graph/appRoleAssignedTo/g', undefined],
    ['POST', '/oauth2PermissionGrants', { clientId: 's', resourceId: 'graph', consentType: 'AllPrincipals', scope: 'openid' }],
    ['PATCH', '/oauth2PermissionGrants/d', { scope: 'openid profile' }],
    ['POST', '/directory/deletedItems/o/restore', undefined],
  ]);
});

test('all pages of a collection', async () => {
  const { directory, sent } = fakeGraph([
    json(200, { value: [1, 2], '@odata.nextLink': `${base}/users?$top=2&$skiptoken=a%3Db` }),
    json(200, { value: [3] }),
  ]);
  expect(await directory.readAll('/users?$top=2')).toEqual([1, 2, 3]);
  expect(sent[1]?.address).toBe(`${base}/users?$top=2&$skiptoken=a%3Db`);
});

test('a next link to another host gets no request and no token', async () => {
  const { directory, sent } = fakeGraph([json(200, { value: [1], '@odata.nextLink': 'https://graph.example.net/v1.0/users' })]);
  await expect(directory.readAll('/users')).rejects.toMatchObject({ code: 'service.host-refused' });
  expect(sent).toHaveLength(1);
});

test('a claims challenge is answered once, also for a write', async () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
  const challenge = () => {
    const response = graphError(401, 'InvalidAuthenticationToken', 'Continuous access evaluation resulted in challenge');
    response.headers.set(
      'www-authenticate',
      `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
    );
    return response;
  };
  const healed = fakeGraph([challenge, json(201, { id: 'sp' })]);
  expect(await healed.directory.createServicePrincipal('a')).toEqual({ id: 'sp' });
  expect(healed.asked).toEqual([undefined, claims]);
  expect(healed.sent[1]?.headers.get('authorization')).toBe('Bearer token-2');
  const stubborn = fakeGraph([challenge, challenge, json(201, {})]);
  await expect(stubborn.directory.createServicePrincipal('a')).rejects.toMatchObject({ kind: 'unauthenticated' });
  expect(stubborn.sent).toHaveLength(2);
});

test('a page of a proxy is not taken for an answer', async () => {
  await expect(fakeGraph([page]).directory.read('/organization')).rejects.toMatchObject({ kind: 'not-graph' });
  await expect(
    fakeGraph([() => new Response(null, { status: 307, headers: { location: 'https://proxy.example/' } })]).directory.read('/organization'),
  ).rejects.toMatchObject({ kind: 'not-graph' });
});
