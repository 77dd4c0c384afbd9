import { draftOf } from './row-draft.ts';
import type { ServerChoice } from '../asked-servers/index.ts';
import type { Draft, FaultView, ReportView, SetupEvent } from '../../../preload/contract.ts';
import {
  changesDone,
  doneIn,
  newRun,
  runReducer,
  withLine,
  type Line,
  type Preview,
  type RunAction,
  type RunEvent,
  type RunState,
} from '../../run/index.ts';

export type KeptCertificate = { readonly certificate: string; readonly facts: NonNullable<ReportView['credential']['certificate']> };

/** What is to be set up; the tenant may be named on the first page. */
export interface Intent {
  readonly draft: Draft;
  /** Name of a certificate that main keeps. */
  readonly certificate: string | null;
  /** The server that will hold it, to be kept with it as soon as it is stored. */
  readonly holder?: ServerChoice | null | undefined;
  /** The permission profile that was chosen before another one was taken on the plan. */
  readonly before?: string | undefined;
}

/** What a run has come to. `run` is null once its administrator is signed out, `signedIn` true where somebody has signed in for it. */
interface Ended {
  readonly report: ReportView;
  readonly run: string | null;
  readonly signedIn: boolean;
  readonly fault: FaultView | null;
  /** Scopes that the session has added to the consent of the client that signs in. */
  readonly added: readonly string[];
  /** They are being taken back, or were. */
  readonly consent: 'kept' | 'leaving' | 'removed';
}

/** A run that is under way, and what the set-up knows beside it. */
type Running = RunState &
  (
    | { readonly at: 'signing-in' }
    /** `done`: what an earlier plan did, where the rest of it was planned anew. */
    | {
        readonly at: 'plan';
        readonly run: string;
        readonly preview: Preview;
        readonly accepted: readonly string[];
        readonly done: readonly Line[];
      }
    | { readonly at: 'applying'; readonly run: string; readonly preview: Preview; readonly total: number }
  );

export type Stage =
  | { readonly at: 'tenant'; readonly cancelled: boolean; readonly fault: FaultView | null }
  | Running
  | { readonly at: 'failed'; readonly fault: FaultView; readonly lines: readonly Line[] }
  | (Ended & { readonly at: 'proof'; readonly verifying: boolean })
  /** `publishing`: the server's certificate, while it is published in the session that is open. */
  | (Ended & { readonly at: 'sheet'; readonly publishing: KeptCertificate | null; readonly lines: readonly Line[] });

export interface SetupState {
  readonly intent: Intent;
  readonly stage: Stage;
}

export type SetupAction =
  | { readonly type: 'begin'; readonly intent: Intent }
  | { readonly type: 'begun'; readonly run: string }
  | { readonly type: 'refused'; readonly fault: FaultView }
  | ({ readonly type: 'event' } & RunEvent)
  | { readonly type: 'ticked'; readonly id: string; readonly on: boolean }
  /** The plan is made anew for this permission profile, while the administrator stays signed in. */
  | { readonly type: 'instead'; readonly profile: string; readonly before: string | undefined }
  | { readonly type: 'apply' }
  | { readonly type: 'cancel' }
  | { readonly type: 'use-code' }
  | { readonly type: 'to-sign-in' }
  | { readonly type: 'verify' }
  | { readonly type: 'verified'; readonly report: ReportView }
  | { readonly type: 'to-sheet' }
  /** Given to the session that is open. */
  | { readonly type: 'publishing'; readonly chosen: KeptCertificate }
  /** The session ends by taking back what it has added to the consent. */
  | { readonly type: 'leaving' }
  | { readonly type: 'use-servers-certificate' }
  | { readonly type: 'changed'; readonly credential: ReportView['credential'] }
  | { readonly type: 'failed'; readonly fault: FaultView };

const tenantStage: Stage = { at: 'tenant', cancelled: false, fault: null };
const beginning: Running = { ...newRun, at: 'signing-in' };

/** Where the dialog has said whose tenant it is, nobody asks again: the sign-in begins at once. */
export const beginSetup = (intent: Intent): SetupState => ({ intent, stage: intent.draft.tenant.trim() === '' ? tenantStage : beginning });

