import { expect, test } from 'vitest';
import { codes, exchangeAppId, fullAccess, practice, registered } from './world.ts';

const applications = '/directory/deletedItems/microsoft.graph.application';
const principals = '/directory/deletedItems/microsoft.graph.servicePrincipal';

function deleted() {
  const here = practice();
  const ids = registered(here);
  const exchange = here.principalOf(exchangeAppId);
  here.send('POST', `/servicePrincipals/${exchange}/appRoleAssignedTo`, {
    principalId: ids.principalId,
    resourceId: exchange,
    appRoleId: fullAccess,
  });
  expect(here.send('DELETE', `/applications/${ids.id}`, undefined)).toMatchObject({ status: 204, body: {} });
  return { ...here, ...ids, exchange };
}

test('delete takes the application and its service principal out of sight, with its grants', () => {
  const { get, id, principalId, exchange } = deleted();
  expect([get(`/applications/${id}`).status, get(`/servicePrincipals/${principalId}`).status]).toEqual([404, 404]);
  expect(get(`/servicePrincipals/${exchange}/appRoleAssignedTo`).body['value']).toEqual([]);
});

test('deleted items are listed by type and filter', () => {
  const { get, id, appId, principalId } = deleted();
  expect(get(`${applications}?$filter=displayName eq 'Mail archive'&$select=id,deletedDateTime`).body['value']).toEqual([
    { id, deletedDateTime: '2026-11-24T10:00:00Z' },
  ]);
  expect(get(`${principals}?$filter=appId eq '${appId}'&$select=id`).body['value']).toEqual([{ id: principalId }]);
  expect(get(`${applications}?$filter=appId eq '${exchangeAppId}'`).body['value']).toEqual([]);
});

test('restoring the application leaves its service principal deleted; that comes back by itself, with its grants', () => {
  const { get, send, id, principalId } = deleted();
  expect(codes(send('POST', `/directory/deletedItems/${principalId}/restore`, undefined))).toEqual([
    400,
    'Request_BadRequest',
    'NoBackingApplicationObject',
  ]);
  expect(send('POST', `/directory/deletedItems/${id}/restore`, undefined)).toMatchObject({
    status: 200,
    body: { '@odata.type': '#microsoft.graph.application', id, deletedDateTime: null },
  });
  expect([get(`/applications/${id}`).status, get(`/servicePrincipals/${principalId}`).status]).toEqual([200, 404]);
  expect(send('POST', `/directory/deletedItems/${principalId}/restore`, undefined)).toMatchObject({
    status: 200,
    body: { '@odata.type': '#microsoft.graph.servicePrincipal' },
  });
  expect(get(`/servicePrincipals/${principalId}/appRoleAssignments?$select=appRoleId`).body['value']).toEqual([{ appRoleId: fullAccess }]);
  expect(codes(send('POST', `/directory/deletedItems/${id}/restore`, undefined))).toEqual([404, 'Request_ResourceNotFound']);
});

test('a service principal whose place is taken cannot be restored', () => {
  const { send, id, appId, principalId } = deleted();
  send('POST', `/directory/deletedItems/${id}/restore`, undefined);
  send('POST', '/servicePrincipals', { appId });
  expect(codes(send('POST', `/directory/deletedItems/${principalId}/restore`, undefined))).toEqual([
    409,
    'Request_MultipleObjectsWithSameKeyValue',
  ]);
});

test('purge is for good: application, service principal, grants', () => {
  const { send, get, id, tenant } = deleted();
  expect(send('DELETE', `/directory/deletedItems/${id}`, undefined).status).toBe(204);
  expect([get(applications).body['value'], get(principals).body['value'], tenant.appRoleAssignments]).toEqual([[], [], []]);
});

test('after 30 days nothing can be restored', () => {
  const { advance, get, send, id } = deleted();
  advance(30 * 86_400_000 - 1000);
  expect(get(applications).body['value']).toHaveLength(1);
  advance(1000);
  expect(get(applications).body['value']).toEqual([]);
  expect(send('POST', `/directory/deletedItems/${id}/restore`, undefined).status).toBe(404);
});

test('only application administrators see, restore and purge; an application with OwnedBy only its own', () => {
  const { call, delegated, application, person, id } = deleted();
  const restore = `/directory/deletedItems/${id}/restore`;
  expect(codes(call(delegated(person.user, []), 'GET', applications))).toEqual([403, 'Authorization_RequestDenied']);
  expect(call(delegated(person.user, ['privilegedRoleAdministrator']), 'POST', restore).status).toBe(403);
  expect(call(delegated(person.user, []), 'DELETE', `/directory/deletedItems/${id}`).status).toBe(403);
  expect(call(application(['Application.ReadWrite.OwnedBy']), 'POST', restore).status).toBe(403);
  expect(call(delegated(person.user, ['cloudApplicationAdministrator']), 'POST', restore).status).toBe(200);
});
