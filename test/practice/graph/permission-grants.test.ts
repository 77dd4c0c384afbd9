import { expect, test } from 'vitest';
import { codes, graphAppId, lacking, practice, registered, text } from './world.ts';

function prepared() {
  const here = practice();
  const { principalId: clientId } = registered(here);
  const resourceId = here.principalOf(graphAppId);
  const body = { clientId, resourceId, consentType: 'AllPrincipals', scope: 'openid profile' };
  return {
    ...here,
    clientId,
    resourceId,
    body,
    grant: (changes: object = {}) => here.send('POST', '/oauth2PermissionGrants', { ...body, ...changes }),
  };
}

test('a grant is created, listed by client, changed, read and removed', () => {
  const { grant, body, clientId, get, send } = prepared();
  const { status, body: made } = grant();
  expect([status, made]).toEqual([201, expect.objectContaining({ ...body, principalId: null })]);
  const url = `/oauth2PermissionGrants/${text(made, 'id')}`;
  expect(send('PATCH', url, { scope: 'openid profile email User.Read' }).status).toBe(204);
  expect(get(`/oauth2PermissionGrants?$filter=clientId eq '${clientId}'&$select=scope`).body['value']).toEqual([
    { scope: 'openid profile email User.Read' },
  ]);
  expect(get(url).body['scope']).toBe('openid profile email User.Read');
  expect(send('DELETE', url, undefined).status).toBe(204);
  expect(codes(get(url))).toEqual([404, 'Request_ResourceNotFound']);
});

test('one grant for all persons and one per person; a second is a conflict', () => {
  const { grant, person } = prepared();
  expect(grant().status).toBe(201);
  expect(codes(grant({ scope: 'email' }))).toEqual([409, 'Request_MultipleObjectsWithSameKeyValue']);
  expect(grant({ consentType: 'Principal', principalId: person.user }).status).toBe(201);
  expect(grant({ consentType: 'Principal', principalId: person.user }).status).toBe(409);
});

test.each<[string, object, readonly unknown[]]>([
  ['an unknown consent type', { consentType: 'Everybody' }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['a person with AllPrincipals', { principalId: '99999999-9999-4999-8999-999999999999' }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['no person with Principal', { consentType: 'Principal' }, [400, 'Request_BadRequest', 'InvalidValue']],
  [
    'an unknown person',
    { consentType: 'Principal', principalId: '99999999-9999-4999-8999-999999999999' },
    [404, 'Request_ResourceNotFound'],
  ],
  ['an unknown client', { clientId: '99999999-9999-4999-8999-999999999999' }, [404, 'Request_ResourceNotFound']],
  ['an unknown resource', { resourceId: '99999999-9999-4999-8999-999999999999' }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['no scope', { scope: undefined }, [400, 'Request_BadRequest', 'MissingValue']],
  ['an unknown property', { startTime: '2026-11-24T10:00:00Z' }, [400, 'Request_BadRequest']],
])('%s is refused', (_, changes, expected) => {
  expect(codes(prepared().grant(changes))).toEqual(expected);
});

test('only the scope can change', () => {
  const { grant, send } = prepared();
  const url = `/oauth2PermissionGrants/${text(grant().body, 'id')}`;
  expect(codes(send('PATCH', url, { consentType: 'Principal' }))).toEqual([400, 'Request_BadRequest', 'ReadOnly']);
  expect(codes(send('PATCH', url, { scope: null }))).toEqual([400, 'Request_BadRequest', 'InvalidValue']);
});

test('a filter on a client that does not exist is 404, not an empty list', () => {
  const { get } = prepared();
  expect(codes(get("/oauth2PermissionGrants?$filter=clientId eq '99999999-9999-4999-8999-999999999999'"))).toEqual([
    404,
    'Request_ResourceNotFound',
  ]);
});

test('only administrators consent for the organization', () => {
  const { call, delegated, person, body, tenant } = prepared();
  const post = (roles: Parameters<typeof delegated>[1]) =>
    call(delegated(person.user, roles), 'POST', '/oauth2PermissionGrants', { body }).status;
  expect([post([]), post(['globalReader']), post(['cloudApplicationAdministrator'])]).toEqual([403, 403, 201]);
  const url = `/oauth2PermissionGrants/${tenant.oauth2PermissionGrants[0]?.id}`;
  const member = delegated(person.user, []);
  expect([call(member, 'PATCH', url, { body: { scope: 'Mail.Read' } }).status, call(member, 'DELETE', url).status]).toEqual([403, 403]);
  expect(tenant.oauth2PermissionGrants[0]?.scope).toBe('openid profile');
});

/** Microsoft Graph, "oAuth2PermissionGrant resource type": what supports $filter. */
test('grants are filtered by every property that Graph names, one or several', () => {
  const { grant, person, clientId, resourceId, get } = prepared();
  for (const principalId of [person.user, person.admin]) grant({ consentType: 'Principal', principalId, scope: principalId });
  grant({ scope: 'all' });
  const scopes = (filter: string) => get(`/oauth2PermissionGrants?$filter=${filter}&$select=scope`).body['value'];
  expect(scopes("consentType eq 'AllPrincipals'")).toEqual([{ scope: 'all' }]);
  expect(scopes(`principalId eq '${person.admin.toUpperCase()}'`)).toEqual([{ scope: person.admin }]);
  expect(scopes(`resourceId eq '${resourceId}' and consentType eq 'Principal'`)).toEqual([{ scope: person.user }, { scope: person.admin }]);
  expect(scopes(`clientId eq '${clientId}' and principalId eq '${person.user}'`)).toEqual([{ scope: person.user }]);
  expect(scopes(`resourceId eq '${clientId}'`)).toEqual([]);
  expect(codes(get("/oauth2PermissionGrants?$filter=scope eq 'all'"))).toEqual(lacking);
});
