import { describe, expect, it } from 'vitest';
import type { EventValue, Input } from '../../preload/contract.ts';
import { desk, draft, follow } from './desk.ts';

const typed: Input<'track:one'> = {
  name: 'Somebody else’s',
  tenant: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b',
  clientId: '7b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b',
  cloud: 'global',
  certificate: null,
};

describe('a verification', () => {
  it('proves nothing of what only an administrator can see, and more once one signs in', async () => {
    const here = await desk();
    const set = (await here.setUp({ draft: { ...draft, custody: 'external' }, certificate: null })).at(-1);
    if (set?.kind !== 'ended') throw new Error('not set up');
    const { id } = set.report.credential;
    const alone = await here.request('credential:verify', { id });
    expect(alone.ok && alone.value.proof?.checks.map(({ result }) => result)).not.toContain('passed');

    const seen = await follow(here, () => here.request('verification:begin', { id }));
    expect(seen.map(({ kind }) => kind)).toContain('signed-in');
    expect(seen.map(({ kind }) => kind)).not.toContain('preview');
    const ended = seen.at(-1);
    expect(ended?.kind === 'ended' && ended.report.proof?.checks.find(({ check }) => check === 'redirect-uri')?.result).toBe('passed');
    // Without an administrator it is not testable again, and says when it passed.
    const again = await here.request('credential:verify', { id });
    const check = again.ok ? again.value.proof?.checks.find((each) => each.check === 'redirect-uri') : undefined;
    expect(check).toMatchObject({ result: 'not-testable', passedAt: expect.any(String) });
  });

  it('of a tenant that does not exist says so, and never that it was verified', async () => {
    const here = await desk();
    const tracked = await here.request('track:one', typed);
    if (!tracked.ok) throw new Error('not added');
    const { id } = tracked.value;
    const alone = await here.request('credential:verify', { id });
    expect(alone.ok && alone.value.proof?.checks.every(({ result }) => result !== 'passed')).toBe(true);
    const signedIn = (await follow(here, () => here.request('verification:begin', { id }))).at(-1);
    expect(signedIn).toMatchObject({ kind: 'failed' });
    expect(await here.request('credentials:list', { deleted: false })).toMatchObject({
      ok: true,
      value: [{ id, state: 'waiting-certificate' }],
    });
  });

  it('of many tells of each, and what fails or is gone stops none of the others', async () => {
    const here = await desk();
    const set = (await here.setUp({ draft, certificate: null })).at(-1);
    const tracked = await here.request('track:one', typed);
    if (set?.kind !== 'ended' || !tracked.ok) throw new Error('not ready');
    const [proven, strange, unknown] = [set.report.credential.id, tracked.value.id, typed.tenant];
    expect(await here.request('verification:many', { ids: [unknown, strange, proven] })).toEqual({ ok: true, value: null });
    const told = here.emitted.flatMap(([name, value]) =>
      name === 'verification:event' ? [value as EventValue<'verification:event'>] : [],
    );
    const of = (wanted: string) => told.filter(({ id }) => id === wanted).map(({ event }) => event);
    expect(of(proven)).toMatchObject([{ kind: 'begun' }, { kind: 'ended', report: { proof: { ok: true } } }]);
    expect(of(strange).map(({ kind }) => kind)).toEqual(['begun', 'ended']);
    expect(of(unknown)).toEqual([{ kind: 'begun' }, { kind: 'gone' }]);
    // Stopped when nothing runs, nothing happens.
    expect(await here.request('verification:stop', null)).toEqual({ ok: true, value: null });
  });

  it('of what is not in the list begins nothing', async () => {
    const here = await desk();
    expect(await here.request('verification:begin', { id: typed.tenant })).toMatchObject({
      ok: false,
      fault: { code: 'input.credential.unknown' },
    });
  });
});
