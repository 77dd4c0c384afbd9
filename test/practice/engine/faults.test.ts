import { describe, expect, it } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import type { PracticeFaultKind } from '../../../main/practice/index.ts';
import { connect } from '../../../main/registration/verbs/connect.ts';
import { observe } from '../../../main/registration/observe/index.ts';
import { planRegistration } from '../../../main/registration/plan/index.ts';
import { desiredRegistration } from '../../../main/registration/run/desired-registration.ts';
import { signInAdministrator } from '../../../main/registration/run/administrator.ts';
import { systemClock } from '../../../main/clock.ts';
import { ours as someCertificate } from '../../unit/certificates/samples.ts';
import { defaults, harness, kindly, tenantOf, writtenIn, type Harness } from './harness.ts';

/** Microsoft Graph requests of one connect; the tests below make sure that this is how many there are. */
const graphRequests = 8;
const isGraph = (path: string) => path.startsWith('/v1.0/');

/** The same command again and again, as an administrator would, until it is done. */
async function untilDone(here: Harness, attempts = 4): Promise<Awaited<ReturnType<typeof connect>>> {
  let last: unknown;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const services = await here.open();
    try {
      const report = await connect(services.engine, defaults, here.run());
      if (report.proof?.ok === true) return report;
      last = report.proof;
    } catch (error) {
      if (!(error instanceof Fault) || error.kind === 'bug') throw error;
      last = error;
    }
  }
  throw new Error('never done', { cause: last });
}

async function nextPlan(here: Harness) {
  const { engine } = here.services;
  const record = engine.store.find(defaults.name);
  const administrator = await signInAdministrator(engine, engine.connect('global'), 'global', here.run(), record.tenantId);
  const desired = desiredRegistration(record, []);
  return planRegistration(desired, await observe(administrator.reader, desired, record, systemClock));
}

/** One application, one entry of each kind, nothing left to do. */
async function expectWhole(here: Harness) {
  const tenant = tenantOf(here);
  expect(tenant.applications).toHaveLength(1);
  const [application] = tenant.applications;
  expect(tenant.servicePrincipals.filter((each) => each.appId === application?.appId)).toHaveLength(1);
  const principal = tenant.servicePrincipals.find((each) => each.appId === application?.appId);
  expect(tenant.appRoleAssignments.filter((each) => each.principalId === principal?.id)).toHaveLength(2);
  expect(tenant.oauth2PermissionGrants.filter((each) => each.clientId === principal?.id)).toHaveLength(1);
  expect((await nextPlan(here)).changes).toEqual([]);
}

const nth = (number: number) => {
  let seen = 0;
  return ({ path }: { path: string }) => isGraph(path) && ++seen === number;
};

const kinds: readonly PracticeFaultKind[] = [
  'status:429',
  'status:503',
  '503-after-write',
  '504-after-write',
  'drop-before',
  'drop-after-write',
  '401-challenge',
];

describe.each(kinds)('%s', (kind) => {
  it.each(Array.from({ length: graphRequests }, (_, index) => index + 1))('at request %i of Microsoft Graph', async (number) => {
    const here = await harness({ knobs: kindly });
    here.server.faultOn(nth(number), kind, { retryAfter: 0 });
    const report = await untilDone(here);
    expect(report.proof?.ok).toBe(true);
    await expectWhole(here);
  });
});

/** Token requests of one connect: two for the person, two for the application. */
const tokenRequests = 4;

describe.each(['status:503', 'drop-before', 'drop-after-write'] as const)('%s', (kind) => {
  it.each(Array.from({ length: tokenRequests }, (_, index) => index + 1))('at token request %i', async (number) => {
    const here = await harness({ knobs: kindly });
    let seen = 0;
    here.server.faultOn(({ path }) => path.endsWith('/token') && ++seen === number, kind);
    await untilDone(here);
    expect(seen).toBeGreaterThanOrEqual(tokenRequests);
    await expectWhole(here);
  });
});

