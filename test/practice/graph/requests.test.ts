import { expect, test } from 'vitest';
import { codes, graphAppId, lacking, practice } from './world.ts';

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

/** Codes that Microsoft uses, in refusals that a client decides on. */
const microsofts = /Request_|BadRequest|Authorization_|Directory_|ResourceNotFound|NotImplemented|AADSTS/;

test.each([
  ['GET', '/groups'],
  ['GET', '/applications/00000000-0000-0000-0000-000000000001/extensionProperties'],
  ['GET', "/applications(appId='x')/logo"],
  ['GET', '/policies/authorizationPolicy'],
  ['GET', '/beta/applications'],
  ['PUT', '/applications'],
  ['DELETE', '/organization'],
])('%s %s is said to be missing here, in the practice tenant’s own voice', (method, url) => {
  const answer = practice().send(method, url, undefined);
  expect(codes(answer)).toEqual(lacking);
  const path = url.startsWith('/beta/') ? url : `/v1.0${url}`;
  expect(answer.body['error']?.['message']).toBe(`The practice tenant does not have ${method} ${path}.`);
  expect(JSON.stringify(answer)).not.toMatch(microsofts);
});

test.each([
  '/users?$count=true',
  "/users?$filter=displayName eq 'a'",
  '/applications?$expand=owners',
  '/applications?expand=owners',
  '/policies/defaultAppManagementPolicy?$select=id',
])('so is the query option of %s', (url) => {
  const answer = practice().get(url);
  expect(codes(answer)).toEqual(lacking);
  expect(answer.body['error']?.['message']).toMatch(/^The practice tenant does not have the query option \$?\w+ for this request\.$/);
});

test.each(['/applications?$nonsense=1', '/applications?$top=1&$top=2'])('query option of %s is refused', (url) => {
  expect(codes(practice().get(url))).toEqual([400, 'BadRequest']);
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
