import { verify, verifyMany, type VerifyOutcome } from '../../registration/index.ts';
import type { EventValue } from '../../../preload/contract.ts';
import { faultView, type Handlers } from '../router.ts';
import type { RequestContext } from './context.ts';
import type { Runs } from './runs.ts';
import { silentRun } from './silent-run.ts';
import { reportView } from './views.ts';

type Told = EventValue<'verification:event'>['event'];

/** Verify: one, many, and one with an administrator's view. */
export function createVerificationHandlers(
  context: RequestContext,
  runs: Runs,
  changed: <T>(value: T) => T,
): Pick<Handlers, 'credential:verify' | 'verification:many' | 'verification:stop' | 'verification:begin'> {
  const engine = () => context.services().engine;
  let stopping = new AbortController();
  context.onLeave(() => stopping.abort());

  const tell = (id: string, event: Told) => context.emit('verification:event', { id, event });

  function toldOf(outcome: VerifyOutcome | null): Told {
    if (outcome === null) return { kind: 'gone' };
    return 'fault' in outcome
      ? { kind: 'failed', fault: faultView(outcome.fault, context.services().texts) }
      : { kind: 'ended', report: reportView(outcome.report, engine()) };
  }

  return {
    'credential:verify': async ({ id }) => changed(reportView(await verify(engine(), id, { signIn: false }, silentRun(context)), engine())),
    'verification:many': async ({ ids }) => {
      stopping.abort();
      const { signal } = (stopping = new AbortController());
      const listener = {
        onBegin: (id: string) => tell(id, { kind: 'begun' }),
        onEnd: (id: string, outcome: VerifyOutcome | null) => changed(tell(id, toldOf(outcome))),
      };
      try {
        await verifyMany(engine(), ids, { run: silentRun(context), signal }, listener);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      return null;
    },
    'verification:stop': () => {
      stopping.abort();
      return Promise.resolve(null);
    },
    'verification:begin': ({ id }) => {
      engine().store.find(id);
      return Promise.resolve({ run: runs.begin((run) => verify(engine(), id, { signIn: true }, run)) });
    },
  };
}
