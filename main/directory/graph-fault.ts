import { Fault, type FaultCode } from '../faults.ts';
import type { GraphFailure, GraphFailureKind } from './directory.ts';

export interface GraphFaultContext {
  /** What was being done: a change, a guide step, or a verb. */
  readonly step: string;
}

function policyCode({ code, details, message }: GraphFailure): FaultCode {
  const said = [code, message, ...details.flatMap((detail) => [detail.code, detail.message])].join(' ');
  if (/lifetime/i.test(said)) return 'registration.policy-lifetime';
  return /certificate ?authorit|trusted/i.test(said) ? 'registration.policy-authority' : 'registration.policy-refused';
}

const codes: Readonly<Record<GraphFailureKind, FaultCode>> = {
  'not-found': 'registration.application-missing',
  'not-replicated': 'registration.not-yet-replicated',
  'already-there': 'registration.interfered',
  forbidden: 'registration.not-permitted',
  policy: 'registration.policy-refused',
  'expired-key-refused': 'registration.foreign-key-refused',
  invalid: 'service.refused',
  unauthenticated: 'sign-in.expired',
  throttled: 'service.throttled',
  uncertain: 'service.failed',
  'not-graph': 'service.proxy-answered',
};

function codeOf(failure: GraphFailure): FaultCode {
  if (failure.code === 'Directory_QuotaExceeded') return 'registration.quota-exceeded';
  if (failure.kind === 'policy') return policyCode(failure);
  if (failure.kind === 'uncertain' && failure.status === 0) return 'service.unreachable';
  return codes[failure.kind];
}

/** The fault that a Graph failure is for the person, with Microsoft's own sentence as `detail`. */
export function graphFault(failure: GraphFailure, { step }: GraphFaultContext): Fault {
  if (failure.cause instanceof Fault) return failure.cause;
  const detail = failure.details.find(({ message }) => message !== '')?.message ?? failure.message;
  return new Fault(codeOf(failure), {
    params: { step, code: failure.code, number: failure.code, status: failure.status, detail, host: 'Microsoft Graph' },
    cause: failure,
    ...(failure.requestId === '' ? {} : { correlationId: failure.requestId }),
  });
}