/** The sheet of a credential that was set up earlier; nobody signs in for it. */
export const beginSheet = (report: ReportView): SetupState => ({
  intent: { draft: draftOf(report.credential), certificate: null },
  stage: { at: 'sheet', report, run: null, signedIn: false, fault: null, added: [], consent: 'kept', publishing: null, lines: [] },
});

/** The set-up that publishes the certificate that was chosen on the sheet. */
export const publishing = ({ draft, holder }: Intent, { certificate }: KeptCertificate): Intent => ({
  draft: { ...draft, custody: 'external' },
  certificate,
  holder,
});

const isRunning = (stage: Stage): stage is Running => stage.at === 'signing-in' || stage.at === 'plan' || stage.at === 'applying';

/** It has come to a report, which stays whatever follows. */
export const hasEnded = (stage: Stage): stage is Extract<Stage, Ended> => stage.at === 'proof' || stage.at === 'sheet';

/** The run whose events count now. */
export const runOf = (stage: Stage): string | null => ('run' in stage ? stage.run : null);

function failed(stage: Stage, fault: FaultView): Stage {
  if (stage.at === 'signing-in') {
    return stage.cancelling ? { at: 'tenant', cancelled: true, fault: null } : { at: 'failed', fault, lines: [] };
  }
  if (stage.at === 'applying') return { at: 'failed', fault, lines: doneIn(stage.lines) };
  // What was done before stands, and the sheet is still there.
  if (stage.at === 'sheet') return { ...stage, run: null, publishing: null, fault };
  if (stage.at === 'proof') return { ...stage, run: null };
  if (stage.at === 'plan') return { at: 'failed', fault, lines: stage.done };
  return stage;
}

/** The report's credential is stored: whatever follows belongs to it. */
function intentOf({ credential }: ReportView, { draft, holder }: Intent): Intent {
  return {
    draft: { ...draft, id: credential.id, clientId: credential.clientId ?? '', tenant: credential.tenantId, custody: credential.custody },
    certificate: null,
    holder,
  };
}

/** Of these somebody has to look at the proof first. */
const toBeSeen: readonly string[] = ['needs-attention', 'waiting-consent', 'waiting-replication'];

/** With the server's own key nothing can be proven from here, so that the sheet follows at once. */
function endOf(
  stage: Stage,
  report: ReportView,
  session: { readonly run: string; readonly fault: FaultView | null; readonly added: readonly string[] } | null,
): Stage {
  const { run, fault, added } = session ?? { run: null, fault: null, added: [] };
  const leaving = hasEnded(stage) && stage.consent === 'leaving';
  const ended = { report, run, signedIn: true, fault, added, consent: leaving && run === null ? ('removed' as const) : ('kept' as const) };
  if (stage.at === 'proof') return { ...stage, ...ended, fault: fault ?? stage.fault };
  if (stage.at === 'sheet')
    return { at: 'sheet', publishing: null, lines: [], ...ended, fault: fault ?? (run === null ? stage.fault : null) };
  const { custody, state } = report.credential;
  return custody === 'external' && !toBeSeen.includes(state)
    ? { at: 'sheet', publishing: null, lines: [], ...ended }
    : { at: 'proof', verifying: false, ...ended };
}

/** The run goes on as every run does; where it stands then. */
function goOn(stage: Running, action: RunAction): Stage {
  const next = runReducer(stage, action);
  const { run, preview, fault } = next;
  if (fault !== null) return failed(stage, fault);
  if (run === null || preview === null) return { ...next, at: 'signing-in' };
  if (stage.at === 'applying' && next.decided) return { ...next, at: 'applying', run, preview, total: stage.total };
  if (stage.at === 'plan' && stage.preview === preview) return { ...stage, ...next, run, preview };
  const done = stage.at === 'applying' ? doneIn(stage.lines) : [];
  return { ...next, at: 'plan', run, preview, accepted: [], done };
}

