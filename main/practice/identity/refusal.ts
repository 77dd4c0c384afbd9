import { authorityOf } from '../hosts.ts';
import type { PracticeAnswer, PracticeRequest, World } from '../world.ts';

export interface RefusalFields {
  /** OAuth 2.0 error code (RFC 6749 §5.2, RFC 8628 §3.5). */
  readonly error: string;
  /** AADSTS number. */
  readonly number: number;
  readonly text: string;
  /** HTTP status at the token endpoint; default 400. */
  readonly status?: number;
  readonly suberror?: string;
  /** JSON of a claims challenge. */
  readonly claims?: string;
}

/** How the rules of this folder say no. Never leaves it: `identityAnswer` turns it into Entra's answer. */
export class EntraRefusal extends Error {
  override readonly name = 'EntraRefusal';
  readonly fields: RefusalFields;

  constructor(fields: RefusalFields) {
    super(`AADSTS${fields.number}: ${fields.text}`);
    this.fields = fields;
  }
}

/** `2026-11-24 10:00:00Z`, the way Entra writes times in errors. */
const stamp = (date: Date): string => `${date.toISOString().slice(0, 19).replace('T', ' ')}Z`;

const formValue = (body: unknown, name: string): string | undefined => {
  const value: unknown = typeof body === 'object' && body !== null ? Object.getOwnPropertyDescriptor(body, name)?.value : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** The caller's own id, wherever it put it, else a new one. */
export const correlationIdOf = (request: PracticeRequest, world: World): string =>
  request.headers['client-request-id'] ??
  request.query.get('client-request-id') ??
  formValue(request.body, 'client-request-id') ??
  world.newId();

/**
 * The error body of Microsoft Entra (Microsoft identity platform, "Microsoft Entra authentication and authorization
 * error codes", "Handling error codes in your application").
 */
export function refusalBody(
  { error, number, text, suberror, claims }: RefusalFields,
  request: PracticeRequest,
  world: World,
): Record<string, unknown> {
  const [traceId, correlationId, timestamp] = [world.newId(), correlationIdOf(request, world), stamp(world.now())];
  return {
    error,
    error_description: `AADSTS${number}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${authorityOf(request)}/error?code=${number}`,
    ...(suberror === undefined ? {} : { suberror }),
    ...(claims === undefined ? {} : { claims }),
  };
}

export const refusalAnswer = (fields: RefusalFields, request: PracticeRequest, world: World): PracticeAnswer => ({
  status: fields.status ?? 400,
  headers: { 'cache-control': 'no-store' },
  body: refusalBody(fields, request, world),
});
