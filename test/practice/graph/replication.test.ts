import { expect, test } from 'vitest';
import { certificate, entry } from './certificates.ts';
import { codes, exchangeAppId, fullAccess, practice, registered, text } from './world.ts';

const delay = 20_000;
const created = { prefer: 'create-if-missing' };
const upsertUrl = "/applications(uniqueName='keyring-1')";

test('a new application is unknown to reads, changes and lists until it is replicated', () => {
  const { send, get, advance } = practice({ replication: delay });
  const { body } = send('POST', '/applications', { displayName: 'Mail archive' });
  const url = `/applications/${text(body, 'id')}`;
  const statuses = () => [
    get(url).status,
    get(`/applications(appId='${text(body, 'appId')}')`).status,
    send('PATCH', url, { notes: 'x' }).status,
  ];
  expect(statuses()).toEqual([404, 404, 404]);
  expect(get("/applications?$filter=displayName eq 'Mail archive'").body['value']).toEqual([]);
  advance(delay - 1);
  expect(statuses()).toEqual([404, 404, 404]);
  advance(1);
  expect(statuses()).toEqual([200, 200, 204]);
});

test('a repeated upsert finds the application at once and makes no second one', () => {
  const { send, get, tenant } = practice({ replication: delay });
  expect(send('PATCH', upsertUrl, { displayName: 'Mail archive' }, created).status).toBe(201);
  expect(get(upsertUrl).status).toBe(404);
  expect(send('PATCH', upsertUrl, { displayName: 'Mail archive' }, created).status).toBe(204);
  expect(tenant.applications).toHaveLength(1);
});

test('a service principal waits for its application, and a grant for its principal', () => {
  const { send, advance, principalOf, get } = practice({ replication: delay });
  const { appId } = send('POST', '/applications', { displayName: 'Mail archive' }).body;
  expect(codes(send('POST', '/servicePrincipals', { appId }))).toEqual([400, 'Request_BadRequest', 'NoBackingApplicationObject']);
  advance(delay);
  const principalId = text(send('POST', '/servicePrincipals', { appId }).body, 'id');
  const resourceId = principalOf(exchangeAppId);
  const grant = () =>
    send('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, { principalId, resourceId, appRoleId: fullAccess });
  const delegated = () =>
    send('POST', '/oauth2PermissionGrants', { clientId: principalId, resourceId, consentType: 'AllPrincipals', scope: 'openid' });
  const filtered = () => get(`/oauth2PermissionGrants?$filter=clientId eq '${principalId}'`);
  expect([codes(grant()), codes(delegated()), codes(filtered())]).toEqual(
    Array.from({ length: 3 }, () => [404, 'Request_ResourceNotFound']),
  );
  expect(get(`/servicePrincipals/${principalId}`).status).toBe(404);
  advance(delay);
  expect([grant().status, delegated().status, filtered().status]).toEqual([201, 201, 200]);
});

test('tokens know a new role and a new key after the delay; a key that is gone is forgotten', () => {
  const here = practice();
  const { id, principalId } = registered(here);
  Object.assign(here.world.knobs, { replication: delay });
  const resourceId = here.principalOf(exchangeAppId);
  const assignment = here.send('POST', `/servicePrincipals/${resourceId}/appRoleAssignedTo`, {
    principalId,
    resourceId,
    appRoleId: fullAccess,
  });
  here.send('PATCH', `/applications/${id}`, { keyCredentials: [entry(certificate().key)] });
  const due = here.world.now().getTime() + delay;
  const key = 'key:11111111-1111-4111-8111-111111111111';
  expect(here.world.state.inTokensAt).toEqual({ [text(assignment.body, 'id')]: due, [key]: due });
  here.advance(5000);
  here.send('PATCH', `/applications/${id}`, { keyCredentials: [entry(certificate().key)] });
  expect(here.world.state.inTokensAt[key]).toBe(due);
  here.send('PATCH', `/applications/${id}`, { keyCredentials: [] });
  here.send('DELETE', `/servicePrincipals/${resourceId}/appRoleAssignedTo/${text(assignment.body, 'id')}`, undefined);
  expect(here.world.state.inTokensAt).toEqual({});
});
