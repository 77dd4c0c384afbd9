import { describe, expect, it } from 'vitest';
import { shiftedClock, systemClock, type Clock } from '../../../main/clock.ts';
import { progressLine } from '../../../main/registration/run/progress-text.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { harness, kindly } from './harness.ts';
import { alone, day, publishedIn, recordOf, rotateAlone, unattended } from './rotation-harness.ts';

const minute = 60_000;

/** Microsoft's clock, which a test moves: this computer's own is then wrong by as much, the other way. */
function movable(): { readonly clock: Clock; readonly move: (ms: number) => void } {
  let moved = 0;
  return { clock: { ...systemClock, now: () => new Date(systemClock.now().getTime() + moved) }, move: (ms) => void (moved = ms) };
}

async function connected() {
  const { clock, move } = movable();
  const here = await harness({ clock, knobs: kindly });
  await here.connect();
  return { here, move, text: (error: unknown) => here.services.engine.texts.faultText(error as never).message };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => error,
  );

describe('a clock of this computer that is wrong', () => {
  it.each([
    [-20 * minute, 'ahead', '20 minutes ahead of Microsoft’s'],
    [3 * 60 * minute, 'behind', '3 hours behind Microsoft’s'],
  ] as const)('by %i ms is told at the sign-in and by the checks of the proof', async (ms, direction, words) => {
    const { here, move } = await connected();
    here.events.length = 0;
    move(ms);
    const seen = await verify(here.services.engine, 'Contoso archive', { signIn: true }, here.run());
    const signedIn = here.events.find(({ kind }) => kind === 'signed-in');
    if (signedIn === undefined) throw new Error('nobody signed in');
    expect(progressLine(signedIn, here.services.engine.texts).text).toContain(`The clock of this PC is ${words}.`);
    expect(seen.proof?.checks.find(({ check }) => check === 'token-graph')).toMatchObject({
      result: 'failed',
      evidence: expect.stringContaining(`the clock of this PC is ${words}`),
    });
    expect(direction).toBe(ms < 0 ? 'ahead' : 'behind');
  });

  it.each(['connect', 'rotate'] as const)('by 40 days ahead makes no certificate that begins only then (%s)', async (how) => {
    const { here, move } = await connected();
    const before = await here.keychain.accounts();
    move(-40 * day);
    if (how === 'connect') await here.connect({ name: 'Second archive', redirectUri: 'https://second.example.com/signin' });
    else await rotate(here.services.engine, { ...unattended, unattended: false }, here.run());
    const { certificate } = here.services.engine.store.find(how === 'connect' ? 'Second archive' : 'Contoso archive');
    expect(await here.keychain.accounts()).toHaveLength(before.length + 1);
    expect(Date.parse(certificate?.notBefore ?? '')).toBeLessThan(Date.now() - 40 * day);
  });

  it('by 40 days ahead after the first token makes no certificate that begins only then, and the next night goes on with it', async () => {
    const { here } = await connected();
    const first = recordOf(here).certificate?.thumbprint;
    // Tokens are signed by the time of the system; everything after them goes by that of the engine.
    const { engine } = await here.open(shiftedClock(systemClock, -40 * day));
    expect(await refusal(rotate(engine, unattended, alone(here)))).toMatchObject({ code: 'rotation.proof-refused' });
    const { certificate } = recordOf(here);
    expect(certificate?.thumbprint).not.toBe(first);
    expect(Date.parse(certificate?.notBefore ?? '')).toBeLessThan(Date.now());
    await rotateAlone(here);
    expect(recordOf(here)).toMatchObject({ certificate: { thumbprint: certificate?.thumbprint }, proof: { ok: true } });
  });

  it.each([
    ['ahead', -40 * day],
    ['behind', 40 * day],
  ])('by 40 days %s while a key was published, and right since, does not have it published again while reads are behind', async (_, ms) => {
    const here = await harness();
    await here.connect();
    here.clock.pass(20 * minute);
    const { engine } = await here.open(shiftedClock(here.clock, ms));
    const stopped = new AbortController();
    const run = here.run(undefined, { signal: stopped.signal, onProgress: ({ kind }) => kind === 'change' && stopped.abort() });
    await refusal(rotate(engine, { ...unattended, unattended: false }, run));
    expect(publishedIn(here)).toHaveLength(2);
    const asked = { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false } as const;
    await repair(here.services.engine, asked, here.run());
    const published = here.services.trail.list().filter(({ change, phase }) => change === 'add-key-credential' && phase === 'done');
    expect(published).toHaveLength(1);
    expect(publishedIn(here)).toHaveLength(2);
    expect(recordOf(here)).toMatchObject({ proof: { ok: true } });
  });

  it('that is right is not spoken of', async () => {
    const { here } = await connected();
    for (const event of here.events) expect(progressLine(event, here.services.engine.texts).text).not.toMatch(/clock/i);
  });

  it('stops an unattended rotation at its token, with the difference, before anything is made', async () => {
    const { here, move, text } = await connected();
    const accounts = await here.keychain.accounts();
    move(-20 * minute);
    const refused = await refusal(rotateAlone(here));
    expect(refused).toMatchObject({ code: 'token.clock', params: { direction: 'ahead', minutes: 20 } });
    expect(text(refused)).toContain('20 minutes ahead of Microsoft’s');
    expect(await here.keychain.accounts()).toEqual(accounts);
    expect(publishedIn(here)).toHaveLength(1);
  });

  it('is named, and not the certificates, where by that clock all of them have ended', async () => {
    const { here, move, text } = await connected();
    const { id, certificate } = recordOf(here);
    if (certificate === null) throw new Error('no certificate');
    // As they look to a clock that is 500 days ahead.
    here.services.engine.store.change(id, () => ({
      certificate: { ...certificate, notBefore: '2025-01-01T00:00:00Z', notAfter: '2026-01-01T00:00:00Z' },
    }));
    move(-500 * day);
    expect(text(await refusal(rotateAlone(here)))).toContain('500 days ahead of Microsoft’s');
    expect(publishedIn(here)).toHaveLength(1);
  });

  it.each([
    [-10 * minute, 'ahead', '10 minutes ahead of Microsoft’s'],
    [20 * minute, 'behind', '20 minutes behind Microsoft’s'],
  ] as const)('by %i ms is told where the proof of the key is refused for it', async (ms, direction, words) => {
    const { here, text } = await connected();
    // Tokens are signed by the time of the system; the proof by that of the engine.
    const { engine } = await here.open(shiftedClock(systemClock, ms));
    const refused = await refusal(rotate(engine, unattended, alone(here)));
    expect(refused).toMatchObject({ code: 'rotation.proof-refused', params: { direction } });
    expect(text(refused)).toContain(words);
    expect(publishedIn(here)).toHaveLength(1);
  });

  it('that is right is not blamed for a proof that is refused for another reason', async () => {
    const { here, text } = await connected();
    here.server.faultOn(({ path }) => {
      const [application] = here.server.world.state.tenants[0]?.applications ?? [];
      if (path.endsWith('/addKey') && application !== undefined) application.keyCredentials = [];
      return false;
    }, 'drop-before');
    const refused = await refusal(rotateAlone(here));
    expect(refused).toMatchObject({ code: 'rotation.proof-refused', params: { direction: 'unknown' } });
    expect(text(refused)).not.toMatch(/ahead|behind/);
  });
});