function withEvent({ intent, stage }: SetupState, run: string, event: SetupEvent): SetupState {
  switch (event.kind) {
    case 'stays':
      return { intent: intentOf(event.report, intent), stage: endOf(stage, event.report, { run, fault: event.fault, added: event.added }) };
    case 'ended':
      return { intent: intentOf(event.report, intent), stage: endOf(stage, event.report, null) };
    default:
  }
  if (isRunning(stage)) return { intent, stage: goOn(stage, { type: 'event', run, event }) };
  if (event.kind === 'failed') return { intent, stage: failed(stage, event.fault) };
  if (event.kind !== 'line' || stage.at !== 'sheet') return { intent, stage };
  const { kind: _kind, ...line } = event;
  return { intent, stage: { ...stage, lines: withLine(stage.lines, line) } };
}

/** The set-up of one credential, as a pure function: what is shown now, and what just happened. */
export function setupReducer(state: SetupState, action: SetupAction): SetupState {
  const { intent, stage } = state;
  const go = (next: Stage): SetupState => ({ intent, stage: next });
  switch (action.type) {
    case 'begin':
      return { intent: action.intent, stage: beginning };
    case 'begun': {
      if (stage.at !== 'signing-in' || stage.run !== null) return state;
      const begun = go(goOn({ ...stage, early: [] }, action));
      return stage.early.reduce((each, early) => setupReducer(each, { type: 'event', ...early }), begun);
    }
    case 'refused':
      return go({ at: 'tenant', cancelled: false, fault: action.fault });
    case 'event': {
      const { run, event } = action;
      if (stage.at === 'signing-in' && stage.run === null) return go(goOn(stage, action));
      return run === runOf(stage) ? withEvent(state, run, event) : state;
    }
    case 'ticked': {
      if (stage.at !== 'plan') return state;
      const others = stage.accepted.filter((id) => id !== action.id);
      return go({ ...stage, accepted: action.on ? [...others, action.id] : others });
    }
    case 'instead': {
      if (stage.at !== 'plan') return state;
      const { profile, before } = action;
      const { named, run, account, codeAsked } = stage;
      return {
        intent: { ...intent, draft: { ...intent.draft, profile }, before },
        stage: { ...beginning, named, run, account, codeAsked },
      };
    }
    case 'apply': {
      if (stage.at !== 'plan') return state;
      const { run, preview, accepted, done } = stage;
      const total = changesDone(done) + preview.plan.length + accepted.length;
      return go({ ...runReducer({ ...stage, lines: done }, { type: 'decided' }), at: 'applying', run, preview, total });
    }
    case 'cancel':
    case 'use-code':
      return isRunning(stage) ? go(goOn(stage, action)) : state;
    case 'to-sign-in':
      return go(tenantStage);
    case 'verify':
      return stage.at === 'proof' ? go({ ...stage, verifying: true, fault: null }) : state;
    case 'verified':
      return stage.at === 'proof' ? go({ ...stage, report: action.report, verifying: false }) : state;
    case 'to-sheet': {
      if (stage.at !== 'proof') return state;
      const { report, run, signedIn, added, consent } = stage;
      return go({ at: 'sheet', report, run, signedIn, added, consent, fault: null, publishing: null, lines: [] });
    }
    case 'publishing':
      return stage.at === 'sheet' ? go({ ...stage, publishing: action.chosen, fault: null, lines: [] }) : state;
    case 'leaving':
      return hasEnded(stage) ? go({ ...stage, consent: 'leaving', fault: null }) : state;
    case 'use-servers-certificate': {
      if (stage.at !== 'sheet') return state;
      const credential = { ...stage.report.credential, custody: 'external' as const, certificate: null };
      return {
        intent: { draft: { ...intent.draft, custody: 'external' }, certificate: null },
        stage: { ...stage, report: { ...stage.report, credential }, fault: null },
      };
    }
    case 'changed':
      return hasEnded(stage) ? go({ ...stage, report: { ...stage.report, credential: action.credential }, fault: null }) : state;
    case 'failed':
      if (stage.at === 'proof') return go({ ...stage, fault: action.fault, verifying: false });
      return stage.at === 'sheet'
        ? go({ ...stage, publishing: null, fault: action.fault })
        : go({ at: 'failed', fault: action.fault, lines: [] });
    default: {
      const never: never = action;
      return never;
    }
  }
}
