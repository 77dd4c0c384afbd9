import { expect, test } from 'vitest';
import { fakeGraph, graphError, json, type Sent } from './fake-graph.ts';

interface Part {
  readonly id: string;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const idsOf = ({ body }: Sent): string[] => {
  const { requests }: { requests: { id: string }[] } = JSON.parse(JSON.stringify(body));
  return requests.map(({ id }) => id);
};
const parts = (...responses: Part[]) => json(200, { responses });
const answer = (request: Sent) => parts(...idsOf(request).map((id) => ({ id, status: 200, body: id })));

test('answers are keyed by name, whatever their order, failures beside values', async () => {
  const { directory, sent } = fakeGraph([
    parts(
      {
        id: 'policy',
        status: 403,
        headers: { 'Content-Type': 'application/json', 'request-id': 'r-7' },
        body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } },
      },
      { id: 'organization', status: 200, body: { value: [] } },
    ),
  ]);
  const answers = await directory.readBatch({ organization: '/organization?$select=id', policy: '/policies/defaultAppManagementPolicy' });
  expect(sent[0]).toMatchObject({
    method: 'POST',
    address: 'https://graph.microsoft.com/v1.0/$batch',
    body: {
      requests: [
        { id: 'organization', method: 'GET', url: '/organization?$select=id' },
        { id: 'policy', method: 'GET', url: '/policies/defaultAppManagementPolicy' },
      ],
    },
  });
  expect(answers.organization).toEqual({ ok: true, value: { value: [] } });
  expect(answers.policy).toMatchObject({
    ok: false,
    failure: { kind: 'forbidden', code: 'Authorization_RequestDenied', requestId: 'r-7' },
  });
});

test('only throttled and failing parts are asked again, after the longest Retry-After', async () => {
  const { directory, sent, pauses } = fakeGraph([
    parts(
      { id: 'a', status: 200, body: 1 },
      { id: 'b', status: 429, headers: { 'Retry-After': '9' } },
      { id: 'c', status: 503 },
      { id: 'd', status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'x' } } },
    ),
    parts({ id: 'b', status: 200, body: 2 }, { id: 'c', status: 200, body: 3 }),
  ]);
  const answers = await directory.readBatch({ a: '/a', b: '/b', c: '/c', d: '/d' });
  expect(sent.map(idsOf)).toEqual([
    ['a', 'b', 'c', 'd'],
    ['b', 'c'],
  ]);
  expect(pauses).toEqual([9000]);
  expect(answers).toMatchObject({ a: { value: 1 }, b: { value: 2 }, c: { value: 3 }, d: { failure: { kind: 'not-found' } } });
});

test('a part that stays throttled becomes a failure of that part only', async () => {
  const { directory, sent } = fakeGraph(
    Array.from(
      { length: 8 },
      () => (request: Sent) => parts(...idsOf(request).map((id) => (id === 'a' ? { id, status: 200, body: 1 } : { id, status: 429 }))),
    ),
  );
  expect(await directory.readBatch({ a: '/a', b: '/b' })).toMatchObject({
    a: { ok: true },
    b: { ok: false, failure: { kind: 'throttled' } },
  });
  expect(sent).toHaveLength(6);
});

test('the batch itself is a read: repeated after 503, refused as a whole after 403', async () => {
  const { directory, sent } = fakeGraph([graphError(503, 'UnknownError', ''), parts({ id: 'a', status: 200, body: 1 })]);
  expect(await directory.readBatch({ a: '/a' })).toMatchObject({ a: { ok: true } });
  expect(sent).toHaveLength(2);
  await expect(fakeGraph([graphError(403, 'Authorization_RequestDenied', 'no')]).directory.readBatch({ a: '/a' })).rejects.toMatchObject({
    kind: 'forbidden',
  });
});

test('more than twenty reads go in several batches', async () => {
  const { directory, sent, counter } = fakeGraph([answer, answer]);
  const paths = Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`n${index}`, `/n${index}`]));
  const answers = await directory.readBatch(paths);
  expect(sent.map((request) => idsOf(request).length)).toEqual([20, 3]);
  expect(Object.keys(answers)).toHaveLength(23);
  expect(counter.counts().sequential).toBe(1);
});

test('a part without an answer is uncertain', async () => {
  expect(await fakeGraph([parts()]).directory.readBatch({ a: '/a' })).toMatchObject({ a: { ok: false, failure: { kind: 'uncertain' } } });
});
