import { useCallback, useRef, useState } from 'react';
import type { FaultView, ReportView } from '../../../preload/contract.ts';
import { request, subscribe } from '../../bridge/bridge.ts';
import { outcomeOf } from './verification-outcome.ts';

/** A run of Verify over one or many credentials. */
export interface Verification {
  readonly ids: readonly string[];
  /** Being asked right now. */
  readonly running: ReadonlySet<string>;
  readonly proven: number;
  readonly untested: number;
  readonly bad: number;
  /** Of the last one that was verified. */
  readonly last: ReportView | null;
  readonly refused: readonly FaultView[];
  readonly ended: boolean;
  readonly cancelled: boolean;
}

export function useVerification() {
  const [verification, setVerification] = useState<Verification | null>(null);
  const cancelled = useRef(false);

  const begin = useCallback(async (ids: readonly string[]): Promise<Verification> => {
    cancelled.current = false;
    let state: Verification = {
      ids,
      running: new Set(),
      proven: 0,
      untested: 0,
      bad: 0,
      last: null,
      refused: [],
      ended: false,
      cancelled: false,
    };
    const step = (change: Partial<Verification>) => {
      state = { ...state, ...change };
      setVerification(state);
    };
    step({});
    const wanted = new Set(ids);
    let told = (): void => undefined;
    const unsubscribe = subscribe('verification:event', ({ id, event }) => {
      if (!wanted.has(id)) return;
      if (event.kind === 'begun') return step({ running: new Set([...state.running, id]) });
      const running = new Set([...state.running].filter((each) => each !== id));
      if (event.kind === 'failed') step({ running, refused: [...state.refused, event.fault] });
      else if (event.kind === 'gone') step({ running });
      else {
        const counted = outcomeOf(event.report);
        step({ running, last: event.report, [counted]: state[counted] + 1 });
      }
      return told();
    });
    const outcome = await request('verification:many', { ids: [...ids] });
    // It may overtake the last events.
    if (state.running.size > 0) await new Promise<void>((resolve) => (told = () => (state.running.size === 0 ? resolve() : undefined)));
    unsubscribe();
    step({ ended: true, cancelled: cancelled.current, ...(outcome.ok ? {} : { refused: [...state.refused, outcome.fault] }) });
    return state;
  }, []);

  /** What has been asked is awaited, nothing more is asked. */
  const cancel = useCallback(() => {
    cancelled.current = true;
    void request('verification:stop', null);
  }, []);
  const forget = useCallback(() => setVerification(null), []);
  return { verification, begin, cancel, forget };
}
