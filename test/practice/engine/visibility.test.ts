import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../../main/http/index.ts';
import { connect } from '../../../main/registration/verbs/connect.ts';
import { defaults, harness, tenantOf } from './harness.ts';

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

describe('an application that was just made', () => {
  it.each([1, 3])('and that reads do not show for %i times gets its service principal, and nobody else does', async (times) => {
    const here = await harness();
    const asked: unknown[] = [];
    let hidden = 0;
    let refused = 0;
    const transport: Fetch = async (address, init) => {
      const { pathname } = new URL(address);
      const body: unknown = typeof init?.body === 'string' && init.body.startsWith('{') ? JSON.parse(init.body) : null;
      if (pathname === '/v1.0/servicePrincipals' && init?.method === 'POST') {
        asked.push(Object(body)['appId']);
        refused += 1;
        const message = 'The appId of the service principal does not reference a valid application object.';
        if (refused <= times)
          return json(400, {
            error: { code: 'Request_BadRequest', message, details: [{ code: 'NoBackingApplicationObject', message, target: 'appId' }] },
          });
      }
      const answer = await fetch(address, init);
      if (pathname !== '/v1.0/$batch' || tenantOf(here).applications.length === 0 || hidden >= times) return answer;
      hidden += 1;
      const { responses } = Object(await answer.json()) as { responses: { id: string }[] };
      const error = { code: 'Request_ResourceNotFound', message: 'Resource does not exist' };
      return json(200, {
        responses: responses.map((part) => (part.id === 'application' ? { ...part, status: 404, body: { error } } : part)),
      });
    };
    const services = await here.open(undefined, transport);
    const done = await connect(services.engine, defaults, here.run());
    expect(done.proof?.ok).toBe(true);
    const [application] = tenantOf(here).applications;
    expect(asked.length).toBeGreaterThan(1);
    expect(new Set(asked)).toEqual(new Set([application?.appId]));
    expect(tenantOf(here).applications).toHaveLength(1);
  });
});

describe('the name of a key credential', () => {
  it.each(['😀'.repeat(60), `a${'😀'.repeat(59)}`, `${'e'.repeat(63)}😀z`, `${'x'.repeat(86)}😀`])(
    'is never cut inside a character: %s',
    async (name) => {
      const here = await harness();
      const report = await here.connect({ name: 'emoji', appName: name });
      expect(report.proof?.ok).toBe(true);
      const [key] = tenantOf(here).applications[0]?.keyCredentials ?? [];
      expect(key?.displayName?.isWellFormed()).toBe(true);
      expect(key?.displayName?.length).toBeLessThanOrEqual(90);
      expect((await here.connect({ name: 'emoji', appName: name })).plan).toEqual([]);
    },
  );
});
