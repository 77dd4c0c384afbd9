import { describe, expect, test } from 'vitest';
import { codes, practice, registered, text } from './world.ts';

const created = { prefer: 'create-if-missing' };

describe('create', () => {
  test('fills in what the body does not say, and the creator becomes owner', () => {
    const { send, tenant, person, saves } = practice();
    const { status, body } = send('POST', '/applications', {
      displayName: 'Mail archive',
      web: { redirectUris: ['https://mail.contoso.example:8462/oidc/signin'] },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications/$entity',
      displayName: 'Mail archive',
      signInAudience: 'AzureADMyOrg',
      publisherDomain: 'contoso.example',
      uniqueName: null,
      keyCredentials: [],
      passwordCredentials: [],
      createdDateTime: '2026-11-24T10:00:00Z',
      web: {
        redirectUris: ['https://mail.contoso.example:8462/oidc/signin'],
        logoutUrl: null,
        implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
      },
    });
    expect(tenant.applications[0]?.owners).toEqual([{ id: person.admin }]);
    expect(saves()).toBe(1);
  });

  test('two applications may have one name', () => {
    const { send } = practice();
    expect(send('POST', '/applications', { displayName: 'Same' }).status).toBe(201);
    expect(send('POST', '/applications', { displayName: 'Same' }).status).toBe(201);
  });

  test('a refused body changes nothing', () => {
    const { send, tenant, saves } = practice();
    expect(send('POST', '/applications', { displayName: 'x', signInAudience: 'Everybody' }).status).toBe(400);
    expect([tenant.applications.length, saves()]).toEqual([0, 0]);
  });
});

