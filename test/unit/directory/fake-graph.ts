import { clouds } from '../../../main/clouds/index.ts';
import type { Clock } from '../../../main/clock.ts';
import { createDirectory } from '../../../main/directory/index.ts';
import { createRequestCounter, type Fetch } from '../../../main/http/index.ts';

export interface Sent {
  readonly method: string;
  readonly address: string;
  readonly headers: Headers;
  readonly body: unknown;
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json; odata.metadata=minimal', ...headers } });

export const graphError = (
  status: number,
  code: string,
  message: string,
  details: readonly { code: string; message: string; target?: string }[] = [],
): Response => json(status, { error: { code, message, details, innerError: { 'request-id': 'r-1', date: '2026-11-24T00:00:00' } } });

/** Answers requests in order; an Error stands for a connection that drops. */
export function fakeGraph(
  answers: readonly (Response | Error | ((sent: Sent) => Response | Promise<Response>))[],
  { timeoutMs = 100_000 } = {},
) {
  const sent: Sent[] = [];
  const pauses: number[] = [];
  const asked: (string | undefined)[] = [];
  const clock: Clock = {
    now: () => new Date('2026-11-24T12:00:00Z'),
    sleep: async (ms, signal) => {
      pauses.push(ms);
      await Promise.resolve();
      signal?.throwIfAborted();
    },
  };
  const fetch: Fetch = async (address, init = {}) => {
    const request = {
      method: init.method ?? 'GET',
      address,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    sent.push(request);
    const answer = answers[sent.length - 1];
    if (answer === undefined) throw new Error(`no answer prepared for request ${sent.length}`);
    if (answer instanceof Error) throw new TypeError('fetch failed', { cause: answer });
    return answer instanceof Response ? answer : answer(request);
  };
  const counter = createRequestCounter();
  const connection = {
    accessToken: async (claims?: string) => {
      asked.push(claims);
      return `token-${asked.length}`;
    },
  };
  return {
    sent,
    pauses,
    asked,
    counter,
    directory: createDirectory({ cloud: clouds.global, fetch, clock, counter, timeoutMs, connection }),
  };
}
