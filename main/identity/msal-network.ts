import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { createRetryBudget } from '../http/index.ts';
import type { Fault } from '../faults.ts';
import type { EntraError } from './entra-error.ts';
import { exchange, interruptedBy, type Answer, type ExchangeOptions, type Obstacle } from './exchange.ts';

/**
 * MSAL's network, on the injected `fetch`. MSAL turns everything thrown here into `network_error` and drops most of an
 * error body in the device code flow, so both are kept here until the next `reset`. An outage never reaches MSAL as an
 * answer: it would answer the same request with its memory of it for a minute and more.
 */
export interface MsalNetwork extends INetworkModule {
  readonly host: string;
  /** Why the last request got no answer of Entra; null when it did. */
  obstacle(): Obstacle | null;
  /** The last refusal in Entra's own words. */
  refusal(): EntraError | null;
  /** Milliseconds this PC's clock is ahead of the service's (HTTP `Date`), to the second; null before any answer. */
  clockDifference(): number | null;
  reset(): void;
}

export interface MsalNetworkOptions extends Omit<ExchangeOptions, 'onClock'> {
  /**
   * False where the caller repeats requests itself, because a request must not be sent twice as it is: a client assertion
   * is good once. Default true.
   */
  readonly repeats?: boolean;
}

/** Grants of a person that are good once ("OAuth 2.0 authorization code flow", "device authorization grant"). */
const usedUp = (body: string | undefined, refusal: EntraError | null): boolean =>
  /\bgrant_type=(?:authorization_code|(?:urn[^&]*)?device_code)\b/.test(body ?? '') &&
  (refusal?.error === 'invalid_grant' || refusal?.error === 'bad_verification_code');

export function createMsalNetwork({ repeats = true, ...options }: MsalNetworkOptions): MsalNetwork {
  const { host, clock, signal } = options;
  let obstacle: Obstacle | null = null;
  let refusal: EntraError | null = null;
  let clockDifference: number | null = null;
  let slower = 0;

  function stop(by: Obstacle): Fault {
    obstacle = by;
    return by.fault;
  }

  /** Sends until Entra answers, within the budget that Graph's requests have too. @throws Fault service.*, interrupted */
  async function untilAnswered(address: string, init: RequestInit): Promise<Answer> {
    const budget = createRetryBudget(clock, signal);
    let lost: Obstacle | null = null;
    for (;;) {
      const tried = await exchange(address, init, { ...options, onClock: (difference) => (clockDifference = difference) });
      if (!('fault' in tried)) {
        // The lost answer was the one with the tokens: what stopped us is the connection, and nothing was refused.
        if (lost !== null && usedUp(typeof init.body === 'string' ? init.body : undefined, tried.refusal)) throw stop(lost);
        return tried;
      }
      const again = repeats && tried.passing !== null && (await waits(() => budget.again(tried.passing ?? 'failed', tried.retryAfter)));
      if (!again) throw stop(tried);
      if (tried.passing === 'failed') lost = tried;
    }
  }

  /** @throws Fault interrupted */
  async function waits<T>(wait: () => Promise<T>): Promise<T> {
    try {
      return await wait();
    } catch (error) {
      if (signal?.aborted !== true) throw error;
      throw stop({ fault: interruptedBy(signal), passing: null, retryAfter: null });
    }
  }

  async function send<T>(method: string, address: string, given?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    obstacle = null;
    refusal = null;
    const init = { method, headers: { ...given?.headers }, ...(method === 'POST' ? { body: given?.body ?? '' } : {}) };
    const answer = await untilAnswered(address, init);
    // MSAL takes only string values of headers it knows by lower-case name; one that has `retry-after` it would keep.
    const { 'retry-after': _, ...headers } = answer.headers;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked as far as MSAL relies on it
    const body = answer.body as T;
    refusal = answer.refusal;
    if (refusal?.error === 'authorization_pending' || refusal?.error === 'slow_down') {
      const tooOften = refusal.error === 'slow_down';
      await waits(() => goEasy(tooOften));
      refusal = null; // nobody has refused anything yet
      return { headers: {}, body: { ...body, error: 'authorization_pending' }, status: answer.status };
    }
    return { headers, body, status: answer.status };
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
    sendGetRequestAsync: (address, given) => send('GET', address, given),
    sendPostRequestAsync: (address, given) => send('POST', address, given),
    obstacle: () => obstacle,
    refusal: () => refusal,
    clockDifference: () => clockDifference,
    reset: () => {
      obstacle = null;
      refusal = null;
    },
  };
}
