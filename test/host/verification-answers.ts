import type { Outcome, Output } from '../../preload/contract.ts';
import type { FakeAnswers, FakeMain } from './fake-bridge.ts';

/** So many at once. */
const atOnce = 4;

/** Verifies many as main does, by what the fake answers for each. */
export function verificationAnswers(main: FakeMain): Pick<FakeAnswers, 'verification:many' | 'verification:stop'> {
  let stopped = false;
  return {
    'verification:many': async ({ ids }) => {
      stopped = false;
      const queue = ids.values();
      const lane = async () => {
        for (const id of queue) {
          if (stopped) return;
          await main.emit('verification:event', { id, event: { kind: 'begun' } });
          const outcome = (await main.handle('credential:verify', { id })) as Outcome<Output<'credential:verify'>>;
          await main.emit('verification:event', {
            id,
            event: outcome.ok ? { kind: 'ended', report: outcome.value } : { kind: 'failed', fault: outcome.fault },
          });
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, ids.length) }, lane));
      return null;
    },
    'verification:stop': () => {
      stopped = true;
      return null;
    },
  };
}
