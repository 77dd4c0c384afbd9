import { describe, expect, it } from 'vitest';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import type { Fetch } from '../../../main/http/index.ts';
import { register, type RegisterRequest } from '../../../main/registration/run/register.ts';
import { connect } from '../../../main/registration/verbs/connect.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { defaults, harness, tenantOf, type Harness } from './harness.ts';
import { recordOf } from './rotation-harness.ts';

const request = (here: Harness): RegisterRequest => ({ record: recordOf(here), certificate: Promise.resolve(null), planOnly: false });

describe('a stored credential', () => {
  it('stays in its tenant, although nothing is there yet and somebody signed in to the other one that was named', async () => {
    const here = await harness({ tenants: 2 });
    let down = true;
    here.server.faultOn(({ path }) => down && path.includes('uniqueName'), 'drop-before', { times: 99 });
    await expect(here.connect()).rejects.toMatchObject({ kind: 'unreachable' });
    down = false;
    const before = recordOf(here);
    const [, other] = here.server.describe().tenants;
    const account = other?.accounts.find(({ role }) => role === 'Global Administrator')?.upn;
    await expect(register(here.services.engine, request(here), here.run(account, { tenant: other?.id ?? '' }))).rejects.toMatchObject({
      code: 'input.name.taken',
      params: { tenant: before.tenantName },
    });
    expect(recordOf(here)).toEqual(before);
    expect(here.server.world.state.tenants[1]?.applications).toEqual([]);
  });

  it('that was changed since it was read is not worked on as it was', async () => {
    const here = await harness();
    await here.connect();
    const asked = request(here);
    here.services.engine.store.change(asked.record.id, () => ({ notes: 'by somebody else' }));
    const run = here.run(undefined, { openBrowser: () => Promise.reject(new Error('signs in')) });
    await expect(register(here.services.engine, asked, run)).rejects.toMatchObject({ code: 'store.changed' });
  });
});

describe('a check that fails', () => {
  const results = async (here: Harness) => {
    const { proof } = await verify(here.services.engine, 'Contoso archive', { signIn: false }, here.run());
    return { state: proof?.state, token: proof?.checks.find(({ check }) => check === 'token-graph')?.result };
  };
  const withoutRoles = (here: Harness) => {
    const tenant = tenantOf(here);
    const revoked = tenant.appRoleAssignments.filter(({ principalId }) => principalId === recordOf(here).servicePrincipalId);
    tenant.appRoleAssignments = tenant.appRoleAssignments.filter((each) => !revoked.includes(each));
    return () => tenant.appRoleAssignments.push(...revoked);
  };

  it('just after it was proven is no replication any more, and fails', async () => {
    const here = await harness();
    await here.connect();
    withoutRoles(here);
    expect(await results(here)).toEqual({ state: 'needs-attention', token: 'failed' });
    // What it failed then, it may be that a grant is on its way.
    expect(await results(here)).toEqual({ state: 'waiting-replication', token: 'pending' });
  });

  it('after a write and before anything was proven since is replication, whatever was proven before the write', async () => {
    const here = await harness();
    await here.connect();
    const { proof, id } = recordOf(here);
    if (proof === null) throw new Error('no proof');
    const restore = withoutRoles(here);
    here.services.engine.store.change(id, () => ({ proof: null }));
    expect(await results(here)).toEqual({ state: 'waiting-replication', token: 'pending' });
    here.services.engine.store.change(id, () => ({ proof: { ...proof, at: '2020-01-01T00:00:00.000Z' } }));
    expect(await results(here)).toEqual({ state: 'waiting-replication', token: 'pending' });
    restore();
    expect((await results(here)).token).toBe('passed');
  });
});

it('a resource that was only just instantiated is waited for until it offers its roles', async () => {
  const here = await harness();
  const tenant = tenantOf(here);
  tenant.servicePrincipals = tenant.servicePrincipals.filter((each) => each.appId !== resourceAppIds.exchange);
  let empty = 0;
  const transport: Fetch = async (address, init) => {
    const answer = await fetch(address, init);
    if (new URL(address).pathname !== '/v1.0/$batch' || empty >= 5) return answer;
    const { responses } = Object(await answer.clone().json()) as { responses: { id: string; body: Record<string, unknown> }[] };
    const late = responses.map((part) =>
      part.id === `resource ${resourceAppIds.exchange}` && 'appRoles' in part.body
        ? { ...part, body: { ...part.body, appRoles: [] } }
        : part,
    );
    if (responses.every((part, index) => part === late[index])) return answer;
    empty += 1;
    return Response.json({ responses: late });
  };
  const { engine } = await here.open(undefined, transport);
  const report = await connect(engine, defaults, here.run());
  expect(empty).toBe(5);
  expect(report.proof?.ok).toBe(true);
  expect(report.plan.filter(({ change }) => change === 'grant-role')).toHaveLength(2);
});
