import { describe, expect, test } from 'vitest';
import { permissions, requirePermission, type PermissionName } from '../../../main/practice/graph/permissions.ts';
import { routes } from '../../../main/practice/graph/routes.ts';
import { codes, practice, registered, text } from './world.ts';

const guid = '99999999-9999-4999-8999-999999999999';
const open = new Set<PermissionName>(['mailFolder.get', 'batch']);

describe.each(routes.filter(({ permission }) => !open.has(permission)).map((route) => [`${route.method} /${route.path}`, route] as const))(
  '%s',
  (_, { version, method, path, permission }) => {
    const url = `${version === 'beta' ? '/beta' : ''}/${path.replaceAll(/\{\w+\}/g, guid)}`;
    const denied = [403, 'Authorization_RequestDenied'];

    test('is denied to a person with every role but without the scope', () => {
      const { call, delegated, person } = practice();
      expect(codes(call(delegated(person.admin, ['globalAdministrator'], ['openid', 'profile']), method, url, { body: {} }))).toEqual(
        denied,
      );
    });

    test('is denied to an application without the role', () => {
      const { call, application } = practice();
      // An application has no `/me` whatever it may do: Graph says that instead.
      expect(codes(call(application(['Sites.Read.All']), method, url, { body: {} }))).toEqual(
        permission === 'me.get' ? [400, 'BadRequest'] : denied,
      );
    });

    test('each combination of the table suffices, and none does with one permission less', () => {
      const { administrator, application, tenant } = practice();
      const { delegated: scopes, application: roles } = permissions[permission];
      for (const combination of scopes) {
        expect(() => requirePermission(permission, { ...administrator, scopes: combination }, tenant)).not.toThrow();
        if (combination.length > 0)
          expect(() => requirePermission(permission, { ...administrator, scopes: combination.slice(1) }, tenant)).toThrow(
            'Insufficient privileges',
          );
      }
      for (const combination of roles) {
        expect(() => requirePermission(permission, application(combination), tenant)).not.toThrow();
        if (combination.length > 0)
          expect(() => requirePermission(permission, application(combination.slice(1)), tenant)).toThrow('Insufficient privileges');
      }
    });
  },
);

describe('persons', () => {
  test('a member creates applications and changes own ones, not those of others', () => {
    const here = practice();
    const { call, delegated, person } = here;
    const member = delegated(person.user, []);
    const own = call(member, 'POST', '/applications', { body: { displayName: 'Own' } });
    expect(own.status).toBe(201);
    const { id: foreign, principalId } = registered(here);
    expect(codes(call(member, 'PATCH', `/servicePrincipals/${principalId}`, { body: { notes: 'x' } }))).toEqual([
      403,
      'Authorization_RequestDenied',
    ]);
    expect(codes(call(member, 'DELETE', `/servicePrincipals/${principalId}`))).toEqual([403, 'Authorization_RequestDenied']);
    expect(call(member, 'PATCH', `/applications/${text(own.body, 'id')}`, { body: { notes: 'x' } }).status).toBe(204);
    expect(codes(call(member, 'PATCH', `/applications/${foreign}`, { body: { notes: 'x' } }))).toEqual([
      403,
      'Authorization_RequestDenied',
    ]);
    expect(codes(call(member, 'DELETE', `/applications/${foreign}`))).toEqual([403, 'Authorization_RequestDenied']);
    expect(call(member, 'POST', '/servicePrincipals', { body: { appId: own.body['appId'] } }).status).toBe(201);
    expect(call(member, 'DELETE', `/applications/${text(own.body, 'id')}`).status).toBe(204);
  });

  test('a member makes no service principal for an application of somebody else', () => {
    const { call, send, delegated, person } = practice();
    const { appId } = send('POST', '/applications', { displayName: 'Foreign' }).body;
    expect(codes(call(delegated(person.user, []), 'POST', '/servicePrincipals', { body: { appId } }))).toEqual([
      403,
      'Authorization_RequestDenied',
    ]);
  });

  test('a guest reads and creates nothing; a guest with a role does', () => {
    const { call, delegated, person } = practice();
    const create = (roles: Parameters<typeof delegated>[1]) =>
      call(delegated(person.guest, roles), 'POST', '/applications', { body: { displayName: 'x' } }).status;
    expect([create([]), create(['globalAdministrator'])]).toEqual([403, 201]);
    expect(call(delegated(person.guest, []), 'GET', '/applications').status).toBe(200);
  });

  test('a partner without user object acts by its roles only and owns nothing', () => {
    const { call, delegated, person, tenant } = practice();
    expect(call(delegated(person.partner, []), 'GET', '/applications').status).toBe(403);
    expect(call(delegated(person.partner, []), 'POST', '/applications', { body: { displayName: 'x' } }).status).toBe(403);
    expect(
      call(delegated(person.partner, ['cloudApplicationAdministrator']), 'POST', '/applications', { body: { displayName: 'x' } }).status,
    ).toBe(201);
    expect(tenant.applications[0]?.owners).toBeUndefined();
  });

  test('Privileged Role Administrator changes own applications only', () => {
    const here = practice();
    const { id } = registered(here);
    const { call, delegated, person } = here;
    expect(
      call(delegated(person.user, ['privilegedRoleAdministrator']), 'PATCH', `/applications/${id}`, { body: { notes: 'x' } }).status,
    ).toBe(403);
    expect(
      call(delegated(person.user, ['cloudApplicationAdministrator']), 'PATCH', `/applications/${id}`, { body: { notes: 'x' } }).status,
    ).toBe(204);
  });
});

describe('applications', () => {
  test('OwnedBy reaches what it made, ReadWrite.All everything', () => {
    const here = practice();
    const { id: foreign, principalId } = registered(here);
    const { call, application } = here;
    const owner = application(['Application.ReadWrite.OwnedBy']);
    const own = call(owner, 'POST', '/applications', { body: { displayName: 'Own' } });
    expect(call(owner, 'PATCH', `/applications/${text(own.body, 'id')}`, { body: { notes: 'x' } }).status).toBe(204);
    expect(call(owner, 'POST', '/servicePrincipals', { body: { appId: own.body['appId'] } }).status).toBe(201);
    expect(call(owner, 'PATCH', `/applications/${foreign}`, { body: { notes: 'x' } }).status).toBe(403);
    expect(call(owner, 'PATCH', `/servicePrincipals/${principalId}`, { body: { notes: 'x' } }).status).toBe(403);
    expect(call(application(['Application.ReadWrite.All']), 'PATCH', `/applications/${foreign}`, { body: { notes: 'x' } }).status).toBe(
      204,
    );
  });

  test('an upsert that creates needs the right to create', () => {
    const { call, delegated, person } = practice();
    const guest = call(delegated(person.guest, []), 'PATCH', "/applications(uniqueName='x')", {
      body: { displayName: 'x' },
      headers: { prefer: 'create-if-missing' },
    });
    expect(codes(guest)).toEqual([403, 'Authorization_RequestDenied']);
  });
});
