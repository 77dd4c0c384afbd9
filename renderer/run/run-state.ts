import type { FaultView, ReportView, SetupEvent } from '../../preload/contract.ts';
import { withLine, type Preview, type RunEvent } from './lines.ts';
import type { SignInProgress } from './sign-in-card.tsx';

/** A run of the main process that signs somebody in, from its beginning to its end: sign-in, plan, work. */
export interface RunState extends SignInProgress {
  /** Main has taken it on, now or at an earlier attempt: what was asked for was in order. */
  readonly named: boolean;
  /** Events that came before main's answer with the name of the run. */
  readonly early: readonly RunEvent[];
  readonly cancelling: boolean;
  /** What would be done; null until it is known. */
  readonly preview: Preview | null;
  /** Somebody is signed in and a certificate of the server's is waited for. */
  readonly certificateWanted: boolean;
  readonly decided: boolean;
  readonly report: ReportView | null;
  /** It has ended, and was about no credential. */
  readonly over: boolean;
  readonly fault: FaultView | null;
}

export type RunAction =
  | { readonly type: 'begin' }
  | { readonly type: 'begun'; readonly run: string }
  | ({ readonly type: 'event' } & RunEvent)
  | { readonly type: 'use-code' }
  | { readonly type: 'decided' }
  | { readonly type: 'certificate-given' }
  | { readonly type: 'cancel' }
  | { readonly type: 'failed'; readonly fault: FaultView };

export const newRun: RunState = {
  named: false,
  run: null,
  early: [],
  account: null,
  lines: [],
  codeAsked: false,
  code: null,
  cancelling: false,
  preview: null,
  certificateWanted: false,
  decided: false,
  report: null,
  over: false,
  fault: null,
};

function withEvent(state: RunState, event: SetupEvent): RunState {
  switch (event.kind) {
    case 'line': {
      const { kind: _kind, ...line } = event;
      const used = line.outcome === 'done' || line.outcome === 'refused';
      return { ...state, code: used ? null : state.code, lines: withLine(state.lines, line) };
    }
    case 'code':
      return { ...state, code: { userCode: event.userCode, address: event.address, expiresAt: event.expiresAt } };
    case 'signed-in':
      return { ...state, code: null, account: { username: event.username, tenantId: event.tenantId, mayConsent: event.mayConsent } };
    case 'certificate-wanted':
      return { ...state, code: null, certificateWanted: true };
    case 'preview': {
      const { tenant, username, mayConsent, plan, findings, hash } = event;
      // A plan that was made anew is asked for again.
      return { ...state, code: null, decided: false, preview: { tenant, username, mayConsent, plan, findings, hash } };
    }
    case 'stays':
    case 'ended':
      return { ...state, report: event.report };
    case 'over':
      return { ...state, over: true };
    case 'failed':
      return { ...state, fault: event.fault };
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** One run as a pure function: what is known of it, and what just happened. */
export function runReducer(state: RunState, action: RunAction): RunState {
  switch (action.type) {
    case 'begin':
      return { ...newRun, named: state.named };
    case 'begun':
      return state.early.reduce<RunState>((each, { run, event }) => (run === action.run ? withEvent(each, event) : each), {
        ...state,
        named: true,
        run: action.run,
        early: [],
      });
    case 'event': {
      const { run, event } = action;
      if (state.run === null) return { ...state, early: [...state.early, { run, event }] };
      return run === state.run ? withEvent(state, event) : state;
    }
    case 'use-code':
      return { ...state, codeAsked: true };
    case 'certificate-given':
      return { ...state, certificateWanted: false };
    case 'decided':
      return { ...state, decided: true, cancelling: false };
    case 'cancel':
      return { ...state, cancelling: true };
    case 'failed':
      return { ...state, fault: action.fault };
    default: {
      const never: never = action;
      return never;
    }
  }
}

/** What the person sees of it now. */
export function runStage({
  fault,
  report,
  over,
  preview,
  certificateWanted,
  decided,
}: RunState): 'sign-in' | 'certificate' | 'plan' | 'work' | 'failed' | 'done' {
  if (fault !== null) return 'failed';
  if (report !== null || over) return 'done';
  if (decided) return 'work';
  if (certificateWanted) return 'certificate';
  return preview === null ? 'sign-in' : 'plan';
}
