import { expect, it } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { clouds } from '../../../main/clouds/index.ts';
import { createDirectory } from '../../../main/directory/index.ts';
import { createRequestCounter } from '../../../main/http/index.ts';

it('keeps the identities of two directories apart', async () => {
  const seen: string[] = [];
  const open = (token: string) =>
    createDirectory({
      cloud: clouds.global,
      clock: systemClock,
      counter: createRequestCounter(),
      connection: { accessToken: () => Promise.resolve(token) },
      fetch: (_address, init) => {
        seen.push(new Headers(init?.headers).get('authorization') ?? '');
        return Promise.resolve(Response.json({ value: [] }));
      },
    });
  const [reader, writer] = [open('reader'), open('writer')];
  await reader.read('/organization');
  await writer.read('/organization');
  await reader.read('/organization');
  expect(seen).toEqual(['Bearer reader', 'Bearer writer', 'Bearer reader']);
});
