import { expect, test } from 'vitest';
import { codes, graphAppId, practice } from './world.ts';

test('an error has code, message and innerError with the ids of the request', () => {
  const { call, administrator } = practice();
  const { status, body, headers } = call(administrator, 'GET', '/applications/00000000-0000-0000-0000-00000000dead', {
    headers: { 'client-request-id': 'mine' },
  });
  expect(status).toBe(404);
  const requestId: unknown = headers?.['request-id'];
  expect(body).toEqual({
    error: {
      code: 'Request_ResourceNotFound',
      message:
        "Resource '00000000-0000-0000-0000-00000000dead' does not exist or one of its queried reference-property objects are not present.",
      innerError: { date: '2026-11-24T10:00:00', 'request-id': requestId, 'client-request-id': 'mine' },
    },
  });
});

test.each([
  ['/groups', 'groups'],
  ['/applications/00000000-0000-0000-0000-000000000001/owners', 'owners'],
  ['/policies/authorizationPolicy', 'authorizationPolicy'],
  ['/directory/audit', 'audit'],
])('unknown path %s names the segment', (url, segment) => {
  const answer = practice().get(url);
  expect(codes(answer)).toEqual([400, 'BadRequest']);
  expect(answer.body['error']?.['message']).toBe(`Resource not found for the segment '${segment}'.`);
});

test('a method that the path does not have is 405', () => {
  expect(codes(practice().send('PUT', '/applications', {}))).toEqual([405, 'Request_BadRequest']);
  expect(codes(practice().send('DELETE', '/organization', undefined))).toEqual([405, 'Request_BadRequest']);
});

test.each([
  ['/users?$count=true', 'Request_UnsupportedQuery'],
  ["/users?$filter=displayName eq 'a'", 'Request_UnsupportedQuery'],
  ['/applications?$expand=owners', 'Request_UnsupportedQuery'],
  ['/applications?$nonsense=1', 'BadRequest'],
  ['/applications?select=id', 'BadRequest'],
  ['/applications?$top=1&$top=2', 'BadRequest'],
  ['/policies/defaultAppManagementPolicy?$select=id', 'Request_UnsupportedQuery'],
])('query option of %s is refused', (url, code) => {
  expect(codes(practice().get(url))).toEqual([400, code]);
});

test('a token for another resource is refused', () => {
  const { call, administrator } = practice();
  expect(codes(call({ ...administrator, audience: 'https://outlook.office365.com' }, 'GET', '/organization'))).toEqual([
    401,
    'InvalidAuthenticationToken',
  ]);
  expect(call({ ...administrator, audience: graphAppId }, 'GET', '/organization').status).toBe(200);
});

test.each([[undefined], ['text'], [[]]])('a body of %j is refused', (body) => {
  expect(codes(practice().send('POST', '/applications', body))).toEqual([400, 'BadRequest']);
});

test('an object id is a GUID, and only documented keys address an object', () => {
  const { get } = practice();
  expect(codes(get('/applications/nonsense'))).toEqual([400, 'Request_BadRequest']);
  expect(codes(get("/applications(displayName='x')"))).toEqual([400, 'BadRequest']);
  expect(codes(get("/servicePrincipals(uniqueName='x')"))).toEqual([400, 'BadRequest']);
  expect(codes(get("/applications(appId='x"))).toEqual([400, 'BadRequest']);
});
