import { describe, expect, test } from 'vitest';
import { objectsOfOnePerson } from '../../../main/practice/graph/rules/quota.ts';
import { codes, lacking, list, practice, registered, text } from './world.ts';

function prepared() {
  const here = practice();
  const { id, appId } = registered(here);
  return { ...here, id, appId, url: `/applications/${id}` };
}

/** Microsoft Graph, "application: addPassword", "application: removePassword". */
describe('secrets', () => {
  test('are made by Graph, shown once, kept by PATCH, and removed', () => {
    const { url, send, get } = prepared();
    const made = send('POST', `${url}/addPassword`, { passwordCredential: { displayName: 'Backup' } });
    expect(made).toMatchObject({
      status: 200,
      body: { displayName: 'Backup', startDateTime: '2026-11-24T10:00:00.000Z', endDateTime: '2028-11-23T10:00:00.000Z' },
    });
    const secret = text(made.body, 'secretText');
    expect(secret.length).toBeGreaterThanOrEqual(16);
    expect(made.body['hint']).toBe(secret.slice(0, 3));
    const shown = list(get(url).body, 'passwordCredentials');
    expect(shown).toEqual([expect.objectContaining({ displayName: 'Backup', secretText: null, keyId: made.body['keyId'] })]);
    expect(JSON.stringify(get(url).body)).not.toContain(secret);
    expect(send('PATCH', url, { passwordCredentials: shown, notes: 'x' }).status).toBe(204);
    expect(codes(send('PATCH', url, { passwordCredentials: [...shown, { displayName: 'new' }] }))).toEqual([
      400,
      'Request_BadRequest',
      'InvalidValue',
    ]);
    expect(codes(send('POST', `${url}/removePassword`, { keyId: '99999999-9999-4999-8999-999999999999' }))).toEqual([
      400,
      'Request_BadRequest',
      'InvalidValue',
    ]);
    expect(list(get(url).body, 'passwordCredentials')).toHaveLength(1);
    expect(send('POST', `${url}/removePassword`, { keyId: made.body['keyId'] }).status).toBe(204);
    expect(list(get(url).body, 'passwordCredentials')).toEqual([]);
  });

  test('need no body, and take times of their own', () => {
    const { url, send } = prepared();
    expect(send('POST', `${url}/addPassword`, undefined).status).toBe(200);
    const asked = { startDateTime: '2026-12-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' };
    expect(send('POST', `${url}/addPassword`, { passwordCredential: asked }).body).toMatchObject({
      startDateTime: '2026-12-01T00:00:00.000Z',
      endDateTime: '2027-01-01T00:00:00.000Z',
    });
    for (const wrong of [{ endDateTime: 'soon' }, { endDateTime: '2026-01-01T00:00:00Z' }, { secretText: 'mine' }])
      expect(send('POST', `${url}/addPassword`, { passwordCredential: wrong }).status).toBe(400);
  });

  test('are made by those who may change the application', () => {
    const { url, call, delegated, person } = prepared();
    const user = delegated(person.user, []);
    for (const action of ['addPassword', 'removePassword'])
      expect(codes(call(user, 'POST', `${url}/${action}`, { body: { keyId: '99999999-9999-4999-8999-999999999999' } }))).toEqual([
        403,
        'Authorization_RequestDenied',
      ]);
  });
});

/** Microsoft Graph, "federatedIdentityCredential resource type". */
describe('federated identity credentials', () => {
  const body = {
    name: 'pipeline',
    issuer: 'https://issuer.example',
    subject: 'repo:contoso/archive',
    audiences: ['api://AzureADTokenExchange'],
  };

  test('are created, listed, read by id and name, and deleted', () => {
    const { url, send, get } = prepared();
    const path = `${url}/federatedIdentityCredentials`;
    const made = send('POST', path, body);
    expect(made).toMatchObject({ status: 201, body: { ...body, description: null } });
    const id = text(made.body, 'id');
    expect(list(get(path).body)).toEqual([{ ...body, id, description: null }]);
    expect(get(`${path}/${id}?$select=name`).body).toMatchObject({ name: 'pipeline' });
    expect(get(`${path}(name='pipeline')`).body).toMatchObject({ id });
    expect(get(url).body).not.toHaveProperty('federatedIdentityCredentials');
    expect(codes(send('PATCH', `${path}/${id}`, { description: 'x' }))).toEqual(lacking);
    expect(send('DELETE', `${path}/${id}`, undefined).status).toBe(204);
    expect(codes(send('DELETE', `${path}/${id}`, undefined))).toEqual([404, 'Request_ResourceNotFound']);
    expect(list(get(path).body)).toEqual([]);
  });

  test.each<[string, object]>([
    ['no name', { name: undefined }],
    ['a long name', { name: 'x'.repeat(121) }],
    ['no issuer', { issuer: '' }],
    ['two audiences', { audiences: ['a', 'b'] }],
    ['an unknown property', { colour: 'red' }],
    ['a name twice', { issuer: 'https://other.example' }],
    ['issuer and subject twice', { name: 'other' }],
  ])('%s is refused', (_, change) => {
    const { url, send } = prepared();
    send('POST', `${url}/federatedIdentityCredentials`, body);
    expect(codes(send('POST', `${url}/federatedIdentityCredentials`, { ...body, ...change })).slice(0, 2)).toEqual([
      400,
      'Request_BadRequest',
    ]);
  });

  test('are at most 20, and no matter of those who may not change the application', () => {
    const { url, send, call, delegated, person } = prepared();
    const path = `${url}/federatedIdentityCredentials`;
    const add = (index: number) => send('POST', path, { ...body, name: `n${index}`, subject: `s${index}` }).status;
    expect(Array.from({ length: 21 }, (_, index) => add(index))).toEqual([...Array.from({ length: 20 }, () => 201), 400]);
    expect(codes(call(delegated(person.user, []), 'POST', path, { body }))).toEqual([403, 'Authorization_RequestDenied']);
  });
});

/** Microsoft Entra, "Service limits and restrictions": at most 250 objects by one who is no administrator. */
describe('what one person may create', () => {
  test('is 250 objects, deleted ones counted until they are purged; an administrator has no such limit', () => {
    const { call, delegated, person, send, tenant } = practice();
    const user = delegated(person.user, []);
    const create = () => call(user, 'POST', '/applications', { body: { displayName: 'x' } });
    for (let count = 0; count < objectsOfOnePerson - 1; count += 1) create();
    const last = create();
    expect(last.status).toBe(201);
    const appId = text(last.body, 'appId');
    expect(codes(create())).toEqual([403, 'Directory_QuotaExceeded']);
    expect(codes(call(user, 'POST', '/servicePrincipals', { body: { appId } }))).toEqual([403, 'Directory_QuotaExceeded']);
    expect(send('POST', '/applications', { displayName: 'x' }).status).toBe(201);
    const id = text(last.body, 'id');
    expect(call(user, 'DELETE', `/applications/${id}`).status).toBe(204);
    expect(codes(create())).toEqual([403, 'Directory_QuotaExceeded']);
    expect(send('DELETE', `/directory/deletedItems/${id}`, undefined).status).toBe(204);
    expect(create().status).toBe(201);
    expect(tenant.applications).toHaveLength(objectsOfOnePerson + 1);
  });
});
