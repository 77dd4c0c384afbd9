import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import type { PracticeFaultKind } from '../../../main/practice/index.ts';
import { simulation, type Simulation } from './simulation.ts';

async function caller(here: Simulation) {
  const answer = await fetch(`${here.server.origin}/practice/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      account: here.account('Global Administrator').upn,
      scopes: ['Application.ReadWrite.All', 'User.Read'],
      tenant: here.tenant.id,
    }),
  });
  const headers = { authorization: `Bearer ${String(Object(await answer.json())['access_token'])}`, 'content-type': 'application/json' };
  return {
    read: () => here.fetch(`${clouds.global.graph}/v1.0/organization?$select=id`, { headers }),
    batch: async () => {
      const urls = ['/organization?$select=id', '/me?$select=id', '/applications?$select=id', '/organization?$select=displayName'];
      const requests = urls.map((url, index) => ({ id: String(index + 1), method: 'GET', url }));
      const answered = await here.fetch(`${clouds.global.graph}/v1.0/$batch`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ requests }),
      });
      const { responses }: { responses: { id: string; status: number; headers: Record<string, string>; body: unknown }[] } =
        await answered.json();
      return { status: answered.status, responses };
    },
    create: () =>
      here.fetch(`${clouds.global.graph}/v1.0/applications`, { method: 'POST', headers, body: JSON.stringify({ displayName: 'X' }) }),
  };
}

const names = (here: Simulation) => here.tenant.applications.map(({ displayName }) => displayName);
const tokenPost = (here: Simulation) => here.token({ grant_type: 'client_credentials', client_id: 'x', scope: 'x' });

describe('programmed faults', () => {
  it.each<[PracticeFaultKind, number, boolean]>([
    ['status:429', 429, false],
    ['status:503', 503, false],
    ['status:504', 504, false],
    ['503-after-write', 503, true],
    ['504-after-write', 504, true],
  ])('%s answers %d; written: %s', async (kind, status, written) => {
    const here = await simulation();
    const { create } = await caller(here);
    here.server.faultOn(1, kind);
    const answer = await create();
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code: expect.any(String), innerError: { 'request-id': expect.any(String) } } });
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '1' : null);
    expect(names(here)).toEqual(written ? ['X'] : []);
    expect((await create()).status).toBe(201);
  });

  it.each<[PracticeFaultKind, boolean]>([
    ['drop-before', false],
    ['drop-after-write', true],
  ])('%s breaks the connection; written: %s', async (kind, written) => {
    const here = await simulation();
    const { create } = await caller(here);
    here.server.faultOn(1, kind);
    await expect(create()).rejects.toThrow('fetch failed');
    expect(names(here)).toEqual(written ? ['X'] : []);
  });

  /** Microsoft Graph, "Throttling guidance": without a Retry-After header, back off exponentially. */
  it('429 comes without Retry-After where that was said', async () => {
    const here = await simulation();
    const { read } = await caller(here);
    here.server.faultOn(1, 'status:429', { retryAfter: null });
    const answer = await read();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, null]);
  });

  it('befall single items of a batch', async () => {
    const here = await simulation();
    const { batch, read } = await caller(here);
    here.server.faultOnItem(2, 'status:429', { retryAfter: 7 });
    here.server.faultOnItem(({ path }) => path === '/v1.0/applications', 'status:503', { times: 2 });
    const statuses = async () =>
      Object.fromEntries((await batch()).responses.map(({ id, status, headers }) => [id, [status, headers['retry-after']]]));
    expect(await statuses()).toEqual({ 1: [200, undefined], 2: [429, '7'], 3: [503, undefined], 4: [200, undefined] });
    expect((await read()).status).toBe(200);
    expect(await statuses()).toEqual({ 1: [200, undefined], 2: [200, undefined], 3: [503, undefined], 4: [200, undefined] });
    expect((await statuses())[3]).toEqual([200, undefined]);
  });

  it('count requests from when they were programmed, and pass over the others', async () => {
    const here = await simulation();
    const { read } = await caller(here);
    await read();
    here.server.faultOn(2, 'status:503', { times: 2 });
    here.server.faultOn(({ path }) => path.endsWith('/token'), 'status:429', { retryAfter: 7 });
    const graph = [await read(), await read(), await read(), await read()].map(({ status }) => status);
    expect(graph).toEqual([200, 503, 503, 200]);
    expect(await tokenPost(here)).toMatchObject({ status: 429, body: { error: 'temporarily_unavailable', error_codes: [90055] } });
    expect((await tokenPost(here)).status).toBe(400);
  });

  it('slow waits on the clock, for as long as was said', async () => {
    const here = await simulation();
    const { read } = await caller(here);
    here.server.faultOn(1, 'slow', { ms: 12_000 });
    expect((await read()).status).toBe(200);
    expect(here.clock.slept).toEqual([12_000]);
  });

  it('401-challenge ends the token for good, and says which claims a new one needs', async () => {
    const here = await simulation();
    const { read } = await caller(here);
    here.server.faultOn(1, '401-challenge');
    const answer = await read();
    expect(answer.status).toBe(401);
    const [, claims = ''] = /error="insufficient_claims", claims="([^"]+)"/.exec(answer.headers.get('www-authenticate') ?? '') ?? [];
    expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toMatchObject({
      access_token: { nbf: { essential: true, value: expect.stringMatching(/^\d+$/) } },
    });
    expect((await read()).status).toBe(401);
    const again = await caller(here);
    expect((await again.read()).status).toBe(200);
  });
});

describe('knobs', () => {
  const statuses = async (seed: number) => {
    const here = await simulation({ knobs: { throttle: 0.5, seed } });
    const { read } = await caller(here);
    const seen: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      const { status, headers } = await read();
      seen.push(`${status} ${headers.get('retry-after') ?? ''}`.trim());
    }
    return seen;
  };

  it('throttle a share of Graph requests, the same ones for the same seed', async () => {
    const first = await statuses(7);
    expect(new Set(first.map((status) => status.slice(0, 3)))).toEqual(new Set(['200', '429']));
    const throttled = first.filter((status) => status.startsWith('429'));
    expect(throttled.every((status) => /^429(?: [1-3])?$/.test(status))).toBe(true);
    expect(throttled).toContain('429'); // without Retry-After
    expect(throttled.some((status) => / [1-3]$/.test(status))).toBe(true);
    expect(await statuses(7)).toEqual(first);
    expect(await statuses(8)).not.toEqual(first);
  });

  /** Microsoft Graph, "Throttling guidance", on batches: requests are evaluated one by one, and the batch itself is 200. */
  it('throttle the items of a batch one by one, and never the batch', async () => {
    const here = await simulation({ knobs: { throttle: 0.5 } });
    const { batch } = await caller(here);
    const seen = await Promise.all(Array.from({ length: 10 }, () => batch()));
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200]));
    const items = seen.flatMap(({ responses }) => responses);
    expect(items).toHaveLength(40);
    const throttled = items.filter(({ status }) => status === 429);
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect(throttled.every(({ body }) => Object(body)['error']['code'] === 'TooManyRequests')).toBe(true);
    expect(new Set(throttled.map(({ headers }) => headers['retry-after'] !== undefined))).toEqual(new Set([true, false]));
  });

  /** "OAuth 2.0 authorization code flow", error codes: `temporarily_unavailable`, retry. */
  it('throttle a share of token requests, with 429 and 503, and nothing else at the sign-in host', async () => {
    const here = await simulation({ knobs: { throttleTokens: 0.8 } });
    const answers: { status: number; body: Record<string, unknown> }[] = [];
    for (let count = 0; count < 30; count += 1) answers.push(await tokenPost(here));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400, 429, 503]));
    for (const { status, body } of answers)
      if (status !== 400) expect(body).toMatchObject({ error: 'temporarily_unavailable', error_codes: [status === 429 ? 90055 : 90033] });
    const { read } = await caller(here);
    expect((await read()).status).toBe(200);
    for (let count = 0; count < 10; count += 1)
      expect((await here.fetch(`${clouds.global.authority}/${here.tenant.id}/v2.0/.well-known/openid-configuration`)).status).toBe(200);
  });

  it('never throttle identity by the share of Graph, and delay everything by the latency', async () => {
    const here = await simulation({ knobs: { throttle: 1, latency: 40 } });
    expect((await tokenPost(here)).status).toBe(400);
    const { read } = await caller(here);
    expect((await read()).status).toBe(429);
    expect(here.clock.slept).toEqual([40, 40, 40]);
  });

  it('make the same world for the same seed', async () => {
    const world = async (seed: number) => JSON.stringify((await simulation({ tenants: 2, knobs: { seed } })).server.world.state);
    expect(await world(3)).toBe(await world(3));
    expect(await world(3)).not.toBe(await world(4));
  });
});
