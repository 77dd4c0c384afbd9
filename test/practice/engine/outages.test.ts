import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import type { Fetch } from '../../../main/http/index.ts';
import { verify, verifyAll, type VerifyOutcome } from '../../../main/registration/verbs/verify.ts';
import { harness, tenantOf, type Harness } from './harness.ts';

/** What the service on the way says instead of Microsoft; null lets the request through. */
type Interference = (path: string, body: string) => Response | Promise<Response> | null;

const alone = (here: Harness) => here.run(undefined, { openBrowser: () => Promise.reject(new Error('nobody is here')) });
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
const page = () => new Response('<html>Hotel Wi-Fi: please accept the terms</html>', { headers: { 'content-type': 'text/html' } });
const dropped = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('other side closed') }));
const throttled = () =>
  json({ error: 'temporarily_unavailable', error_description: 'AADSTS90055: throttled', error_codes: [90_055] }, 429, {
    'retry-after': '10',
  });
const unavailable = () =>
  json({ error: 'temporarily_unavailable', error_description: 'AADSTS90033: A transient error has occurred.', error_codes: [90_033] }, 503);
const busyGraph = () => json({ error: { code: 'ServiceUnavailable', message: 'x' } }, 503);

const between =
  (interfere: Interference): Fetch =>
  (address, init) => {
    const body = typeof init?.body === 'string' ? init.body : '';
    const answer = interfere(new URL(address).pathname, body);
    return answer === null ? fetch(address, init) : Promise.resolve(answer);
  };

const impatient = { now: () => systemClock.now(), sleep: (_: number, signal?: AbortSignal) => systemClock.sleep(0, signal) };

/** A proven credential, and the same data directory seen through another network. */
async function proven(interfere: Interference) {
  const here = await harness();
  const report = await here.connect();
  expect(report.proof).toMatchObject({ ok: true, state: 'set-up' }); // the EWS allow list cannot be seen
  return { here, services: await here.open(impatient, between(interfere)) };
}

const token =
  (answer: () => Response | Promise<Response>): Interference =>
  (path) =>
    path.endsWith('/token') ? answer() : null;
const graph =
  (answer: () => Response | Promise<Response>): Interference =>
  (path) =>
    path.startsWith('/v1.0/') ? answer() : null;
const users =
  (body: unknown): Interference =>
  (path) =>
    path === '/v1.0/users' ? json(body) : null;
const batch =
  (body: unknown): Interference =>
  (path) =>
    path === '/v1.0/$batch' ? json(body) : null;
const organization: Interference = (path, body) =>
  path === '/v1.0/$batch'
    ? json({
        responses: (JSON.parse(body) as { requests: { id: string }[] }).requests.map(({ id }) => ({
          id,
          status: 200,
          body: { status: 'login required' },
        })),
      })
    : null;

describe.each<[string, Interference]>([
  ['the sign-in host cannot be reached', token(dropped)],
  ['the sign-in host is unavailable', token(unavailable)],
  ['the sign-in host throttles', token(throttled)],
  ['a proxy answers for the sign-in host', token(page)],
  [
    'the sign-in host is redirected',
    token(() => new Response(null, { status: 302, headers: { location: 'https://portal.hotel.example/' } })),
  ],
  ['the token is cut off', token(() => json('{"access_token":"eyJ'))],
  ['the token is nothing', token(() => json({}))],
  ['the token cannot be read', token(() => json({ token_type: 'Bearer', expires_in: 3599, access_token: 'x' }))],
  ['Graph cannot be reached', graph(dropped)],
  ['Graph is unavailable', graph(busyGraph)],
  ['a proxy answers for Graph', graph(page)],
  ['the users are {}', users({})],
  ['the users are null', users({ value: null })],
  ['the users are a list alone', users([])],
  ['the users are a text', users('"ok"')],
  ['the users are an error with 200', users({ error: { code: 'x', message: 'y' } })],
  ['the users are nothing', users('')],
  ['the users are cut off', users('{"value":[{"id":"')],
  ['the users have no id', users({ value: [{ status: 'login required' }] })],
  ['the batch is a list', batch([])],
  ['the batch is null', batch('null')],
  ['the batch is an object of others', batch({ responses: { 1: 2 } })],
  ['the parts of the batch are somebody else’s', organization],
])('where %s', (_, interfere) => {
  it('nothing is said of the credential: the last proof stands, and the run ends as unreachable', async () => {
    const { here, services } = await proven(interfere);
    const before = here.services.engine.store.find('Contoso archive');
    await expect(verify(services.engine, 'Contoso archive', { signIn: false }, alone(here))).rejects.toMatchObject({
      name: 'Fault',
      kind: 'unreachable',
    });
    const outcomes: VerifyOutcome[] = [];
    await verifyAll(services.engine, alone(here), (outcome) => outcomes.push(outcome));
    expect(outcomes).toMatchObject([{ fault: { kind: 'unreachable' } }]);
    const { proof, state } = here.services.engine.store.find('Contoso archive');
    expect({ proof, state }).toEqual({ proof: before.proof, state: 'set-up' });
  });
});

