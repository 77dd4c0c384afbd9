import { useCallback, useRef, useState } from 'react';
import type { FaultView, ReportView } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
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

/** So many at once: one slow tenant delays none of the others, and Microsoft is not flooded. */
const atOnce = 4;

export function useVerification() {
  const [verification, setVerification] = useState<Verification | null>(null);
  const cancelled = useRef(false);

  const begin = useCallback(async (ids: readonly string[]): Promise<Verification> => {
    cancelled.current = false;
    const waiting = [...ids];
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
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined && !cancelled.current; id = waiting.shift()) {
        const mine = id;
        step({ running: new Set([...state.running, mine]) });
        const outcome = await request('credential:verify', { id: mine });
        const running = new Set([...state.running].filter((each) => each !== mine));
        if (!outcome.ok) step({ running, refused: [...state.refused, outcome.fault] });
        else {
          const counted = outcomeOf(outcome.value);
          step({ running, last: outcome.value, [counted]: state[counted] + 1 });
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, ids.length) }, work));
    step({ ended: true, cancelled: cancelled.current });
    return state;
  }, []);

  /** What has been asked is awaited, nothing more is asked. */
  const cancel = useCallback(() => {
    cancelled.current = true;
  }, []);
  const forget = useCallback(() => setVerification(null), []);
  return { verification, begin, cancel, forget };
}
