import type { FaultCode } from '../faults.ts';
import type { EntraError } from './entra-error.ts';

/**
 * Numbers with which Entra says that it cannot answer now, whatever was asked ("Microsoft Entra authentication and
 * authorization error codes"). They come with status 400 too.
 */
const numbers: ReadonlyMap<string, FaultCode> = new Map([
  ['50196', 'service.throttled'],
  ['90055', 'service.throttled'],
  ['90006', 'service.failed'],
  ['90012', 'service.failed'],
  ['90024', 'service.failed'],
  ['90033', 'service.failed'],
]);

/** OAuth 2.0 error codes of the same meaning (RFC 6749 §4.1.2.1). */
const words: ReadonlySet<string> = new Set(['temporarily_unavailable', 'server_error']);

/** The number of a client that asks again and again: asking again is what it is refused for. */
const loopDetected = '50196';

/** The fault where Entra has not decided anything about what was asked; null where its answer is a refusal. */
export function outageOf({ error, number, status }: EntraError): FaultCode | null {
  if (status === 429) return 'service.throttled';
  return numbers.get(number) ?? (status >= 500 || words.has(error) ? 'service.failed' : null);
}

/** Whether the same request may be answered a little later. */
export const mayPass = ({ number }: EntraError): boolean => number !== loopDetected;
