import { expect, it } from 'vitest';
import { desk, draft } from './desk.ts';

it('changes at Microsoft are told of the credentials that they touch, until they are dismissed', async () => {
  const here = await desk();
  const list = () => here.request('changes:read', { credential: null });
  expect(await list()).toEqual({ ok: true, value: [] });
  const set = (await here.setUp({ draft, certificate: null })).at(-1);
  if (set?.kind !== 'ended') throw new Error('not set up');
  const { id, name } = set.report.credential;
  // Of today, whatever day it is: what has come is told on the page of the credential alone.
  const of = await here.request('changes:read', { credential: id });
  if (!of.ok) throw new Error(of.fault.code);
  expect(of.value.map((change) => [change.id, change.page])).toEqual([
    ['ews-blocked', 'ews'],
    ['ews-gone', 'ews'],
  ]);
  for (const { text, source } of of.value) {
    expect(text).toContain(name);
    expect(text).not.toContain('migrate');
    expect(source).toContain('techcommunity');
  }
  expect(await list()).toEqual({ ok: true, value: of.value.filter(({ days }) => days > 0) });
  for (const { id: change } of of.value) expect(await here.request('changes:dismiss', { id: change })).toEqual({ ok: true, value: null });
  expect(await list()).toEqual({ ok: true, value: [] });
  expect(await here.request('changes:read', { credential: id })).toEqual(of);
  expect(await here.request('changes:dismiss', { id: 'nonsense' })).toMatchObject({
    ok: false,
    fault: { code: 'window.request-malformed' },
  });
});
