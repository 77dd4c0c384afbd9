import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './actor.ts';
import type { Outcome, VerbInput, VerbName } from './verbs.ts';

export type ActorCommand =
  | { readonly order: 'go to'; readonly place: Place; readonly name: string }
  | { readonly order: 'do'; readonly verb: VerbName; readonly input: VerbInput }
  | { readonly order: 'leave' };

/** An actor in a process of its own, which can be ended or stopped at any moment. */
export interface ActorProcess {
  readonly goTo: (place: Place, name: string) => Promise<void>;
  /** Null where the process was ended before it was done. */
  readonly perform: (verb: VerbName, input?: VerbInput) => Promise<Outcome | null>;
  /** Ends the process at once, as a power failure does; the next order starts another. */
  readonly kill: () => void;
  /** Stops it where it is, as standby does, until `wake`. */
  readonly suspend: () => void;
  readonly wake: () => void;
  readonly leave: () => Promise<void>;
  readonly end: () => Promise<void>;
}

export function actorProcess(): ActorProcess {
  let child: ChildProcess | null = null;
  const running = (): ChildProcess =>
    (child ??= fork(join(import.meta.dirname, 'programs', 'actor.ts'), [], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [],
      // Node's own, so that every start after the first is quick.
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'tenant-keyring-test-compiled') },
    }));
  const ask = async (command: ActorCommand): Promise<Outcome | null> => {
    const asked = running();
    const ended = new AbortController();
    const { signal } = ended;
    const answer = once(asked, 'message', { signal }).then(([outcome]) => outcome as Outcome);
    const exit = once(asked, 'exit', { signal }).then(() => null);
    asked.send(command);
    const outcome = await Promise.race([answer, exit]).finally(() => ended.abort());
    await Promise.allSettled([answer, exit]);
    return outcome;
  };
  const must = async (command: ActorCommand) => {
    const outcome = await ask(command);
    if (outcome === null || outcome.fault !== null) throw new Error(`${command.order}: ${outcome?.bug ?? outcome?.fault ?? 'ended'}`);
  };
  const signalled = (signal: NodeJS.Signals) => {
    if (child?.pid !== undefined) process.kill(child.pid, signal);
  };
  return {
    goTo: (place, name) => must({ order: 'go to', place, name }),
    perform: (verb, input = {}) => ask({ order: 'do', verb, input }),
    kill: () => {
      signalled('SIGKILL');
      child = null;
    },
    suspend: () => signalled('SIGSTOP'),
    wake: () => signalled('SIGCONT'),
    leave: async () => {
      if (child !== null) await must({ order: 'leave' });
    },
    end: async () => {
      if (child === null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      child = null;
      await exit;
    },
  };
}
