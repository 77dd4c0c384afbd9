import { expect, test } from 'vitest';
import { createSequence } from '../../../main/vault/sequence.ts';

test('tasks of one name run one after another, whatever became of the one before', async () => {
  const inSequence = createSequence();
  const said: string[] = [];
  const first = Promise.withResolvers<void>();
  const failing = inSequence('a', async () => {
    said.push('first begins');
    await first.promise;
    said.push('first ends');
    throw new Error('failed');
  });
  const second = inSequence('a', async () => said.push('second'));
  const other = inSequence('b', async () => said.push('another name'));
  await other;
  expect(said).toEqual(['first begins', 'another name']);
  first.resolve();
  await expect(failing).rejects.toThrow('failed');
  await expect(second).resolves.toBe(4);
  expect(said).toEqual(['first begins', 'another name', 'first ends', 'second']);
});

test('a task that is added while the one before the last runs waits for the last', async () => {
  const inSequence = createSequence();
  const said: number[] = [];
  const gates = [1, 2].map(() => Promise.withResolvers<void>());
  const task = (number: number) =>
    inSequence('a', async () => {
      await gates[number - 1]?.promise;
      said.push(number);
    });
  const one = task(1);
  const two = task(2);
  gates[0]?.resolve();
  await one;
  const three = task(3);
  await Promise.resolve();
  gates[1]?.resolve();
  await Promise.all([two, three]);
  expect(said).toEqual([1, 2, 3]);
});
