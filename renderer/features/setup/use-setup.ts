import type { CredentialRow, Outcome } from '../../../preload/contract.ts';
import { useEffect, useEffectEvent, useReducer } from 'react';
import { useAnnounce } from '../../parts/announce.tsx';
import { request, subscribe } from '../../bridge/bridge.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useSpokenProgress, type Line } from '../../run/index.ts';
import { hasEnded, publishing, runOf, setupReducer, type Intent, type KeptCertificate, type SetupState } from './setup-state.ts';

/** What the pages of the set-up may do. */
export interface SetupActions {
  readonly begin: (intent: Intent) => void;
  readonly copyAddress: () => void;
  /** Ends the wait for the browser: a code is typed on any device instead. */
  readonly useCode: () => void;
  readonly cancel: () => void;
  readonly tick: (id: string, on: boolean) => void;
  /** Has the plan made anew for another permission profile; `before`: the one to come back to. */
  readonly instead: (profile: string, before: string | undefined) => void;
  readonly apply: () => void;
  /** Ends a plan that is not to be applied; nothing was written. */
  readonly decline: () => void;
  readonly toSignIn: () => void;
  readonly verify: () => void;
  readonly openConsent: () => void;
  /** Puts its address on the clipboard, for whoever may consent there. */
  readonly copyConsent: () => void;
  readonly toSheet: () => void;
  /** Publishes the server's certificate: in the session that is open, else somebody signs in first. */
  readonly giveCertificate: (chosen: KeptCertificate) => void;
  readonly useServersCertificate: () => void;
  /** The credential as its server's own word leaves it. */
  readonly serverSaid: (credential: CredentialRow) => void;
  readonly markStep: (step: string, done: boolean) => void;
  readonly confirmHandover: () => void;
  /** Signs out, and takes back what the session has added to the consent of the client that signs in. */
  readonly removeConsent: () => void;
}

const noLines: readonly Line[] = [];

