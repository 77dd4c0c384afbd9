import { expect, test } from 'vitest';
import { createRequestCounter } from '../../../main/http/index.ts';

const after = (ticks: number) => async () => {
  for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
};

test('requests that run together are one link of the sequential chain', async () => {
  const counter = createRequestCounter();
  await counter.count('graph', after(1));
  await Promise.all([counter.count('graph', after(9)), counter.count('graph', after(2)), counter.count('identity', after(2))]);
  await counter.count('graph', after(1));
  expect(counter.counts()).toEqual({ graph: 4, identity: 1, sequential: 3 });
});

test('a request that fails is counted and no longer running', async () => {
  const counter = createRequestCounter();
  await expect(counter.count('graph', () => Promise.reject(new Error('dropped')))).rejects.toThrow('dropped');
  await counter.count('graph', after(1));
  expect(counter.counts()).toEqual({ graph: 2, identity: 0, sequential: 2 });
});
