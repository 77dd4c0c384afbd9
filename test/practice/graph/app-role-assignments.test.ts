import { expect, test } from 'vitest';
import { codes, directoryRead, exchangeAppId, fullAccess, graphAppId, practice, registered, text } from './world.ts';

function prepared() {
  const here = practice();
  const { principalId } = registered(here);
  const [graph, exchange] = [here.principalOf(graphAppId), here.principalOf(exchangeAppId)];
  return {
    ...here,
    principalId,
    graph,
    exchange,
    grant: (resourceId: string, appRoleId: string, bearer = here.administrator, changes: object = {}) =>
      here.call(bearer, 'POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, {
        body: { principalId, resourceId, appRoleId, ...changes },
      }),
  };
}

test('a role is granted once; both sides list it; a repeat is 400', () => {
  const { grant, exchange, principalId, get } = prepared();
  const { status, body } = grant(exchange, fullAccess);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    principalId,
    resourceId: exchange,
    appRoleId: fullAccess,
    principalType: 'ServicePrincipal',
    principalDisplayName: 'Mail archive',
    resourceDisplayName: 'Office 365 Exchange Online',
  });
  const shown = { id: body['id'], appRoleId: fullAccess };
  expect(get(`/servicePrincipals/${principalId}/appRoleAssignments?$select=id,appRoleId`).body['value']).toEqual([shown]);
  expect(get(`/servicePrincipals(appId='${exchangeAppId}')/appRoleAssignedTo?$select=id,appRoleId`).body['value']).toEqual([shown]);
  const repeat = grant(exchange, fullAccess);
  expect([codes(repeat), repeat.body['error']?.['message']]).toEqual([
    [400, 'Request_BadRequest'],
    'Permission being assigned already exists on the object',
  ]);
});

test('roles of the same id on two resources are two roles', () => {
  const { grant, exchange, graph, principalId, get } = prepared();
  const mailRead = '810c84a8-4a9e-49e6-bf7d-12d183f40d01';
  expect([grant(exchange, mailRead).status, grant(graph, mailRead).status]).toEqual([201, 201]);
  expect(get(`/servicePrincipals/${principalId}/appRoleAssignments?$select=resourceId`).body['value']).toEqual([
    { resourceId: exchange },
    { resourceId: graph },
  ]);
});

test('wrong ids are refused each in its own way', () => {
  const { grant, exchange, graph } = prepared();
  const nobody = '99999999-9999-4999-8999-999999999999';
  const message = (answer: ReturnType<typeof grant>) => [answer.status, answer.body['error']?.['message']];
  expect(message(grant(exchange, directoryRead))).toEqual([
    400,
    `Permission being assigned was not found on application '${exchangeAppId}'.`,
  ]);
  expect(message(grant(exchange, fullAccess, undefined, { resourceId: graph }))).toEqual([400, 'Not a valid reference update.']);
  expect(codes(grant(exchange, fullAccess, undefined, { principalId: nobody }))).toEqual([404, 'Request_ResourceNotFound']);
  expect(codes(grant(nobody, fullAccess))).toEqual([404, 'Request_ResourceNotFound']);
  expect(codes(grant(exchange, 'full_access_as_app'))).toEqual([400, 'Request_BadRequest', 'InvalidValue']);
  expect(codes(grant(exchange, fullAccess, undefined, { principalType: 'ServicePrincipal' }))).toEqual([400, 'Request_BadRequest']);
});

test('who may grant: Graph roles need Privileged Role Administrator, Exchange roles an application administrator', () => {
  const { grant, exchange, graph, delegated, person } = prepared();
  const as = (role: Parameters<typeof delegated>[1][number]) => delegated(person.admin, [role]);
  expect(grant(graph, directoryRead, as('cloudApplicationAdministrator')).status).toBe(403);
  expect(grant(graph, directoryRead, as('applicationAdministrator')).status).toBe(403);
  expect(grant(graph, directoryRead, as('privilegedRoleAdministrator')).status).toBe(201);
  expect(grant(exchange, fullAccess, delegated(person.user, [])).status).toBe(403);
  expect(grant(exchange, fullAccess, as('applicationDeveloper')).status).toBe(403);
  expect(grant(exchange, fullAccess, as('cloudApplicationAdministrator')).status).toBe(201);
  const denied = grant(graph, directoryRead, delegated(person.user, []));
  expect([codes(denied), denied.body['error']?.['message']]).toEqual([
    [403, 'Authorization_RequestDenied'],
    'Insufficient privileges to complete the operation.',
  ]);
});

