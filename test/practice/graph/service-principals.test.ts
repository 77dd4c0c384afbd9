import { expect, test } from 'vitest';
import { codes, exchangeAppId, fullAccess, lacking, practice, registered, text } from './world.ts';

test('a service principal stands for its application', () => {
  const here = practice();
  const { principalId, appId } = registered(here);
  expect(here.get(`/servicePrincipals(appId='${appId.toUpperCase()}')`).body).toMatchObject({
    id: principalId,
    appId,
    displayName: 'Mail archive',
    appOwnerOrganizationId: here.tenant.id,
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    servicePrincipalType: 'Application',
    servicePrincipalNames: [appId],
    appRoles: [],
    tags: [],
  });
});

test('without an application there is none, and a second one is a conflict', () => {
  const here = practice();
  const { appId } = registered(here);
  const answer = here.send('POST', '/servicePrincipals', { appId: '99999999-9999-4999-8999-999999999999' });
  expect(codes(answer)).toEqual([400, 'Request_BadRequest', 'NoBackingApplicationObject']);
  expect(answer.body['error']?.['message']).toContain('does not reference a valid application object');
  expect(codes(here.send('POST', '/servicePrincipals', { appId }))).toEqual([409, 'Request_MultipleObjectsWithSameKeyValue']);
});

test.each<[string, object]>([
  ['no appId', {}],
  ['an unknown property', { appId: exchangeAppId, colour: 'red' }],
  ['a read-only property', { appId: exchangeAppId, signInAudience: 'x' }],
])('%s is refused', (_, body) => {
  expect(codes(practice().send('POST', '/servicePrincipals', body)).slice(0, 2)).toEqual([400, 'Request_BadRequest']);
});

test('Exchange Online missing in the tenant is 404, and comes with its roles when it is asked for by an administrator', () => {
  const { tenant, get, send, call, delegated, person } = practice();
  tenant.servicePrincipals = tenant.servicePrincipals.filter(({ appId }) => appId !== exchangeAppId);
  expect(codes(get(`/servicePrincipals(appId='${exchangeAppId}')`))).toEqual([404, 'Request_ResourceNotFound']);
  const denied = call(delegated(person.user, []), 'POST', '/servicePrincipals', { body: { appId: exchangeAppId } });
  expect([codes(denied), denied.body['error']?.['message']]).toEqual([
    [403, 'Authorization_RequestDenied'],
    expect.stringContaining('must in the local tenant'),
  ]);
  expect(send('POST', '/servicePrincipals', { appId: exchangeAppId }).status).toBe(201);
  expect(JSON.stringify(get(`/servicePrincipals(appId='${exchangeAppId}')?$select=appRoles`).body)).toContain(fullAccess);
});

test('upsert by appId: 201, then 204, 404 without the header', () => {
  const { send, get } = practice();
  const appId = text(send('POST', '/applications', { displayName: 'Mail archive' }).body, 'appId');
  const url = `/servicePrincipals(appId='${appId}')`;
  const header = { prefer: 'create-if-missing' };
  expect(send('PATCH', url, { tags: ['a'] }).status).toBe(404);
  expect(send('PATCH', url, { tags: ['a'] }, header).status).toBe(201);
  expect(send('PATCH', url, { tags: ['b'] }, header).status).toBe(204);
  expect(get(url).body['tags']).toEqual(['b']);
});

test('update changes what is writable, refuses what is not', () => {
  const here = practice();
  const { principalId } = registered(here);
  const url = `/servicePrincipals/${principalId}`;
  expect(here.send('PATCH', url, { accountEnabled: false, tags: ['WindowsAzureActiveDirectoryIntegratedApp'] }).status).toBe(204);
  expect(here.get(url).body).toMatchObject({
    accountEnabled: false,
    tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
    displayName: 'Mail archive',
  });
  expect(codes(here.send('PATCH', url, { servicePrincipalType: 'Legacy' }))).toEqual([400, 'Request_BadRequest', 'ReadOnly']);
  for (const name of ['appRoles', 'samlSingleSignOnSettings']) expect(codes(here.send('PATCH', url, { [name]: [] }))).toEqual(lacking);
  expect(codes(here.send('PATCH', url, { accountEnabled: 'no' }))).toEqual([400, 'Request_BadRequest', 'InvalidValue']);
});

test('a deleted service principal leaves its application, can be listed and restored', () => {
  const here = practice();
  const { id, principalId } = registered(here);
  expect(here.send('DELETE', `/servicePrincipals/${principalId}`, undefined).status).toBe(204);
  expect([here.get(`/servicePrincipals/${principalId}`).status, here.get(`/applications/${id}`).status]).toEqual([404, 200]);
  expect(here.get('/directory/deletedItems/microsoft.graph.servicePrincipal?$select=id').body['value']).toEqual([{ id: principalId }]);
  expect(here.send('POST', `/directory/deletedItems/${principalId}/restore`, undefined).status).toBe(200);
  expect(here.get(`/servicePrincipals/${principalId}`).status).toBe(200);
});

test('credentials on a locked service principal are refused, and not simulated on others', () => {
  const here = practice();
  const { id, principalId } = registered(here);
  expect(here.send('PATCH', `/servicePrincipals/${principalId}`, { keyCredentials: [] }).status).toBe(501);
  here.send('PATCH', `/applications/${id}`, { servicePrincipalLockConfiguration: { isEnabled: true, allProperties: true } });
  expect(codes(here.send('PATCH', `/servicePrincipals/${principalId}`, { keyCredentials: [] }))).toEqual([
    400,
    'CannotUpdateLockedServicePrincipalProperty',
    'CannotUpdateLockedServicePrincipalProperty',
  ]);
});
