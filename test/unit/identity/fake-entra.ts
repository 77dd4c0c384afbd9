import { request as httpRequest } from 'node:http';
import { clouds } from '../../../main/clouds/index.ts';
import { systemClock, type Clock } from '../../../main/clock.ts';
import { createRequestCounter, type Fetch } from '../../../main/http/index.ts';
import { createIdentity, type IdentityOptions } from '../../../main/identity/index.ts';

export const tenantId = '11111111-2222-4333-8444-555555555555';
export const { global: cloud } = clouds;

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
export const jwt = (claims: Record<string, unknown>) => `${segment({ alg: 'none', typ: 'JWT' })}.${segment(claims)}.c2lnbmF0dXJl`;

export interface TokenRequest {
  readonly address: string;
  readonly form: URLSearchParams;
}

type TokenAnswer = (request: TokenRequest) => Response | Promise<Response>;

export const reply = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } });

export const refuse = (
  status: number,
  error: string,
  description: string,
  extra: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response =>
  reply(
    status,
    {
      error,
      error_description: `${description} Trace ID: 0000 Correlation ID: c-1 Timestamp: 2026-11-24 12:00:00Z`,
      correlation_id: 'c-1',
      ...extra,
    },
    headers,
  );

/** The token answer for one person; `person` overrides claims of the ID token. */
export function tokens({ form }: TokenRequest, person: Record<string, unknown> = {}, accessToken = jwt({ wids: ['role-1'] })): Response {
  const claims = {
    tid: tenantId,
    oid: 'person-1',
    preferred_username: 'ada@contoso.com',
    name: 'Ada',
    sub: 's',
    aud: form.get('client_id'),
    iss: `${cloud.authority}/${tenantId}/v2.0`,
    iat: 1,
    exp: 4_000_000_000,
    ...person,
  };
  return reply(200, {
    token_type: 'Bearer',
    scope: form.get('scope') ?? '',
    expires_in: 3600,
    ext_expires_in: 3600,
    access_token: accessToken,
    refresh_token: 'refresh',
    id_token: jwt(claims),
    client_info: segment({ uid: claims.oid, utid: claims.tid }),
  });
}

/** Identity on a fake token endpoint that answers in order. Pauses are noted, and pass at once. */
export function fakeEntra(answers: readonly TokenAnswer[], options: Partial<IdentityOptions> = {}) {
  const asked: TokenRequest[] = [];
  const pauses: number[] = [];
  const clock: Clock = {
    now: () => systemClock.now(),
    sleep: (ms, signal) => {
      pauses.push(ms);
      return systemClock.sleep(0, signal);
    },
  };
  const counter = createRequestCounter();
  const fetch: Fetch = async (address, init = {}) => {
    const request = { address, form: new URLSearchParams(typeof init.body === 'string' ? init.body : '') };
    asked.push(request);
    const answer = answers[asked.length - 1];
    if (answer === undefined) throw new Error(`no answer prepared for request ${asked.length}`);
    return answer(request);
  };
  return { asked, pauses, counter, identity: createIdentity({ fetch, clock, counter, ...options }) };
}

/** Posts to MSAL's loopback server what Entra's page would (form_post), and gives the page that the person then sees. */
export function comeBack(address: string, fields: Record<string, string>): Promise<string> {
  const query = new URL(address).searchParams;
  const { port } = new URL(query.get('redirect_uri') ?? '');
  const body = new URLSearchParams({ state: query.get('state') ?? '', ...fields }).toString();
  return new Promise((resolve, reject) => {
    const post = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        agent: false,
      },
      (response) => {
        let page = '';
        response.setEncoding('utf8').on('data', (part: string) => (page += part));
        response.on('end', () => resolve(page));
      },
    );
    post.on('error', reject).end(body);
  });
}

/** A browser in which the person signs in; remembers where it was sent. */
export function browser(fields: Record<string, string> = { code: 'code-1' }) {
  const visited: URL[] = [];
  const pages: string[] = [];
  const openBrowser = async (address: string) => {
    visited.push(new URL(address));
    pages.push(await comeBack(address, fields));
  };
  return { visited, pages, openBrowser };
}