test('granting needs AppRoleAssignment.ReadWrite.All and a read permission', () => {
  const { grant, exchange, administrator, application } = prepared();
  expect(grant(exchange, fullAccess, { ...administrator, scopes: ['AppRoleAssignment.ReadWrite.All'] }).status).toBe(403);
  expect(grant(exchange, fullAccess, { ...administrator, scopes: ['Application.ReadWrite.All'] }).status).toBe(403);
  expect(grant(exchange, fullAccess, application(['AppRoleAssignment.ReadWrite.All'])).status).toBe(403);
  expect(grant(exchange, fullAccess, application(['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'])).status).toBe(201);
});

test('removing needs the right of granting, and an assignment of that resource', () => {
  const { grant, graph, exchange, send, call, delegated, person, tenant } = prepared();
  const id = text(grant(graph, directoryRead).body, 'id');
  const url = (resource: string) => `/servicePrincipals/${resource}/appRoleAssignedTo/${id}`;
  expect(codes(send('DELETE', url(exchange), undefined))).toEqual([404, 'Request_ResourceNotFound']);
  expect(call(delegated(person.admin, ['cloudApplicationAdministrator']), 'DELETE', url(graph)).status).toBe(403);
  expect(send('DELETE', url(graph), undefined).status).toBe(204);
  expect(tenant.appRoleAssignments).toEqual([]);
});

test('a role that the resource has disabled, or declares for users only, is not found', () => {
  const { grant, exchange, tenant } = prepared();
  const role = tenant.servicePrincipals.find(({ id }) => id === exchange)?.appRoles?.find(({ id }) => id === fullAccess);
  Object.assign(role ?? {}, { isEnabled: false });
  expect(grant(exchange, fullAccess).status).toBe(400);
  Object.assign(role ?? {}, { isEnabled: true, allowedMemberTypes: ['User'] });
  expect(grant(exchange, fullAccess).status).toBe(400);
  Object.assign(role ?? {}, { allowedMemberTypes: ['Application'] });
  expect(grant(exchange, fullAccess).status).toBe(201);
});

test('a resource with roles does not take the default role; a resource without roles does', () => {
  const here = prepared();
  const none = '00000000-0000-0000-0000-000000000000';
  expect(here.grant(here.graph, none).status).toBe(400);
  const other = registered(here, 'API');
  expect(here.grant(other.principalId, none).status).toBe(201);
});

/** Microsoft Graph, "Grant an appRoleAssignment to a service principal". */
test('the same is addressed at the client, with the same rights and refusals', () => {
  const here = prepared();
  const { principalId, exchange, graph, delegated, person, call, get, grant } = here;
  const assign = (resourceId: string, appRoleId: string, bearer = here.administrator, changes: object = {}) =>
    call(bearer, 'POST', `/servicePrincipals/${principalId}/appRoleAssignments`, {
      body: { principalId, resourceId, appRoleId, ...changes },
    });
  const made = assign(exchange, fullAccess);
  expect([made.status, made.body['@odata.context']]).toEqual([
    201,
    `https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('${principalId}')/appRoleAssignments/$entity`,
  ]);
  expect(get(`/servicePrincipals/${exchange}/appRoleAssignedTo?$select=id`).body['value']).toEqual([{ id: made.body['id'] }]);
  expect(codes(grant(exchange, fullAccess))).toEqual([400, 'Request_BadRequest']);
  expect(codes(assign(exchange, fullAccess, undefined, { principalId: graph }))).toEqual([400, 'Request_BadRequest']);
  expect(codes(assign('99999999-9999-4999-8999-999999999999', fullAccess))).toEqual([404, 'Request_ResourceNotFound']);
  const cloud = delegated(person.admin, ['cloudApplicationAdministrator']);
  expect(codes(assign(graph, directoryRead, cloud))).toEqual([403, 'Authorization_RequestDenied']);
  const removal = (id: string, bearer = here.administrator) =>
    call(bearer, 'DELETE', `/servicePrincipals/${principalId}/appRoleAssignments/${id}`);
  const read = text(assign(graph, directoryRead).body, 'id');
  expect(codes(removal(read, cloud))).toEqual([403, 'Authorization_RequestDenied']);
  expect([removal(text(made.body, 'id'), cloud).status, removal(read).status]).toEqual([204, 204]);
  expect(codes(removal(read))).toEqual([404, 'Request_ResourceNotFound']);
  expect(get(`/servicePrincipals/${principalId}/appRoleAssignments`).body['value']).toEqual([]);
});

test('an assignment of another client is not removed through this one', () => {
  const here = prepared();
  const { principalId } = registered(here, 'Another');
  const made = here.grant(here.exchange, fullAccess);
  const path = `/servicePrincipals/${principalId}/appRoleAssignments/${text(made.body, 'id')}`;
  expect(codes(here.call(here.administrator, 'DELETE', path))).toEqual([404, 'Request_ResourceNotFound']);
});
