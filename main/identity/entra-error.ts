import { ServerError, type AuthError } from '@azure/msal-node';
import { serviceText } from '../log/index.ts';

/** One refusal of Microsoft Entra in its own words. */
export interface EntraError {
  /** OAuth 2.0 error code (RFC 6749 §5.2), e.g. `invalid_grant`. */
  readonly error: string;
  /** AADSTS number without the letters, empty where there is none. */
  readonly number: string;
  /** Microsoft's sentence without number, trace id, correlation id and time. */
  readonly detail: string;
  readonly correlationId: string;
  readonly status: number;
  /** JSON of the claims that a policy asks for; empty where a further sign-in would not help. */
  readonly claims: string;
}

/** Entra's suberror where another sign-in would end the same way ("Handle errors and exceptions in MSAL"). */
export const messageOnly = 'message_only';

const numberIn = (text: string): string => /AADSTS(\d+)/.exec(text)?.[1] ?? '';
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Takes Microsoft's sentence, without what may be secret in it, out of a description such as `AADSTS700016: Application … Trace ID: … Timestamp: …`. */
export function sentenceOf(description: string): string {
  const start = description.replace(/^[\s\S]*?AADSTS\d+:\s*/, '');
  const sentence = start.replace(/\s*(?:\b(?:Trace ID|Correlation ID|Timestamp)\b:?)[\s\S]*$/i, '');
  return serviceText(sentence).replaceAll(/\s+/g, ' ').trim();
}

/** The error body of the token and device code endpoints; null when the answer is none. */
export function errorOfBody(body: unknown, status: number): EntraError | null {
  if (typeof body !== 'object' || body === null || !('error' in body) || typeof body.error !== 'string') return null;
  const {
    error,
    error_description: description,
    error_codes: numbers,
    correlation_id: correlationId,
    claims,
    suberror,
  }: Record<string, unknown> = { ...body };
  const listed: unknown = Array.isArray(numbers) ? numbers[0] : undefined;
  return {
    error: serviceText(text(error)),
    number: numberIn(text(description)) || (typeof listed === 'number' || typeof listed === 'string' ? String(listed) : ''),
    detail: sentenceOf(text(description)),
    correlationId: serviceText(text(correlationId)),
    status,
    claims: suberror === messageOnly ? '' : text(claims),
  };
}

/**
 * The same from an error of MSAL. Answers of the authorize endpoint come without a number of their own
 * (`ServerError.errorNo`), so it is read from the text.
 */
export function errorOfMsal(error: AuthError): EntraError {
  const known = error instanceof ServerError ? error : null;
  return {
    error: serviceText(error.errorCode),
    // oxlint-disable-next-line typescript/no-unnecessary-type-conversion -- typed as text, a number in its answers
    number: known?.errorNo === undefined ? numberIn(error.errorMessage) : String(known.errorNo),
    detail: sentenceOf(error.errorMessage) || serviceText(error.errorCode),
    correlationId: error.correlationId,
    status: known?.status ?? 0,
    claims: '',
  };
}