test.each<[string, unknown, readonly unknown[]]>([
  ['no name', {}, [400, 'Request_BadRequest', 'MissingValue']],
  ['an empty name', { displayName: ' ' }, [400, 'Request_BadRequest', 'MissingValue']],
  ['a name over 256', { displayName: 'x'.repeat(257) }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['an unknown property', { displayName: 'x', colour: 'red' }, [400, 'Request_BadRequest']],
  ['an unknown nested property', { displayName: 'x', web: { redirectUrls: [] } }, [400, 'Request_BadRequest']],
  ['another type', { displayName: 'x', isFallbackPublicClient: 'yes' }, [400, 'Request_BadRequest', 'InvalidValue']],
  [
    'no GUID',
    { displayName: 'x', requiredResourceAccess: [{ resourceAppId: 'graph', resourceAccess: [] }] },
    [400, 'Request_BadRequest', 'InvalidValue'],
  ],
  ['null for a collection', { displayName: 'x', tags: null }, [400, 'BadRequest']],
  ['null inside a collection', { displayName: 'x', tags: [null] }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['text for a complex value', { displayName: 'x', web: 'https://a.example' }, [400, 'BadRequest']],
  ['a read-only property', { displayName: 'x', appId: '00000000-0000-0000-0000-000000000001' }, [400, 'Request_BadRequest', 'ReadOnly']],
  ['uniqueName by POST', { displayName: 'x', uniqueName: 'x' }, [400, 'Request_BadRequest', 'ReadOnly']],
  ['an unknown audience', { displayName: 'x', signInAudience: 'AzureADAnyOrg' }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['a secret', { displayName: 'x', passwordCredentials: [{ displayName: 'secret' }] }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['long notes', { displayName: 'x', notes: 'x'.repeat(1025) }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['a logout URL with http', { displayName: 'x', web: { logoutUrl: 'http://a.example' } }, [400, 'Request_BadRequest', 'InvalidValue']],
  [
    'a foreign identifier URI',
    { displayName: 'x', identifierUris: ['https://fabrikam.example/app'] },
    [400, 'HostNameNotOnVerifiedDomain'],
  ],
])('%s is refused', (_, body, expected) => {
  expect(codes(practice().send('POST', '/applications', body))).toEqual(expected);
});

describe('requiredResourceAccess', () => {
  const guid = (index: number) => `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`;
  const resources = (count: number, each: number) =>
    Array.from({ length: count }, (_, index) => ({
      resourceAppId: guid(index),
      resourceAccess: Array.from({ length: each }, (__, at) => ({ id: guid(at), type: 'Role' })),
    }));
  const post = (requiredResourceAccess: unknown) => practice().send('POST', '/applications', { displayName: 'x', requiredResourceAccess });

  test('takes 50 APIs and 400 permissions and not one more', () => {
    expect(post(resources(50, 8)).status).toBe(201);
    expect(codes(post(resources(51, 1)))).toEqual([400, 'Request_BadRequest', 'InvalidValue']);
    expect(codes(post(resources(1, 401)))).toEqual([400, 'Request_BadRequest', 'InvalidValue']);
  });

  test('takes roles and scopes only', () => {
    expect(post([{ resourceAppId: guid(1), resourceAccess: [{ id: guid(2), type: 'role' }] }]).status).toBe(400);
    expect(post([{ resourceAppId: guid(1), resourceAccess: [{ type: 'Role' }] }]).status).toBe(400);
  });
});

describe('update', () => {
  test('replaces collections as a whole and keeps what the body does not name', () => {
    const here = practice();
    const { id } = registered(here);
    here.send('PATCH', `/applications/${id}`, {
      tags: ['a', 'b'],
      web: { redirectUris: ['https://one.example', 'https://two.example'], implicitGrantSettings: { enableIdTokenIssuance: true } },
    });
    expect(here.send('PATCH', `/applications/${id}`, { tags: ['c'], web: { redirectUris: ['https://three.example'] } })).toMatchObject({
      status: 204,
      body: {},
    });
    expect(here.get(`/applications/${id}`).body).toMatchObject({
      displayName: 'Mail archive',
      tags: ['c'],
      web: {
        redirectUris: ['https://three.example'],
        implicitGrantSettings: { enableIdTokenIssuance: true, enableAccessTokenIssuance: false },
      },
    });
  });

  test('shows on the service principal', () => {
    const here = practice();
    const { id, principalId } = registered(here);
    here.send('PATCH', `/applications/${id}`, { displayName: 'Renamed', web: { redirectUris: ['https://one.example'] } });
    expect(here.get(`/servicePrincipals/${principalId}`).body).toMatchObject({
      displayName: 'Renamed',
      replyUrls: ['https://one.example'],
    });
  });

  test('addresses the application by appId as well, and an identifier URI belongs to one application', () => {
    const here = practice();
    const [one, two] = [registered(here), registered(here)];
    expect(
      here.send('PATCH', `/applications(appId='${one.appId}')`, { identifierUris: [`api://${one.appId}`, 'https://contoso.example/x'] })
        .status,
    ).toBe(204);
    expect(codes(here.send('PATCH', `/applications/${two.id}`, { identifierUris: ['https://contoso.example/x'] }))).toEqual([
      400,
      'Request_BadRequest',
      'ObjectConflict',
    ]);
  });
});

describe('upsert by uniqueName', () => {
  const url = "/applications(uniqueName='keyring-1')";

  test('creates with the header (201), updates after that (204), and is 404 without the header', () => {
    const { send, get, tenant } = practice();
    expect(codes(send('PATCH', url, { displayName: 'Mail archive' }))).toEqual([404, 'Request_ResourceNotFound']);
    const first = send('PATCH', url, { displayName: 'Mail archive', tags: ['a'], web: { redirectUris: ['https://one.example'] } }, created);
    expect(first).toMatchObject({ status: 201, body: { uniqueName: 'keyring-1', displayName: 'Mail archive' } });
    expect(send('PATCH', url, { displayName: 'Mail archive', web: { redirectUris: ['https://two.example'] } }, created)).toMatchObject({
      status: 204,
      body: {},
    });
    expect(get(url).body).toMatchObject({ id: first.body['id'], tags: ['a'], web: { redirectUris: ['https://two.example'] } });
    expect(tenant.applications).toHaveLength(1);
  });

  test('a repeat replaces key credentials and redirect URIs that somebody added meanwhile', () => {
    const { send, get } = practice();
    const body = { displayName: 'Mail archive', web: { redirectUris: ['https://one.example'] }, keyCredentials: [] };
    send('PATCH', url, body, created);
    send('PATCH', url, { displayName: 'Mail archive', web: { redirectUris: ['https://one.example', 'https://foreign.example'] } });
    send('PATCH', url, body, created);
    expect(get(url).body['web']?.['redirectUris']).toEqual(['https://one.example']);
  });

  test.each<[string, unknown]>([
    ['without displayName', { notes: 'x' }],
    ['with another uniqueName', { displayName: 'x', uniqueName: 'keyring-2' }],
    ['with a secret', { displayName: 'x', passwordCredentials: [{}] }],
  ])('%s is refused', (_, body) => {
    expect(practice().send('PATCH', url, body, created).status).toBe(400);
  });

  test('the name is immutable, needs content, and stays reserved while it can be restored', () => {
    const { send, get } = practice();
    send('PATCH', url, { displayName: 'Mail archive' }, created);
    const id = text(get(url).body, 'id');
    expect(codes(send('PATCH', `/applications/${id}`, { uniqueName: 'keyring-2' }))).toEqual([400, 'Request_BadRequest', 'ReadOnly']);
    expect(send('PATCH', "/applications(uniqueName='')", { displayName: 'x' }, created).status).toBe(400);
    send('DELETE', `/applications/${id}`, undefined);
    expect(codes(send('PATCH', url, { displayName: 'Mail archive' }, created))).toEqual([400, 'Request_BadRequest', 'ObjectConflict']);
  });

  test('a quote in the name is doubled, a slash is part of it', () => {
    const { send, get } = practice();
    send('PATCH', "/applications(uniqueName='anna''s/app')", { displayName: 'Mail archive' }, created);
    expect(get("/applications(uniqueName='anna''s/app')").body['uniqueName']).toBe("anna's/app");
  });
});
