import { Fault, type FaultCode, type FaultParams } from '../faults.ts';
import type { GraphFailure, GraphFailureKind } from './directory.ts';

export interface GraphFaultContext {
  /** What was being done: a change, a guide step, or a verb. */
  readonly step: string;
  /** What else the text of the fault names, e.g. `clientId` and `tenant`. */
  readonly params?: FaultParams;
}

const codes: Readonly<Record<GraphFailureKind, FaultCode>> = {
  'not-found': 'registration.application-missing',
  'not-replicated': 'registration.not-yet-replicated',
  'already-there': 'registration.interfered',
  forbidden: 'registration.not-permitted',
  policy: 'registration.policy-refused', // lifetime and authority are told apart where the policy was read, before any write
  'expired-key-refused': 'registration.foreign-key-refused',
  invalid: 'service.refused',
  unauthenticated: 'sign-in.expired',
  throttled: 'service.throttled',
  uncertain: 'service.failed',
  'not-graph': 'service.proxy-answered',
};

/** Whether the request had no answer at all: dropped, timed out, or no way to Microsoft. */
export const isUnreachable = ({ kind, status }: GraphFailure): boolean => kind === 'uncertain' && status === 0;

const outages: ReadonlySet<GraphFailureKind> = new Set<GraphFailureKind>(['throttled', 'uncertain', 'not-graph']);

/** Whether Graph decided nothing about what was asked: unreachable, throttled, or an answer that is none. Never a failed check. */
export const isOutage = ({ kind }: GraphFailure): boolean => outages.has(kind);

function codeOf(failure: GraphFailure): FaultCode {
  if (failure.code === 'Directory_QuotaExceeded') return 'registration.quota-exceeded';
  if (isUnreachable(failure)) return 'service.unreachable';
  return codes[failure.kind];
}

/** The fault that a Graph failure is for the person, with Microsoft's own sentence as `detail`. */
export function graphFault(failure: GraphFailure, { step, params }: GraphFaultContext): Fault {
  if (failure.cause instanceof Fault) return failure.cause;
  const detail = failure.details.find(({ message }) => message !== '')?.message ?? failure.message;
  return new Fault(codeOf(failure), {
    params: { step, code: failure.code, number: failure.code, status: failure.status, detail, host: 'Microsoft Graph', ...params },
    cause: failure,
    ...(failure.requestId === '' ? {} : { correlationId: failure.requestId }),
  });
}