/** One set-up from the sign-in to the handover: state, and the requests that move it. */
export function useSetup(begun: SetupState): readonly [SetupState, SetupActions] {
  const [state, dispatch] = useReducer(setupReducer, begun);
  const { stage } = state;
  const run = runOf(stage);
  const announce = useAnnounce();
  const { t } = useTexts();
  useEffect(() => subscribe('run:event', (event) => dispatch({ type: 'event', ...event })), []);
  useSpokenProgress('lines' in stage && stage.at !== 'plan' ? stage.lines : noLines);

  // Whoever closes the window's dialog in the middle does not leave a browser waiting, nor anybody signed in.
  const abandon = useEffectEvent(() => {
    if (run === null) return;
    if (stage.at === 'plan') void request('run:decide', { run, apply: false, accepted: [] });
    else void request(hasEnded(stage) ? 'setup:leave' : 'run:cancel', { run });
  });
  useEffect(() => () => abandon(), []);

  async function begin(next: Intent): Promise<void> {
    dispatch({ type: 'begin', intent: next });
    const outcome = await request('setup:begin', { draft: next.draft, certificate: next.certificate });
    dispatch(outcome.ok ? { type: 'begun', run: outcome.value.run } : { type: 'refused', fault: outcome.fault });
  }

  async function decide(accepted: readonly string[]): Promise<void> {
    if (run === null || stage.at !== 'plan') return;
    dispatch({ type: 'apply' });
    const outcome = await request('run:decide', { run, apply: true, hash: stage.preview.hash, accepted: [...accepted] });
    if (!outcome.ok) dispatch({ type: 'failed', fault: outcome.fault });
  }

  async function instead(profile: string, before: string | undefined): Promise<void> {
    if (run === null || stage.at !== 'plan') return;
    dispatch({ type: 'instead', profile, before });
    const outcome = await request('run:decide', { run, apply: false, accepted: [], instead: profile });
    if (!outcome.ok) dispatch({ type: 'failed', fault: outcome.fault });
  }

  async function cancel(): Promise<void> {
    dispatch({ type: 'cancel' });
    if (run !== null) await request('run:cancel', { run });
  }

  async function copyAddress(): Promise<void> {
    if (run === null) return;
    const outcome = await request('run:copy-address', { run });
    announce(outcome.ok ? t('setup.sign-in.copied') : outcome.fault.message);
  }

  async function useCode(): Promise<void> {
    if (run === null) return;
    dispatch({ type: 'use-code' });
    const outcome = await request('run:use-code', { run });
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

  async function copyConsent(id: string): Promise<void> {
    const outcome = await request('portal:copy-consent', { id });
    if (outcome.ok) announce(t('details.portal.consent-copied'));
    else dispatch({ type: 'failed', fault: outcome.fault });
  }

  async function publish(chosen: KeptCertificate): Promise<void> {
    if (run === null) return begin(publishing(state.intent, chosen));
    dispatch({ type: 'publishing', chosen });
    const outcome = await request('setup:publish', { run, certificate: chosen.certificate });
    if (!outcome.ok) dispatch({ type: 'failed', fault: outcome.fault });
    return undefined;
  }

  async function changed(asked: Promise<Outcome<CredentialRow>>, told: string | null): Promise<void> {
    const outcome = await asked;
    if (!outcome.ok) return dispatch({ type: 'failed', fault: outcome.fault });
    if (told !== null) announce(told);
    return dispatch({ type: 'changed', credential: outcome.value });
  }

  // The tick is there at once; what main answers takes its place, also where it could not be kept.
  async function mark(step: string, done: boolean): Promise<void> {
    if (credential === null) return;
    const { [step]: _before, ...others } = credential.sheet;
    const sheet = done ? { ...others, [step]: { by: 'person' as const, at: new Date().toISOString() } } : others;
    dispatch({ type: 'changed', credential: { ...credential, sheet } });
    const outcome = await request('sheet:mark', { id: credential.id, step, done });
    dispatch({ type: 'changed', credential: outcome.ok ? outcome.value : credential });
    if (!outcome.ok) dispatch({ type: 'failed', fault: outcome.fault });
  }

  const beginAtOnce = useEffectEvent(() => {
    if (stage.at === 'signing-in' && stage.run === null) void begin(state.intent);
  });
  useEffect(() => beginAtOnce(), []);

  const credential = hasEnded(stage) ? stage.report.credential : null;
  const id = credential?.id ?? null;
  const { inServer: known } = credential ?? {};
  const wanted = known === undefined ? (state.intent.holder ?? null) : null;
  // As soon as it is stored, the server that holds it is kept with it.
  const keepHolder = useEffectEvent(() => {
    if (id !== null && wanted !== null)
      void changed(request('server:link', { credential: id, server: wanted.id, instance: wanted.instance }), null);
  });
  useEffect(() => keepHolder(), [id]);
  const actions: SetupActions = {
    begin: (next) => void begin(next),
    copyAddress: () => void copyAddress(),
    useCode: () => void useCode(),
    cancel: () => void cancel(),
    tick: (finding, on) => dispatch({ type: 'ticked', id: finding, on }),
    instead: (profile, before) => void instead(profile, before),
    apply: () => void decide(stage.at === 'plan' ? stage.accepted : []),
    decline: () => {
      if (run !== null) void request('run:decide', { run, apply: false, accepted: [] });
    },
    toSignIn: () => dispatch({ type: 'to-sign-in' }),
    verify: () => id !== null && void verify(id),
    openConsent: () => id !== null && void openConsent(id),
    copyConsent: () => id !== null && void copyConsent(id),
    toSheet: () => dispatch({ type: 'to-sheet' }),
    giveCertificate: (chosen) => void publish(chosen),
    useServersCertificate: () => dispatch({ type: 'use-servers-certificate' }),
    serverSaid: (said) => {
      if (credential === null) return;
      // The other custody is chosen here before it is stored.
      const { custody, certificate } = credential;
      dispatch({ type: 'changed', credential: said.custody === custody ? said : { ...said, custody, certificate } });
    },
    markStep: (step, done) => void mark(step, done),
    removeConsent: () => {
      if (run === null) return;
      dispatch({ type: 'leaving' });
      void request('setup:leave', { run, removeConsent: true });
    },
    confirmHandover: () =>
      id !== null &&
      void changed(request('handover:confirm', { id, thumbprint: credential?.certificate?.thumbprint ?? '' }), t('setup.sheet.confirmed')),
  };
  return [state, actions];
}