it.each([
  ['429', throttled],
  ['503', unavailable],
  ['a dropped connection', dropped],
])('one %s of the token endpoint only takes longer', async (_, answer) => {
  let left = 1;
  const { here, services } = await proven((path) => (path.endsWith('/token') && left-- > 0 ? answer() : null));
  expect(await verify(services.engine, 'Contoso archive', { signIn: false }, alone(here))).toMatchObject({
    proof: { ok: true, state: 'set-up' },
  });
});

describe('evidence against the credential is still a failed check', () => {
  it('a read that Graph refuses', async () => {
    const refused = () => json({ error: { code: 'Authorization_RequestDenied', message: 'no' } }, 403);
    const { here, services } = await proven((path) => (path === '/v1.0/users' ? refused() : null));
    const { proof } = await verify(services.engine, 'Contoso archive', { signIn: false }, alone(here));
    expect(proof).toMatchObject({ ok: false, state: 'needs-attention' });
    expect(proof?.checks).toContainEqual(expect.objectContaining({ check: 'graph-read', result: 'failed' }));
  });

  it('a token that Entra refuses', async () => {
    const refused = () => json({ error: 'unauthorized_client', error_description: 'AADSTS700016: not found', error_codes: [700_016] }, 400);
    const { here, services } = await proven((path) => (path.endsWith('/token') ? refused() : null));
    const { proof } = await verify(services.engine, 'Contoso archive', { signIn: false }, alone(here));
    expect(proof).toMatchObject({ ok: false, state: 'needs-attention' });
  });

  it.each([
    ['https://outlook.office365.com', 'passed'],
    ['https://outlook.office365.com/', 'passed'],
    ['00000002-0000-0ff1-ce00-000000000000', 'passed'],
    ['https://graph.microsoft.com', 'failed'],
    ['https://outlook.office365.us', 'failed'],
    ['https://outlook.office365.com.evil.example', 'failed'],
    ['', 'failed'],
  ])('a token for Exchange with the audience %j: %s', async (audience, result) => {
    const here = await harness();
    await here.connect();
    const transport: Fetch = async (address, init) => {
      const answer = await fetch(address, init);
      const form = new URLSearchParams(typeof init?.body === 'string' ? init.body : '');
      if (!form.get('scope')?.includes('outlook')) return answer;
      const body = Object(await answer.json()) as Record<string, unknown>;
      const [head, payload = '', signature] = String(body['access_token']).split('.');
      const claims = Object(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      const changed = Buffer.from(JSON.stringify({ ...claims, aud: audience })).toString('base64url');
      return json({ ...body, access_token: [head, changed, signature].join('.') });
    };
    const services = await here.open(impatient, transport);
    const { proof } = await verify(services.engine, 'Contoso archive', { signIn: false }, alone(here));
    expect(proof?.checks).toContainEqual(expect.objectContaining({ check: 'token-exchange', result }));
    expect(proof?.ok).toBe(result === 'passed');
  });
});

describe('an application with more grants than a page has', () => {
  it.each(['oauth2PermissionGrants', 'appRoleAssignments'] as const)('is seen whole: %s', async (kind) => {
    const here = await harness();
    await here.connect();
    const tenant = tenantOf(here);
    const { servicePrincipalId } = here.services.engine.store.find('Contoso archive');
    if (kind === 'oauth2PermissionGrants') {
      const own = tenant.oauth2PermissionGrants.find(({ clientId }) => clientId === servicePrincipalId);
      if (own === undefined) throw new Error('no grant');
      const byUser = Array.from({ length: 120 }, (_, index) => ({
        ...own,
        id: `user-grant-${index}`,
        consentType: 'Principal',
        principalId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        scope: 'User.Read',
      }));
      tenant.oauth2PermissionGrants = [...byUser, ...tenant.oauth2PermissionGrants];
    } else {
      const own = tenant.appRoleAssignments.find(({ principalId }) => principalId === servicePrincipalId);
      if (own === undefined) throw new Error('no assignment');
      const others = Array.from({ length: 120 }, (_, index) => ({
        ...own,
        id: `assignment-${index}`,
        appRoleId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      }));
      tenant.appRoleAssignments = [...others, ...tenant.appRoleAssignments];
    }
    const seen = await verify(here.services.engine, 'Contoso archive', { signIn: false }, alone(here));
    expect(seen.proof).toMatchObject({ ok: true, state: 'set-up' });
    const before = structuredClone([tenant.oauth2PermissionGrants, tenant.appRoleAssignments]);
    const again = await here.connect();
    expect(again).toMatchObject({ plan: [], proof: { ok: true } });
    expect([tenant.oauth2PermissionGrants, tenant.appRoleAssignments]).toEqual(before);
  });
});
