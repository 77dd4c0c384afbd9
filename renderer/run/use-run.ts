import { useEffect, useEffectEvent, useReducer } from 'react';
import type { Outcome } from '../../preload/contract.ts';
import { useAnnounce } from '../parts/announce.tsx';
import { request, subscribe } from '../bridge/bridge.ts';
import { useTexts } from '../bridge/texts.tsx';
import { useSpokenProgress } from './use-spoken-progress.ts';
import { newRun, runReducer, runStage, type RunState } from './run-state.ts';

const noLines: RunState['lines'] = [];

/** What the person may do with a run. */
export interface RunActions {
  /** Also once more, after it failed. */
  readonly begin: () => void;
  readonly copyAddress: () => void;
  readonly useCode: () => void;
  /** Says yes to the plan. */
  readonly agree: () => void;
  /** Gives a certificate that main keeps, where one is wanted. */
  readonly giveCertificate: (certificate: string) => void;
  readonly cancel: () => void;
}

/** One run of the main process: what happens in it, and what is asked of it. Left in the middle, it is cancelled. */
export function useRun(start: () => Promise<Outcome<{ run: string }>>): readonly [RunState, RunActions] {
  const [state, dispatch] = useReducer(runReducer, newRun);
  const { run } = state;
  const announce = useAnnounce();
  const { t } = useTexts();
  useEffect(() => subscribe('run:event', (event) => dispatch({ type: 'event', ...event })), []);

  async function begin(): Promise<void> {
    dispatch({ type: 'begin' });
    const outcome = await start();
    dispatch(outcome.ok ? { type: 'begun', run: outcome.value.run } : { type: 'failed', fault: outcome.fault });
  }

  const stage = runStage(state);
  useSpokenProgress(stage === 'sign-in' || stage === 'work' ? state.lines : noLines);

  const abandon = useEffectEvent(() => {
    if (run !== null && stage !== 'done' && stage !== 'failed') void request('run:cancel', { run });
  });
  useEffect(() => () => abandon(), []);

  async function tell(asked: Promise<Outcome<null>>, told?: string): Promise<void> {
    const outcome = await asked;
    if (!outcome.ok) announce(outcome.fault.message);
    else if (told !== undefined) announce(told);
  }

  const actions: RunActions = {
    begin: () => void begin(),
    copyAddress: () => {
      if (run !== null) void tell(request('run:copy-address', { run }), t('setup.sign-in.copied'));
    },
    useCode: () => {
      dispatch({ type: 'use-code' });
      if (run !== null) void tell(request('run:use-code', { run }));
    },
    agree: () => {
      dispatch({ type: 'decided' });
      if (run !== null && state.preview !== null)
        void tell(request('run:decide', { run, apply: true, hash: state.preview.hash, accepted: [] }));
    },
    giveCertificate: (certificate) => {
      dispatch({ type: 'certificate-given' });
      if (run !== null) void tell(request('rotation:certificate', { run, certificate }));
    },
    cancel: () => {
      dispatch({ type: 'cancel' });
      if (run !== null) void tell(request('run:cancel', { run }));
    },
  };
  return [state, actions];
}
