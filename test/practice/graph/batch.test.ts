import { describe, expect, test } from 'vitest';
import { codes, list, practice, text } from './world.ts';

const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more });
const create = (id: string, displayName: string, more: object = {}) => ({
  id,
  method: 'POST',
  url: '/applications',
  headers: { 'Content-Type': 'application/json' },
  body: { displayName },
  ...more,
});

function sent(requests: unknown, bearer?: ReturnType<typeof practice>['administrator']) {
  const here = practice();
  const answer = here.call(bearer ?? here.administrator, 'POST', '/$batch', {
    body: { requests },
    headers: { 'x-practice-host': 'graph.microsoft.us' },
  });
  const parts = answer.status === 200 ? list(answer.body, 'responses') : [];
  return { ...here, answer, parts: parts.toSorted((one, other) => text(one, 'id').localeCompare(text(other, 'id'))) };
}

test('every part has its own status, body and host', () => {
  const { parts } = sent([
    get('a', '/organization?$select=id'),
    get('b', "applications?$filter=displayName eq 'x%27%27y'"),
    get('c', '/nonsense'),
    get('d', '/users?$count=true'),
  ]);
  expect(parts.map(({ id, status }) => [id, status])).toEqual([
    ['a', 200],
    ['b', 200],
    ['c', 501],
    ['d', 501],
  ]);
  expect(parts[0]?.['body']?.['@odata.context']).toContain('https://graph.microsoft.us/v1.0/');
});

test('beta has a batch of its own, with what is beta in it', () => {
  const here = practice();
  const batch = (path: string) => {
    const requests = [get('a', '/reports/servicePrincipalSignInActivities'), get('b', '/organization')];
    const { body } = here.call(here.administrator, 'POST', path, { body: { requests } });
    return Object.fromEntries(list(body, 'responses').map((part) => [text(part, 'id'), part['status']]));
  };
  expect(batch('/beta/$batch')).toEqual({ a: 200, b: 501 });
  expect(batch('/$batch')).toEqual({ a: 501, b: 200 });
});

test('writes work, headers reach the part, and 204 has no body', () => {
  const headers = { 'Content-Type': 'application/json', Prefer: 'create-if-missing' };
  const upsert = (id: string) => ({ id, method: 'PATCH', url: "/applications(uniqueName='x')", headers, body: { displayName: 'x' } });
  const { parts, tenant } = sent([upsert('1'), upsert('2')]);
  expect(parts.map(({ status }) => status)).toEqual([201, 204]);
  expect(parts[1]).not.toHaveProperty('body');
  expect(tenant.applications).toHaveLength(1);
});

test('what depends on a failed part is not run', () => {
  const { parts, tenant } = sent([get('1', '/nonsense'), create('2', 'x', { dependsOn: ['1'] }), create('3', 'y', { dependsOn: ['2'] })]);
  expect(parts.map(({ status }) => status)).toEqual([501, 424, 424]);
  expect(tenant.applications).toEqual([]);
});

test('permissions are those of the caller, part by part', () => {
  const here = practice();
  const user = here.delegated(here.person.user, [], ['User.Read']);
  const answer = here.call(user, 'POST', '/$batch', { body: { requests: [get('1', '/me'), get('2', '/applications')] } });
  expect(list(answer.body, 'responses').map(({ status }) => status)).toEqual([200, 403]);
});

describe('refused as a whole', () => {
  test.each<[string, unknown]>([
    ['21 requests', Array.from({ length: 21 }, (_, index) => get(String(index), '/me'))],
    ['none', []],
    ['no list', 'x'],
    ['no id', [{ method: 'GET', url: '/me' }]],
    ['one id twice', [get('1', '/me'), get('1', '/me')]],
    ['one id in two cases', [get('a', '/me'), get('A', '/me')]],
    ['no method', [{ id: '1', url: '/me' }]],
    ['an absolute address', [get('1', 'https://graph.microsoft.com/v1.0/me')]],
    ['an address of another host', [get('1', '//evil.example/me')]],
    ['a version in the address', [get('1', '/v1.0/me')]],
    ['a batch in a batch', [get('1', '/$batch')]],
    ['a body without its type', [{ id: '1', method: 'POST', url: '/applications', body: { displayName: 'x' } }]],
    ['an unknown dependency', [get('1', '/me', { dependsOn: ['2'] })]],
    ['an unknown property', [get('1', '/me', { atomicityGroup: 'g' })]],
    ['a broken escape', [get('1', '/users/%zz')]],
  ])('%s', (_, requests) => {
    const { answer, tenant } = sent(requests);
    expect(codes(answer)).toEqual([400, 'BadRequest']);
    expect(tenant.applications).toEqual([]);
  });

  test('another method, an unknown property beside requests', () => {
    const { call, administrator } = practice();
    expect(call(administrator, 'GET', '/$batch').status).toBe(405);
    expect(call(administrator, 'POST', '/$batch', { body: { requests: [get('1', '/me')], more: 1 } }).status).toBe(400);
  });

  test('a wrong dependency is found before anything is written', () => {
    const { answer, tenant } = sent([create('1', 'x'), get('2', '/me', { dependsOn: ['9'] })]);
    expect([answer.status, tenant.applications]).toEqual([400, []]);
  });
});

test('20 requests are taken', () => {
  expect(sent(Array.from({ length: 20 }, (_, index) => get(String(index), '/me'))).parts).toHaveLength(20);
});

/** Microsoft Graph, "Combine multiple HTTP requests using JSON batching": the order may differ, ids are not case-sensitive. */
test('answers come in an order by chance, each under its id', () => {
  const here = practice();
  here.byChance(0.9, 0, 0.5);
  const requests = [get('1', '/organization'), get('2', '/nonsense'), get('3', '/me')];
  const answer = here.call(here.administrator, 'POST', '/$batch', { body: { requests } });
  expect(list(answer.body, 'responses').map(({ id, status }) => [id, status])).toEqual([
    ['3', 200],
    ['1', 200],
    ['2', 501],
  ]);
});

test('an id is meant whatever its case', () => {
  const { parts } = sent([get('first', '/nonsense'), create('second', 'x', { dependsOn: ['FIRST'] })]);
  expect(parts.map(({ id, status }) => [id, status])).toEqual([
    ['first', 501],
    ['second', 424],
  ]);
});
