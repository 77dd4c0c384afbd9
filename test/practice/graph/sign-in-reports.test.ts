import { expect, test } from 'vitest';
import { codes, lacking, list, type Practice, practice, registered, text } from './world.ts';

const path = '/beta/reports/appCredentialSignInActivities';
const key = (number: number) => `aaaaaaaa-0000-4000-8000-00000000000${number}`;

function used(here: Practice): { readonly id: string; readonly appId: string; readonly principalId: string } {
  const made = registered(here);
  const application = here.tenant.applications.find(({ id }) => id === made.id);
  if (application === undefined) throw new Error('no application');
  application.keyCredentials = [1, 2, 3].map((number) => ({
    keyId: key(number),
    usage: 'Verify',
    type: 'AsymmetricX509Cert',
    startDateTime: '2026-01-01T00:00:00Z',
    endDateTime: '2027-01-01T00:00:00Z',
  }));
  const signIn = { requestId: 'r', resourceId: 'graph' };
  here.tenant.credentialSignIns = {
    [key(1)]: { ...signIn, at: '2026-11-20T08:00:00Z' },
    [key(2)]: { ...signIn, at: '2026-11-24T08:00:00Z' },
  };
  return made;
}

test('tells the last sign-in of each key credential that was ever used, in the documented form', () => {
  const here = practice();
  const { id, appId, principalId } = used(here);
  const { status, body } = here.get(`${path}?$filter=appId eq '${appId.toUpperCase()}'`);
  expect(status).toBe(200);
  expect(body['@odata.context']).toBe('https://graph.microsoft.com/beta/$metadata#reports/appCredentialSignInActivities');
  expect(list(body)).toEqual([
    {
      id: Buffer.from(`${key(1)}|application`).toString('base64'),
      keyId: key(1),
      keyType: 'certificate',
      keyUsage: 'verify',
      appId,
      appObjectId: id,
      servicePrincipalObjectId: principalId,
      resourceId: 'graph',
      credentialOrigin: 'application',
      createdDateTime: '2026-01-01T00:00:00Z',
      expirationDateTime: '2027-01-01T00:00:00Z',
      signInActivity: { lastSignInDateTime: '2026-11-20T08:00:00Z', lastSignInRequestId: 'r' },
    },
    expect.objectContaining({ keyId: key(2) }),
  ]);
  expect(list(here.get(`${path}?$filter=keyId eq '${key(2)}'`).body)).toHaveLength(1);
  expect(list(here.get(`${path}?$filter=appId eq '${key(9)}'`).body)).toEqual([]);
});

test('comes in pages of beta', () => {
  const here = practice();
  used(here);
  const first = here.get(`${path}?$top=1`).body;
  const next = text(first, '@odata.nextLink');
  expect(next).toMatch(/^https:\/\/graph\.microsoft\.com\/beta\/reports\/appCredentialSignInActivities\?\$top=1&\$skiptoken=/);
  const second = here.get(next.replace('https://graph.microsoft.com', '')).body;
  expect([...list(first), ...list(second)].map((row) => row['keyId'])).toEqual([key(1), key(2)]);
  expect(second['@odata.nextLink']).toBeUndefined();
});

test('is there in beta only, and beta has nothing else', () => {
  const here = practice();
  expect(codes(here.get('/reports/appCredentialSignInActivities'))).toEqual(lacking);
  expect(codes(here.get('/beta/applications'))).toEqual(lacking);
  expect(codes(here.call(here.administrator, 'POST', path, { body: {} }))).toEqual(lacking);
  expect(codes(here.call(here.administrator, 'GET', path, { headers: { 'x-practice-host': 'graph.microsoft.us' } }))).toEqual([
    400,
    'BadRequest',
  ]);
});

test.each([
  ['$orderby=keyId', 501],
  ['$select=keyId,unknown', 400],
  ["$filter=keyUsage eq 'verify'", 501],
  ["$filter=keyId ne 'x'", 501],
  ['$expand=x', 501],
  ['unknown=1', 400],
])('answers %s with %d', (query, status) => {
  const here = practice();
  used(here);
  expect(here.get(`${path}?${query}`).status).toBe(status);
});

test('needs a role that may read such reports', () => {
  const here = practice();
  const { call, delegated, person } = here;
  for (const role of ['reportsReader', 'securityReader', 'securityAdministrator', 'globalAdministrator'] as const)
    expect(call(delegated(person.user, [role]), 'GET', path).status).toBe(200);
  for (const role of ['privilegedRoleAdministrator', 'cloudApplicationAdministrator'] as const)
    expect(codes(call(delegated(person.user, [role]), 'GET', path))).toEqual([403, 'Authorization_RequestDenied']);
});

test('needs a licence', () => {
  const here = practice();
  here.tenant.premium = false;
  expect(codes(here.get(path))).toEqual([403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant']);
});
