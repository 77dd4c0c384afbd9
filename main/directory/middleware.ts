import { randomUUID } from 'node:crypto';
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import {
  AnswerTooLarge,
  createRetryBudget,
  networkFault,
  passingStatuses,
  readText,
  TimedOut,
  withTimeLimit,
  type Fetch,
  type RequestCounter,
} from '../http/index.ts';
import type { Log } from '../log/index.ts';
import { GraphFailure, type DirectoryConnection } from './directory.ts';

type Step = (context: Context, next: () => Promise<void>) => Promise<void>;

/** One link of the Graph client's chain as a function. */
export function middleware(step: Step): Middleware {
  let following: Middleware | null = null;
  return {
    execute: (context) => step(context, async () => following?.execute(context)),
    setNext: (next) => {
      following = next;
    },
  };
}

/** Waited for in vain, or answered with something endless: once is enough. */
const givenUp = (cause: unknown): boolean => cause instanceof TimedOut || cause instanceof AnswerTooLarge;

/**
 * The library's own RetryHandler repeats a POST after 503 and 504, which may make a second object. Here a write is
 * repeated only after 429, which was certainly not executed; a read also after a passing failure or a dropped connection.
 * `repeatable` says which of the two a request is, because `POST /$batch` with reads inside is one too.
 */
export function retry(clock: Clock, repeatable: (context: Context) => boolean): Middleware {
  return middleware(async (context, next) => {
    const budget = createRetryBudget(clock, context.options?.signal ?? undefined);
    for (;;) {
      let dropped: unknown = null;
      try {
        await next();
      } catch (error) {
        if (!(error instanceof GraphFailure && error.kind === 'uncertain' && repeatable(context)) || givenUp(error.cause)) throw error;
        dropped = error;
      }
      const { response } = context;
      const status = dropped === null ? (response?.status ?? 0) : 0;
      const retryAfter = dropped === null ? (response?.headers.get('retry-after') ?? null) : null;
      const why = status === 429 ? 'throttled' : dropped !== null || (passingStatuses.has(status) && repeatable(context)) ? 'failed' : null;
      if (why === null) return;
      if (await budget.again(why, retryAfter)) continue;
      if (dropped !== null) throw dropped;
      return;
    }
  });
}

/** Decoded claims of a continuous access evaluation challenge ("Claims challenges, claims requests and client capabilities"). */
export function challengedClaims(response: Response | undefined): string | null {
  if (response?.status !== 401) return null;
  const header = response.headers.get('www-authenticate') ?? '';
  const claims = /\berror="insufficient_claims"/.test(header) ? /\bclaims="([^"]+)"/.exec(header)?.[1] : undefined;
  return claims === undefined ? null : Buffer.from(claims, 'base64').toString('utf8');
}

/**
 * The bearer token. The library's own AuthenticationHandler keeps a list of hosts of its own; here the guarded transport
 * below decides where requests may go. A claims challenge is answered once with a new token.
 */
export function authenticate(connection: DirectoryConnection): Middleware {
  return middleware(async (context, next) => {
    const given = context.options ?? {};
    const send = async (token: string) => {
      const headers = new Headers(given.headers);
      headers.set('Authorization', `Bearer ${token}`);
      context.options = { ...given, headers };
      await next();
    };
    await send(await connection.accessToken());
    const claims = challengedClaims(context.response);
    if (claims !== null) await send(await connection.accessToken(claims));
  });
}

export interface TransportOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly counter: RequestCounter;
  readonly log: Log;
  /** Limit of one request with its answer in milliseconds. */
  readonly timeoutMs: number;
  readonly connection: DirectoryConnection;
}

/** Sends, and reads the whole answer, so that a connection that drops in the middle of a body counts as dropped. */
export function transport({ fetch, clock, counter, log, timeoutMs, connection }: TransportOptions): Middleware {
  return middleware(async (context) => {
    const { signal, ...init } = context.options ?? {};
    const address = String(context.request);
    const id = randomUUID();
    const headers = new Headers(init.headers);
    headers.set('client-request-id', id);
    const facts = { method: init.method ?? 'GET', path: new URL(address).pathname, clientRequestId: id };
    const started = clock.now().getTime();
    signal?.throwIfAborted();
    const writes = facts.method !== 'GET';
    if (writes) connection.beforeWrite?.();
    const limit = writes ? Math.min(timeoutMs, connection.longestWrite ?? timeoutMs) : timeoutMs;
    try {
      context.response = await counter.count('graph', () =>
        withTimeLimit(limit, signal ?? undefined, async (limited) => {
          const response = await fetch(address, { ...init, headers, signal: limited });
          const text = await readText(response);
          return new Response(text === '' ? null : text, { status: response.status, headers: response.headers });
        }),
      );
      log.info('graph.request', {
        ...facts,
        status: context.response.status,
        ms: clock.now().getTime() - started,
        requestId: context.response.headers.get('request-id'),
      });
    } catch (error) {
      signal?.throwIfAborted();
      log.warn('graph.request-failed', { ...facts, ms: clock.now().getTime() - started, error: String(error) });
      throw undelivered(error, new URL(address).host);
    }
  });
}

function undelivered(error: unknown, host: string): Error {
  if (error instanceof TimedOut)
    return new GraphFailure('uncertain', { status: 0, code: 'TimedOut', message: error.message, cause: error });
  // Not retried, as it has an answer; what was asked may all the same have been done.
  if (error instanceof AnswerTooLarge)
    return new GraphFailure('uncertain', { status: 200, code: 'AnswerTooLarge', message: error.message, cause: error });
  const fault = networkFault(error, host);
  if (fault.code === 'service.host-refused') return fault;
  if (fault.code === 'service.proxy-answered')
    return new GraphFailure('not-graph', { status: 0, code: fault.code, message: host, cause: fault });
  return new GraphFailure('uncertain', {
    status: 0,
    code: fault.code,
    message: String(fault.params['detail'] ?? fault.code),
    cause: fault,
  });
}

/** What a request ends with when its signal was aborted. */
export const interruption = (signal: AbortSignal): Fault =>
  signal.reason instanceof Fault ? signal.reason : new Fault('interrupted', { cause: signal.reason });
