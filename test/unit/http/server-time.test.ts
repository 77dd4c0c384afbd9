import { expect, test } from 'vitest';
import { createServerTime } from '../../../main/http/index.ts';

const noon = 'Tue, 24 Nov 2026 12:00:00 GMT';
const five = 'Tue, 24 Nov 2026 12:05:00 GMT';

function listening() {
  let passed = 1000;
  const time = createServerTime(() => passed);
  const hear = (address: string, headers: Record<string, string>) =>
    time.heardBy(() => Promise.resolve(new Response('{}', { headers })))(address);
  return { time, hear, pass: (ms: number) => void (passed += ms) };
}
const json = { 'content-type': 'application/json; charset=utf-8' };

test('nobody has told the time until a server answers', async () => {
  const { time, hear } = listening();
  expect(time.now()).toBeNull();
  await hear('https://graph.microsoft.com/v1.0/organization', json);
  await hear('https://graph.microsoft.com/v1.0/organization', { ...json, date: 'yesterday' });
  await hear('https://graph.microsoft.com/v1.0/organization', { 'content-type': 'text/html', date: noon });
  expect(time.now()).toBeNull();
});

test('a server’s time goes on by the monotonic clock, and its latest answer counts', async () => {
  const { time, hear, pass } = listening();
  await hear('https://graph.microsoft.com/v1.0/a', { ...json, date: noon });
  pass(60_000);
  expect(time.now()?.toISOString()).toBe('2026-11-24T12:01:00.000Z');
  await hear('https://graph.microsoft.com/v1.0/b', { ...json, date: five });
  expect(time.now()?.toISOString()).toBe('2026-11-24T12:05:00.000Z');
});

test('of two servers the earlier one is believed', async () => {
  const { time, hear } = listening();
  await hear('https://graph.microsoft.com/v1.0/a', { ...json, date: five });
  await hear('https://login.microsoftonline.com/common', { ...json, date: noon });
  expect(time.now()?.toISOString()).toBe('2026-11-24T12:00:00.000Z');
});
