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
    expect(first.filter((status) => status.startsWith('429')).every((status) => /^429 [1-3]$/.test(status))).toBe(true);
    expect(await statuses(7)).toEqual(first);
    expect(await statuses(8)).not.toEqual(first);
  });

  it('never throttle identity, and delay everything by the latency', async () => {
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
