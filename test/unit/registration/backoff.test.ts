import { expect, it } from 'vitest';
import { createBackoff } from '../../../main/registration/backoff.ts';

it('pauses grow, begin anew once something went on, and end at the limit all the same', async () => {
  let now = 0;
  const clock = { now: () => new Date(now), sleep: (ms: number) => Promise.resolve(void (now += ms)) };
  const backoff = createBackoff(clock, { pauses: [1000, 10_000], limit: 30_000 });
  const pauses: number[] = [];
  const wait = () => backoff.wait((ms) => void pauses.push(Math.round(ms / 1000)));
  await wait();
  await wait();
  backoff.progressed();
  await wait();
  while (await wait());
  expect(pauses[0]).toBe(1);
  expect(pauses[1]).toBeGreaterThan(7);
  expect(pauses[2]).toBe(1);
  expect(now).toBeLessThanOrEqual(30_000);
});

it.each([
  ['ahead', 40],
  ['back', -40],
])('end at the limit, too, where the clock is set %s meanwhile: not at once, and not days later', async (_, days) => {
  let now = Date.parse('2026-11-30T12:00:00Z');
  let slept = 0;
  const sleep = (ms: number) => {
    slept += ms;
    return Promise.resolve(void (now += ms));
  };
  const backoff = createBackoff({ now: () => new Date(now), sleep }, { pauses: [1000, 2000, 10_000], limit: 60_000 });
  await backoff.wait(() => undefined);
  now += days * 86_400_000;
  for (let waits = 0; waits < 20 && (await backoff.wait(() => undefined)); waits += 1);
  expect(slept).toBeGreaterThan(40_000);
  expect(slept).toBeLessThanOrEqual(61_500);
});

it('counts what was done between two pauses', async () => {
  let now = 0;
  const backoff = createBackoff({ now: () => new Date(now), sleep: () => Promise.resolve() }, { pauses: [1000], limit: 30_000 });
  now += 20_000;
  expect(await backoff.wait(() => undefined)).toBe(true);
  now += 20_000;
  expect(await backoff.wait(() => undefined)).toBe(false);
});
