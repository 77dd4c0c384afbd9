import type { Clock } from '../clock.ts';
import { Fault, type FaultCode } from '../faults.ts';
import {
  AnswerTooLarge,
  isForeignAnswer,
  networkFault,
  passingStatuses,
  readText,
  TimedOut,
  withTimeLimit,
  type Fetch,
  type Passing,
  type RequestCounter,
} from '../http/index.ts';
import type { Log } from '../log/index.ts';
import { errorOfBody, type EntraError } from './entra-error.ts';
import { mayPass, outageOf } from './outage.ts';

/** An answer in which Entra decided something: gave what was asked for, or refused it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
  readonly refusal: EntraError | null;
}

/** No answer of that kind. It says nothing about what was asked, and is never taken for a refusal. */
export interface Obstacle {
  readonly fault: Fault;
  /** How it may pass; null where sending the request again would end the same way. */
  readonly passing: Passing | null;
  /** Header `Retry-After` as it came. */
  readonly retryAfter: string | null;
}

export interface ExchangeOptions {
  readonly fetch: Fetch;
  readonly host: string;
  readonly clock: Clock;
  readonly counter: RequestCounter;
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** Limit of one request in milliseconds. */
  readonly requestTimeoutMs?: number;
  /** Milliseconds that this PC's clock is ahead of Entra's, told by every answer with a `Date`. */
  readonly onClock: (difference: number) => void;
}

interface Received {
  readonly response: Response;
  readonly text: string;
}

const members = (body: object): Readonly<Record<string, unknown>> => ({ ...body });

/** Members without which an answer of this endpoint is none (RFC 6749 §5.1, RFC 8628 §3.2). */
function missing(path: string, body: object): boolean {
  const has = (name: string) => typeof members(body)[name] === 'string';
  if (path.endsWith('/token')) return !has('access_token');
  return path.endsWith('/devicecode') && !(has('device_code') && has('user_code'));
}

/** One request to Entra and what came of it. Never rejects. */
export async function exchange(address: string, init: RequestInit, options: ExchangeOptions): Promise<Answer | Obstacle> {
  const { fetch, host, clock, counter, log, signal, requestTimeoutMs = 30_000, onClock } = options;
  const facts = { method: init.method ?? 'GET', path: new URL(address).pathname };
  const failed = (fault: Fault, passing: Passing | null, retryAfter: string | null = null): Obstacle => {
    log.warn('identity.request-failed', { ...facts, fault: fault.code, correlationId: fault.correlationId });
    return { fault, passing, retryAfter };
  };
  const started = clock.now().getTime();
  let received: Received;
  try {
    signal?.throwIfAborted();
    received = await counter.count('identity', () =>
      withTimeLimit(requestTimeoutMs, signal, async (limited) => {
        const response = await fetch(address, { ...init, signal: limited });
        return { response, text: await readText(response) };
      }),
    );
  } catch (error) {
    const fault = faultOf(error, host, signal);
    // As with Graph, what was waited for in vain is not waited for again.
    return failed(fault, fault.code === 'service.unreachable' && !(error instanceof TimedOut) ? 'failed' : null);
  }
  const { response, text } = received;
  const { status, headers } = response;
  log.info('identity.request', { ...facts, status, ms: clock.now().getTime() - started });
  const date = Date.parse(headers.get('date') ?? '');
  if (!Number.isNaN(date)) onClock(clock.now().getTime() - date);

  const retryAfter = headers.get('retry-after');
  const passing = status === 429 ? 'throttled' : passingStatuses.has(status) ? 'failed' : null;
  const outage = (code: FaultCode, detail: string, correlationId = '') =>
    new Fault(code, { params: { host, detail, number: `HTTP ${status}` }, ...(correlationId === '' ? {} : { correlationId }) });
  if (isForeignAnswer(headers.get('content-type'), text)) {
    // An error page of the service's own front end, or somebody else's page.
    if (status >= 500 || status === 429)
      return failed(outage(status === 429 ? 'service.throttled' : 'service.failed', `HTTP ${status}`), passing, retryAfter);
    return failed(new Fault('service.proxy-answered', { params: { host } }), null);
  }
  const body = objectIn(text);
  const refusal = body === null ? null : errorOfBody(body, status);
  if (refusal !== null) {
    const code = outageOf(refusal);
    if (code === null) return { status, headers: Object.fromEntries(headers), body: body ?? {}, refusal };
    const way = passing ?? (mayPass(refusal) ? (code === 'service.throttled' ? 'throttled' : 'failed') : null);
    return failed(outage(code, refusal.detail || refusal.error, refusal.correlationId), way, retryAfter);
  }
  if (passing !== null)
    return failed(outage(status === 429 ? 'service.throttled' : 'service.failed', `HTTP ${status}`), passing, retryAfter);
  if (body === null || !response.ok || missing(facts.path, body))
    return failed(outage('service.failed', `HTTP ${status}, ${body === null ? 'no JSON object' : 'not an answer of this service'}`), null);
  return { status, headers: Object.fromEntries(headers), body, refusal: null };
}

function objectIn(text: string): object | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : null;
  } catch {
    return null;
  }
}

function faultOf(error: unknown, host: string, signal: AbortSignal | undefined): Fault {
  if (signal?.aborted === true) return interruptedBy(signal);
  if (error instanceof TimedOut) return new Fault('service.unreachable', { params: { host, detail: error.message }, cause: error });
  if (error instanceof AnswerTooLarge) return new Fault('service.failed', { params: { host, detail: error.message }, cause: error });
  return networkFault(error, host);
}

/** What a request ends with when its signal was aborted. */
export const interruptedBy = (signal: AbortSignal): Fault =>
  signal.reason instanceof Fault ? signal.reason : new Fault('interrupted', { cause: signal.reason });
