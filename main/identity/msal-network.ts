import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import { isForeignAnswer, networkFault, TimedOut, withTimeLimit, type Fetch, type RequestCounter } from '../http/index.ts';
import type { Log } from '../log/index.ts';
import { errorOfBody, type EntraError } from './entra-error.ts';

/**
 * MSAL's network, on the injected `fetch`. MSAL turns everything thrown here into `network_error` and drops most of an
 * error body in the device code flow, so both are kept here until the next `reset`.
 */
export interface MsalNetwork extends INetworkModule {
  readonly host: string;
  /** Why the last request did not reach Entra; null when it did. */
  fault(): Fault | null;
  /** The last refusal in Entra's own words. */
  refusal(): EntraError | null;
  /** Milliseconds this PC's clock is ahead of the service's (HTTP `Date`), to the second; null before any answer. */
  clockDifference(): number | null;
  reset(): void;
}

export interface MsalNetworkOptions {
  readonly fetch: Fetch;
  readonly host: string;
  readonly clock: Clock;
  readonly counter: RequestCounter;
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** Limit of one request in milliseconds. */
  readonly requestTimeoutMs?: number;
}

export function createMsalNetwork({
  fetch,
  host,
  clock,
  counter,
  log,
  signal,
  requestTimeoutMs = 30_000,
}: MsalNetworkOptions): MsalNetwork {
  let fault: Fault | null = null;
  let refusal: EntraError | null = null;
  let clockDifference: number | null = null;
  let slower = 0;

  async function exchange(address: string, init: RequestInit): Promise<{ response: Response; text: string }> {
    signal?.throwIfAborted();
    return counter.count('identity', () =>
      withTimeLimit(requestTimeoutMs, signal, async (limited) => {
        const response = await fetch(address, { ...init, signal: limited });
        return { response, text: await response.text() };
      }),
    );
  }

  async function send<T>(method: string, address: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    fault = null;
    refusal = null;
    const started = clock.now().getTime();
    try {
      const { response, text } = await exchange(address, {
        method,
        headers: { ...options?.headers },
        ...(method === 'POST' ? { body: options?.body ?? '' } : {}),
      });
      log.info('identity.request', {
        method,
        path: new URL(address).pathname,
        status: response.status,
        ms: clock.now().getTime() - started,
      });
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) clockDifference = clock.now().getTime() - date;
      checkOrigin(text, response, host);
      const body: T = JSON.parse(text);
      refusal = errorOfBody(body, response.status);
      if (refusal?.error === 'authorization_pending' || refusal?.error === 'slow_down') {
        await goEasy(refusal.error === 'slow_down');
        refusal = null; // nobody has refused anything yet
        return { headers: {}, body: { ...body, error: 'authorization_pending' }, status: response.status };
      }
      // MSAL takes only string values of headers it knows by lower-case name.
      return { headers: Object.fromEntries(response.headers), body, status: response.status };
    } catch (error) {
      fault = faultOf(error, host, signal);
      log.warn('identity.request-failed', {
        method,
        path: new URL(address).pathname,
        fault: fault.code,
        correlationId: fault.correlationId,
      });
      throw fault;
    }
  }

  /**
   * A device that asks too often has to add five seconds to every pause from then on (RFC 8628 §3.5). MSAL does not know
   * `slow_down`, so it is told that the code is pending, later.
   */
  async function goEasy(tooOften: boolean): Promise<void> {
    if (tooOften) slower += 5000;
    if (slower > 0) await clock.sleep(slower, signal);
  }

  return {
    host,
    sendGetRequestAsync: (address, options) => send('GET', address, options),
    sendPostRequestAsync: (address, options) => send('POST', address, options),
    fault: () => fault,
    refusal: () => refusal,
    clockDifference: () => clockDifference,
    reset: () => {
      fault = null;
      refusal = null;
    },
  };
}

function checkOrigin(text: string, response: Response, host: string): void {
  if (!isForeignAnswer(response.headers.get('content-type'), text)) return;
  if (response.status < 500) throw new Fault('service.proxy-answered', { params: { host } });
  throw new Fault('service.failed', { params: { host, detail: `HTTP ${response.status}` } }); // an error page of the service's own front end
}

function faultOf(error: unknown, host: string, signal: AbortSignal | undefined): Fault {
  if (signal?.aborted === true) return signal.reason instanceof Fault ? signal.reason : new Fault('interrupted', { cause: signal.reason });
  if (error instanceof TimedOut) return new Fault('service.unreachable', { params: { host, detail: error.message }, cause: error });
  if (error instanceof SyntaxError) return new Fault('service.failed', { params: { host, detail: error.message }, cause: error });
  return networkFault(error, host);
}
