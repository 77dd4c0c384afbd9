import { expect, test } from 'vitest';
import { TimedOut, withTimeLimit } from '../../../main/http/index.ts';

const never = () => new Promise<never>(() => {});

test('a transport that ignores the signal is given up too', async () => {
  await expect(withTimeLimit(5, undefined, never)).rejects.toBeInstanceOf(TimedOut);
});

test('the caller’s reason comes through', async () => {
  const controller = new AbortController();
  const waiting = withTimeLimit(60_000, controller.signal, never);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(withTimeLimit(60_000, controller.signal, never)).rejects.toThrow('enough');
});

test('the limit reaches the request as a signal', async () => {
  let seen: AbortSignal | null = null;
  await expect(
    withTimeLimit(5, undefined, (signal) => {
      seen = signal;
      return never();
    }),
  ).rejects.toThrow('no answer');
  expect(seen).toMatchObject({ aborted: true });
});
