import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Channel, EventName, FaultView, Input, Outcome, Output } from '../../preload/contract.ts';
import type { Ahead } from './asked-ahead.ts';
import { request, subscribe } from './bridge.ts';

interface Known<T> {
  readonly value: T | null;
  readonly fault: FaultView | null;
  readonly loading: boolean;
}

/** What a page shows of something it asked for. An old value stays while a new one is on its way. */
export interface Answer<T> extends Known<T> {
  readonly reload: () => void;
}

/** What is known after an answer: a fault takes nothing away. */
const known = <T>(was: T | null, outcome: Outcome<T>): Known<T> =>
  outcome.ok ? { value: outcome.value, fault: null, loading: false } : { value: was, fault: outcome.fault, loading: false };

/**
 * Asks when shown, when the input changes and after each of `events`; requests never overlap, so the last answer is the
 * newest. What was asked ahead is not asked again, unless something has changed since.
 */
export function useAnswer<C extends Channel>(
  channel: C,
  input: Input<C>,
  events: readonly EventName[] = [],
  ahead?: Ahead<Output<C>>,
): Answer<Output<C>> {
  const [asked] = useState(() => ahead?.take() ?? null);
  const unused = useRef(asked);
  const [state, setState] = useState<Known<Output<C>>>(() => {
    const outcome = asked?.outcome ?? null;
    return outcome === null ? { value: null, fault: null, loading: true } : known(null, outcome);
  });
  const flight = useRef({ busy: false, again: false, left: false });
  const key = JSON.stringify(input);

  const ask = useEffectEvent(async (first?: Promise<Outcome<Output<C>>>) => {
    const now = flight.current;
    now.again = true;
    if (now.busy) return;
    now.busy = true;
    let begun = first;
    while (now.again) {
      now.again = false;
      const outcome = await (begun ?? request(channel, input));
      begun = undefined;
      if (now.left) break;
      setState((was) => known(was.value, outcome));
    }
    now.busy = false;
  });

  const [times, setTimes] = useState(0);
  const reload = useCallback(() => setTimes((count) => count + 1), []);
  const names = events.join();

  useEffect(() => {
    flight.current = { busy: false, again: false, left: false };
    const mine = flight.current;
    const { current: before } = unused;
    unused.current = null;
    if (before === null || before.leave()) void ask();
    else if (before.outcome === null) void ask(before.answered);
    return () => {
      mine.left = true;
    };
  }, [channel, key, times]);

  useEffect(() => {
    const leave = events.map((event) => subscribe(event, () => void ask()));
    return () => leave.forEach((off) => off());
  }, [names]);

  return { ...state, reload };
}

/** Something the person asked to be done, and the fault to show if it was not. */
export interface Command {
  readonly attempt: <C extends Channel>(channel: C, input: Input<C>) => Promise<Outcome<Output<C>>>;
  /** The value alone; null after a fault. For channels that do not answer null themselves. */
  readonly run: <C extends Channel>(channel: C, input: Input<C>) => Promise<Output<C> | null>;
  readonly fault: FaultView | null;
  readonly busy: boolean;
  readonly clear: () => void;
}

/** Runs requests one at a time and keeps the last fault until the next run or `clear`. */
export function useCommand(): Command {
  const [state, setState] = useState<{ busy: boolean; fault: FaultView | null }>({ busy: false, fault: null });
  const attempt = useCallback<Command['attempt']>(async (channel, input) => {
    setState({ busy: true, fault: null });
    const outcome = await request(channel, input);
    setState({ busy: false, fault: outcome.ok ? null : outcome.fault });
    return outcome;
  }, []);
  const run = useCallback<Command['run']>(
    async (channel, input) => {
      const outcome = await attempt(channel, input);
      return outcome.ok ? outcome.value : null;
    },
    [attempt],
  );
  const clear = useCallback(() => setState({ busy: false, fault: null }), []);
  return { ...state, attempt, run, clear };
}