describe('a run that ends', () => {
  it.each(Array.from({ length: graphRequests }, (_, index) => index + 1))('at request %i is completed by the next', async (number) => {
    const here = await harness({ knobs: kindly });
    const stop = new AbortController();
    const hit = nth(number);
    here.server.faultOn((request) => {
      if (hit(request)) stop.abort();
      return false;
    }, 'slow');
    await expect(here.connect({}, here.run(undefined, { signal: stop.signal }))).rejects.toMatchObject({ code: 'interrupted' });
    await untilDone(here);
    await expectWhole(here);
  });

  it('before the answer to the creating request came: a key added meanwhile by somebody else survives', async () => {
    const here = await harness({ knobs: kindly });
    const creating = ({ method, path }: { method: string; path: string }) => method === 'PATCH' && path.includes('uniqueName');
    // Every try of the first run loses its answer, and the reads after it find nothing yet.
    here.server.faultOn(creating, 'drop-after-write');
    const stop = new AbortController();
    here.server.faultOn(({ path }) => {
      if (tenantOf(here).applications.length > 0 && path.endsWith('$batch')) stop.abort();
      return false;
    }, 'slow');
    await here.connect({}, here.run(undefined, { signal: stop.signal })).catch(() => undefined);
    const [application] = tenantOf(here).applications;
    if (application === undefined) throw new Error('the lost request was not executed');
    const ours = application.keyCredentials?.[0];
    const { der } = (await someCertificate('somebody else')).certificate;
    const stranger = JSON.parse(JSON.stringify({ key: Buffer.from(der).toString('base64') }));
    const foreign = { ...ours, ...stranger, keyId: '0d4f1f3e-9a67-4c53-8f5e-2a2f6a9a1b11', displayName: 'CN=somebody else' };
    application.keyCredentials = [...(application.keyCredentials ?? []), foreign];
    application.web = { ...application.web, redirectUris: [...(application.web?.redirectUris ?? []), 'https://other.example.com/cb'] };
    const before = structuredClone(foreign);
    await here.connect().catch(() => undefined);
    const [after] = tenantOf(here).applications;
    expect(tenantOf(here).applications).toHaveLength(1);
    expect(after?.keyCredentials).toContainEqual(before);
    expect(after?.web?.redirectUris).toContain('https://other.example.com/cb');
  });

  it('and whose application is not yet visible to the next run: the repeated creation takes nothing away', async () => {
    const here = await harness({ knobs: { replication: 3_600_000 } });
    const stop = new AbortController();
    here.server.faultOn(({ path }) => {
      if (writtenIn(here).applications.length > 0 && path.endsWith('$batch')) stop.abort();
      return false;
    }, 'slow');
    here.server.faultOn(({ method, path }) => method === 'PATCH' && path.includes('uniqueName'), 'drop-after-write');
    await here.connect({}, here.run(undefined, { signal: stop.signal })).catch(() => undefined);
    const [application] = writtenIn(here).applications;
    if (application === undefined) throw new Error('the lost request was not executed');
    application.web = { ...application.web, redirectUris: [...(application.web?.redirectUris ?? []), 'https://other.example.com/cb'] };
    const keys = structuredClone(application.keyCredentials);
    const services = await here.open();
    await connect(services.engine, defaults, here.run()).catch(() => undefined);
    expect(writtenIn(here).applications).toHaveLength(1);
    expect(writtenIn(here).applications[0]?.keyCredentials).toEqual(keys);
    expect(writtenIn(here).applications[0]?.web?.redirectUris).toContain('https://other.example.com/cb');
  });
});

describe('replication', () => {
  it('is waited for, and nothing is made twice', async () => {
    const here = await harness({ knobs: { replication: 150 } });
    await untilDone(here);
    await expectWhole(here);
  });
});

describe('throttling of every third request', () => {
  it('only takes longer', async () => {
    const here = await harness({ knobs: { throttle: 0.3, seed: 7 } });
    await untilDone(here);
    // Now the test looks, and its own look is not what is tested.
    here.server.world.knobs.throttle = 0;
    await expectWhole(here);
  });
});
