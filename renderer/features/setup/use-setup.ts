import type { CredentialRow } from '../../../preload/contract.ts';
import { useEffect, useEffectEvent, useReducer } from 'react';
import { useAnnounce } from '../../app/announce.tsx';
import { request, subscribe } from '../../app/bridge.ts';
import { useTexts } from '../../app/texts.tsx';
import { beginSetup, publishing, runOf, setupReducer, type Intent, type SetupState } from './setup-state.ts';

/** What the pages of the set-up may do. */
export interface SetupActions {
  readonly begin: (intent: Intent) => void;
  readonly copyAddress: () => void;
  /** Ends the wait for the browser: a code is typed on any device instead. */
  readonly useCode: () => void;
  readonly cancel: () => void;
  readonly tick: (id: string, on: boolean) => void;
  readonly apply: () => void;
  /** Ends a plan that is not to be applied; nothing was written. */
  readonly decline: () => void;
  readonly toSignIn: () => void;
  readonly verify: () => void;
  readonly openConsent: () => void;
  readonly toProof: () => void;
  readonly toSheet: () => void;
  readonly chooseCertificate: () => void;
  readonly dropChosen: () => void;
  readonly publish: () => void;
  readonly useServersCertificate: () => void;
  readonly confirmHandover: () => void;
  readonly finish: () => void;
}

/** What is being done is also said; headings say the rest when they take the focus. */
function useSpokenProgress({ stage }: SetupState): void {
  const announce = useAnnounce();
  const lines = stage.at === 'signing-in' || stage.at === 'applying' ? stage.lines : [];
  const text = lines.at(-1)?.text ?? null;
  useEffect(() => {
    if (text !== null) announce(text);
  }, [text, announce]);
}

/** One set-up from the sign-in to the handover: state, and the requests that move it. */
export function useSetup(intent: Intent): readonly [SetupState, SetupActions] {
  const [state, dispatch] = useReducer(setupReducer, intent, beginSetup);
  const { stage } = state;
  const run = runOf(stage);
  const announce = useAnnounce();
  const { t } = useTexts();
  useEffect(() => subscribe('setup:event', (event) => dispatch({ type: 'event', ...event })), []);
  useSpokenProgress(state);

  // Whoever closes the window's dialog in the middle does not leave a browser waiting.
  const abandon = useEffectEvent(() => {
    if (run === null) return;
    void (stage.at === 'plan' ? request('setup:decide', { run, apply: false, accepted: [] }) : request('setup:cancel', { run }));
  });
  useEffect(() => () => abandon(), []);

  async function begin(next: Intent): Promise<void> {
    dispatch({ type: 'begin', intent: next });
    const outcome = await request('setup:begin', next);
    dispatch(outcome.ok ? { type: 'begun', run: outcome.value.run } : { type: 'refused', fault: outcome.fault });
  }

  async function decide(accepted: readonly string[]): Promise<void> {
    if (run === null || stage.at !== 'plan') return;
    dispatch({ type: 'apply' });
    const outcome = await request('setup:decide', { run, apply: true, hash: stage.preview.hash, accepted: [...accepted] });
    if (!outcome.ok) dispatch({ type: 'failed', fault: outcome.fault });
  }

  async function cancel(): Promise<void> {
    dispatch({ type: 'cancel' });
    if (run !== null) await request('setup:cancel', { run });
  }

  async function copyAddress(): Promise<void> {
    if (run === null) return;
    const outcome = await request('setup:copy-address', { run });
    announce(outcome.ok ? t('setup.sign-in.copied') : outcome.fault.message);
  }

  async function useCode(): Promise<void> {
    if (run === null) return;
    dispatch({ type: 'use-code' });
    const outcome = await request('setup:use-code', { run });
    if (!outcome.ok) announce(outcome.fault.message);
  }

  async function verify(id: string): Promise<void> {
    dispatch({ type: 'verify' });
    const outcome = await request('credential:verify', { id });
    dispatch(outcome.ok ? { type: 'verified', report: outcome.value } : { type: 'failed', fault: outcome.fault });
  }

  async function openConsent(id: string): Promise<void> {
    const outcome = await request('portal:open', { id, page: 'consent' });
    if (!outcome.ok) dispatch({ type: 'failed', fault: outcome.fault });
  }

  async function chooseCertificate(): Promise<void> {
    const outcome = await request('certificate:choose', null);
    if (!outcome.ok) dispatch({ type: 'failed', fault: outcome.fault });
    else if (outcome.value !== null) dispatch({ type: 'chosen', chosen: outcome.value });
  }

  async function confirmHandover({ id, certificate }: CredentialRow): Promise<void> {
    const outcome = await request('handover:confirm', { id, thumbprint: certificate?.thumbprint ?? '' });
    if (!outcome.ok) return dispatch({ type: 'failed', fault: outcome.fault });
    announce(t('setup.sheet.confirmed'));
    return dispatch({ type: 'handed-over', credential: outcome.value });
  }

  const beginAtOnce = useEffectEvent(() => {
    if (stage.at === 'signing-in' && stage.run === null) void begin(intent);
  });
  useEffect(() => beginAtOnce(), []);

  const credential = 'report' in stage ? stage.report.credential : null;
  const id = credential?.id ?? null;
  const actions: SetupActions = {
    begin: (next) => void begin(next),
    copyAddress: () => void copyAddress(),
    useCode: () => void useCode(),
    cancel: () => void cancel(),
    tick: (finding, on) => dispatch({ type: 'ticked', id: finding, on }),
    apply: () => void decide(stage.at === 'plan' ? stage.accepted : []),
    decline: () => {
      if (run !== null) void request('setup:decide', { run, apply: false, accepted: [] });
    },
    toSignIn: () => dispatch({ type: 'to-sign-in' }),
    verify: () => id !== null && void verify(id),
    openConsent: () => id !== null && void openConsent(id),
    toProof: () => dispatch({ type: 'to-proof' }),
    toSheet: () => dispatch({ type: 'to-sheet' }),
    chooseCertificate: () => void chooseCertificate(),
    dropChosen: () => dispatch({ type: 'chosen', chosen: null }),
    publish: () => stage.at === 'sheet' && stage.chosen !== null && void begin(publishing(state.intent, stage.chosen)),
    useServersCertificate: () => dispatch({ type: 'use-servers-certificate' }),
    confirmHandover: () => credential !== null && void confirmHandover(credential),
    finish: () => dispatch({ type: 'finish' }),
  };
  return [state, actions];
}
