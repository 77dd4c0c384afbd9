import { describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../../main/clock.ts';
import type { PracticeKnobs } from '../../../main/practice/index.ts';
import { connect } from '../../../main/registration/verbs/connect.ts';
import { defaults, harness } from './harness.ts';

/** One clock for the engine and the practice tenant: waiting makes replication go on, and takes no time. */
function sharedClock(): Clock {
  let ahead = 0;
  return {
    now: () => new Date(systemClock.now().getTime() + ahead),
    sleep: async (ms, signal) => {
      await systemClock.sleep(1, signal);
      ahead += ms;
    },
  };
}

describe('connect in a practice tenant that is unkind', () => {
  it.each<[string, Partial<PracticeKnobs>]>([
    ['items of a batch and requests are throttled, some without Retry-After', { throttle: 0.3 }],
    ['updates are not visible for 20 seconds, and flicker', { updates: 20_000 }],
  ])('ends with the proof where %s', async (_what, knobs) => {
    for (const seed of [1, 2]) {
      const clock = sharedClock();
      const here = await harness({ clock, knobs: { seed, ...knobs } });
      const { engine } = await here.open(clock);
      expect((await connect(engine, defaults, here.run())).proof).toMatchObject({ ok: true, state: 'set-up' });
      expect((await connect(engine, defaults, here.run())).plan).toEqual([]);
    }
  });
});
