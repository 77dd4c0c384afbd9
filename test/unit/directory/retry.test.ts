import { expect, test } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import { fakeGraph, graphError, json } from './fake-graph.ts';

const busy =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    json(status, { error: { code: 'TooManyRequests', message: 'busy' } }, headers);
const dropped = new Error('other side closed');

test.each([500, 502, 503, 504])('a read is repeated after %i', async (status) => {
  const { directory, sent, pauses } = fakeGraph([busy(status), busy(status), json(200, { id: 'o' })]);
  expect(await directory.read('/organization')).toEqual({ id: 'o' });
  expect(sent).toHaveLength(3);
  expect(pauses[1]).toBeGreaterThan(1000);
});

test('a read is repeated after a dropped connection, also in the middle of the answer', async () => {
  const broken = new Response(new ReadableStream({ start: (controller) => controller.error(new Error('terminated')) }), {
    headers: { 'content-type': 'application/json' },
  });
  const { directory, sent } = fakeGraph([dropped, broken, json(200, { id: 'o' })]);
  expect(await directory.read('/organization')).toEqual({ id: 'o' });
  expect(sent).toHaveLength(3);
});

test('a read gives up after four tries', async () => {
  const { directory, sent } = fakeGraph([dropped, dropped, dropped, dropped, json(200, {})]);
  await expect(directory.read('/organization')).rejects.toMatchObject({ kind: 'uncertain', status: 0, message: 'other side closed' });
  expect(sent).toHaveLength(4);
});

test.each([
  ['503', busy(503)],
  ['504', busy(504)],
  ['a dropped connection', dropped],
] as const)('a write is never repeated after %s', async (_, answer) => {
  const { directory, sent } = fakeGraph([answer, json(201, { id: 'second' })]);
  await expect(directory.createServicePrincipal('a')).rejects.toMatchObject({ kind: 'uncertain' });
  expect(sent).toHaveLength(1);
});

test('a write is repeated after 429, when Retry-After says', async () => {
  const { directory, sent, pauses } = fakeGraph([
    busy(429, { 'retry-after': '7' }),
    busy(429, { 'retry-after': 'Tue, 24 Nov 2026 12:00:10 GMT' }),
    json(201, { id: 'sp' }),
  ]);
  expect(await directory.createServicePrincipal('a')).toEqual({ id: 'sp' });
  expect(pauses).toEqual([7000, 10_000]);
  expect(sent.map(({ body }) => body)).toEqual([{ appId: 'a' }, { appId: 'a' }, { appId: 'a' }]);
});

test('patience with throttling has an end: in tries and in minutes', async () => {
  const often = fakeGraph(Array.from({ length: 9 }, () => busy(429)));
  await expect(often.directory.read('/organization')).rejects.toMatchObject({ kind: 'throttled', status: 429 });
  expect(often.sent).toHaveLength(6);
  const long = fakeGraph([busy(429, { 'retry-after': '100' }), busy(429, { 'retry-after': '100' }), json(200, {})]);
  await expect(long.directory.read('/organization')).rejects.toMatchObject({ kind: 'throttled' });
  expect(long.pauses).toEqual([100_000]);
});

test('a request without an answer ends as uncertain, and is not repeated', async () => {
  const { directory, sent } = fakeGraph([() => new Promise<Response>(() => {})], { timeoutMs: 10 });
  await expect(directory.read('/organization')).rejects.toMatchObject({ kind: 'uncertain', code: 'TimedOut' });
  expect(sent).toHaveLength(1);
});

test('an interrupted request and an interrupted pause end as interrupted', async () => {
  const controller = new AbortController();
  const running = fakeGraph([() => new Promise<Response>(() => {})]);
  const waiting = running.directory.read('/organization', controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'Fault', code: 'interrupted' });
  const later = new AbortController();
  const throttled = fakeGraph([
    () => {
      later.abort(new Fault('interrupted'));
      return graphError(429, 'TooManyRequests', 'busy');
    },
  ]);
  await expect(throttled.directory.read('/organization', later.signal)).rejects.toMatchObject({ code: 'interrupted' });
  expect(throttled.sent).toHaveLength(1);
});
