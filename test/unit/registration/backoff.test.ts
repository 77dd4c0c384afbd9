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
