import { describe, expect, test } from 'vitest';
import { fakeGraph, json } from './fake-graph.ts';

const base = 'https://graph.microsoft.com/v1.0';
const link = (token: string) => `${base}/oauth2PermissionGrants?$skiptoken=${token}`;
const page = (value: unknown, next?: string) => json(200, { value, ...(next === undefined ? {} : { '@odata.nextLink': next }) });
const batch = (...responses: object[]) => json(200, { responses });

describe('a batch', () => {
  test('reads a collection to its end, beside what has one page', async () => {
    const { directory, sent, counter } = fakeGraph([
      batch(
        { id: 'grants', status: 200, body: { '@odata.context': 'c', value: [1, 2], '@odata.nextLink': link('a') } },
        { id: 'organization', status: 200, body: { value: ['o'] } },
      ),
      page([3, 4], link('b')),
      page([5]),
    ]);
    const answers = await directory.readBatch({ grants: '/oauth2PermissionGrants', organization: '/organization' });
    expect(answers).toEqual({
      grants: { ok: true, value: { '@odata.context': 'c', value: [1, 2, 3, 4, 5] } },
      organization: { ok: true, value: { value: ['o'] } },
    });
    expect(sent.map(({ method, address }) => `${method} ${address}`)).toEqual([
      `POST ${base}/$batch`,
      `GET ${link('a')}`,
      `GET ${link('b')}`,
    ]);
    expect(counter.counts().graph).toBe(3);
  });

  test('asks once where everything has one page', async () => {
    const { directory, sent } = fakeGraph([
      batch({ id: 'grants', status: 200, body: { value: [1] } }, { id: 'one', status: 200, body: { id: 'o' } }),
    ]);
    await directory.readBatch({ grants: '/g', one: '/o' });
    expect(sent).toHaveLength(1);
  });

  test('tells of a further page that is refused as of that part, and of no other', async () => {
    const refused = json(403, { error: { code: 'Authorization_RequestDenied', message: 'no' } });
    const { directory } = fakeGraph([
      batch(
        { id: 'grants', status: 200, body: { value: [1], '@odata.nextLink': link('a') } },
        { id: 'one', status: 200, body: { id: 'o' } },
      ),
      refused,
    ]);
    expect(await directory.readBatch({ grants: '/g', one: '/o' })).toMatchObject({
      grants: { ok: false, failure: { kind: 'forbidden' } },
      one: { ok: true },
    });
  });

  test.each([
    ['another host', 'https://evil.example/v1.0/steal'],
    ['the sign-in host', 'https://login.microsoftonline.com/v1.0/steal'],
    ['no encryption', 'http://graph.microsoft.com/v1.0/steal'],
  ])('sends no token to %s', async (_, next) => {
    const { directory, sent } = fakeGraph([batch({ id: 'grants', status: 200, body: { value: [1], '@odata.nextLink': next } })]);
    await expect(directory.readBatch({ grants: '/g' })).rejects.toMatchObject({ code: 'service.host-refused', kind: 'unreachable' });
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['[]', []],
    ['null', null],
    ['nothing inside', {}],
    ['responses that are no list', { responses: { 1: 2 } }],
    ['a part without a status', { responses: [{ id: 'grants' }] }],
    ['an error with 200', { error: { code: 'x', message: 'y' } }],
  ])('that is answered with %s is an outage', async (_, body) => {
    await expect(fakeGraph([json(200, body)]).directory.readBatch({ grants: '/g' })).rejects.toMatchObject({
      name: 'GraphFailure',
      kind: 'uncertain',
      code: 'UnexpectedAnswer',
    });
  });
});

describe('a collection', () => {
  const circle = (...tokens: string[]) =>
    Array.from({ length: 50 }, (_, index) => () => page([index], link(tokens[index % tokens.length] ?? '')));

  test.each([
    ['itself', circle('a'), 2],
    ['an earlier page', circle('a', 'b', 'c'), 4],
  ])('whose link leads back to %s ends', async (_, answers, requests) => {
    const { directory, sent } = fakeGraph(answers);
    await expect(directory.readAll('/oauth2PermissionGrants')).rejects.toMatchObject({ kind: 'uncertain', code: 'UnexpectedAnswer' });
    expect(sent).toHaveLength(requests);
  });

  test('of ever new pages ends', async () => {
    let count = 0;
    const endless = () => page([], link(String((count += 1))));
    const { directory } = fakeGraph(Array.from({ length: 2100 }, () => endless));
    await expect(directory.readAll('/oauth2PermissionGrants')).rejects.toMatchObject({ code: 'UnexpectedAnswer' });
    expect(count).toBe(2000);
  });

  test.each([
    ['a link that is no address', { value: [], '@odata.nextLink': 'next' }],
    ['a link that is no text', { value: [], '@odata.nextLink': 7 }],
    ['no list', { value: null }],
    ['nothing', {}],
    ['a list alone', [1, 2]],
  ])('with %s is an outage', async (_, body) => {
    await expect(fakeGraph([json(200, body)]).directory.readAll('/x')).rejects.toMatchObject({ kind: 'uncertain' });
  });
});
