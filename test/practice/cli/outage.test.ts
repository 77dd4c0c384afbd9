import { expect, it } from 'vitest';
import { connectArgs, workplace, type Document } from './command-line.ts';

const place = workplace();

it('an outage of the sign-in host ends 9, and leaves proof and state as they were', async () => {
  await place().cli('outage', ...connectArgs('Archive'));
  const before = (await place().json('outage', 'show', 'Archive')).document;
  place().server.faultOn(({ path }) => path.endsWith('/token'), 'drop-before', { times: 1000 });
  const one = await place().json('outage', 'verify', 'Archive');
  expect(one.code).toBe(9);
  expect(one.document).toMatchObject({ fault: { code: 'service.unreachable', retryable: true } });
  const all = await place().json('outage', 'verify', '--all');
  expect(all.code).toBe(9);
  const [result] = all.document['results'] as Document[];
  expect(result).toMatchObject({ credential: { state: 'set-up' }, fault: { code: 'service.unreachable' } });
  expect((await place().json('outage', 'show', 'Archive')).document).toEqual(before);
});
