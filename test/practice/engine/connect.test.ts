import { describe, expect, it } from 'vitest';
import { profileById } from '../../../main/servers/index.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import { Fault } from '../../../main/faults.ts';
import { createSecrets } from '../../../main/vault/index.ts';
import { connect } from '../../../main/registration/verbs/connect.ts';
import { defaults, harness, kindly, tenantOf } from './harness.ts';

const results = (report: { proof?: { checks: readonly { check: string; result: string }[] } }) =>
  Object.fromEntries(report.proof?.checks.map(({ check, result }) => [check, result]) ?? []);

describe('connect with a key of ours', () => {
  it('registers as the guide does, and proves it', async () => {
    const here = await harness();
    const report = await here.connect();
    expect(results(report)).toEqual({
      'token-graph': 'passed',
      'token-exchange': 'passed',
      'graph-read': 'passed',
      'key-credential': 'passed',
      'redirect-uri': 'passed',
      'id-tokens': 'passed',
      'logout-url': 'passed',
      'roles-granted': 'passed',
      'sign-in-consent': 'passed',
      'service-principal': 'passed',
      'ews-allowed': 'not-testable',
    });
    expect(report.proof).toMatchObject({ ok: true, state: 'set-up' });
    expect(report.plan.map(({ change, step }) => `${step} ${change}`)).toEqual([
      'registration create-application',
      'key-credential add-key-credential',
      'user-sign-in set-redirect-uris',
      'user-sign-in enable-id-tokens',
      'permissions require-permission',
      'permissions require-permission',
      'permissions require-permission',
      'registration create-service-principal',
      'consent grant-role',
      'consent grant-role',
      'consent grant-scopes',
    ]);
    const [application] = tenantOf(here).applications;
    expect(application).toMatchObject({
      displayName: 'MailStore Server',
      signInAudience: 'AzureADMyOrg',
      web: {
        redirectUris: ['https://mailstore.example.com:8462/oidc/signin'],
        implicitGrantSettings: { enableIdTokenIssuance: true, enableAccessTokenIssuance: false },
      },
    });
    expect(application?.requiredResourceAccess?.flatMap((each) => each.resourceAccess?.map((access) => access.type))).toEqual([
      'Scope',
      'Role',
      'Role',
    ]);
  });

  it('takes at most 6 sequential and 12 requests of Microsoft Graph, however large the tenant', async () => {
    for (const principals of [20, 400]) {
      const here = await harness({ principals, knobs: kindly });
      const { requests } = await here.connect();
      expect(requests.sequential).toBeLessThanOrEqual(6);
      expect(requests.graph).toBeLessThanOrEqual(12);
    }
  });

  it('is proven where every check can be made here', async () => {
    const here = await harness();
    const report = await here.connect({ profile: profileById('directory-only') });
    expect(report.proof).toMatchObject({ ok: true, state: 'proven' });
  });

  it('is only set up where the profile reads mail and nobody has seen mail', async () => {
    const here = await harness();
    const report = await here.connect({ profile: profileById('mailstore-graph') });
    expect(report.proof).toMatchObject({ ok: true, state: 'set-up' });
    expect(Object.entries(results(report)).filter(([, result]) => result !== 'passed')).toEqual([['mail-read', 'not-testable']]);
    expect(here.services.engine.store.find(report.credential.id).state).toBe('set-up');
  });

  it('says of a certificate that is published twice how often it is there, by a code of its own', async () => {
    const here = await harness();
    const { credential } = await here.connect();
    const [application] = tenantOf(here).applications;
    const [entry] = application?.keyCredentials ?? [];
    if (application === undefined || entry === undefined) throw new Error('nothing published');
    application.keyCredentials = [entry, { ...entry, keyId: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b' }];
    const { proof } = await verify(here.services.engine, credential.id, { signIn: false }, here.run());
    expect(proof?.state).toBe('needs-attention');
    expect(proof?.checks.find(({ check }) => check === 'key-credential')).toMatchObject({
      result: 'failed',
      code: 'check.key-credential.twice',
      evidence: `The certificate ${credential.certificate?.thumbprint} is in the application 2 times.`,
    });
  });

  it('says of a certificate whose entry in the tenant has ended that it has, although the certificate goes on', async () => {
    const here = await harness();
    const { credential } = await here.connect();
    const [entry] = tenantOf(here).applications[0]?.keyCredentials ?? [];
    if (entry === undefined) throw new Error('nothing published');
    entry.endDateTime = '2026-01-01T00:00:00Z';
    const { proof } = await verify(here.services.engine, credential.id, { signIn: true }, here.run());
    expect(proof?.checks.find(({ check }) => check === 'key-credential')).toMatchObject({
      result: 'failed',
      code: 'check.key-credential.ended',
      evidence: expect.stringContaining('its entry there expired on 2026-01-01T00:00:00.000Z'),
    });
  });

  it('continues under the same name with the same key, and has nothing left to do', async () => {
    const here = await harness();
    const first = await here.connect();
    const again = await here.connect({}, here.run(undefined, { confirm: () => Promise.reject(new Error('nothing to confirm')) }));
    expect(again.plan).toEqual([]);
    expect(again.credential).toEqual(first.credential);
    expect(tenantOf(here).applications).toHaveLength(1);
  });

  it('refuses a name that stands for something else', async () => {
    const here = await harness();
    await here.connect();
    await expect(here.connect({ redirectUri: 'https://other.example.com:8462/oidc/signin' })).rejects.toMatchObject({
      code: 'input.name.taken',
    });
    await expect(here.connect({ clientId: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b' })).rejects.toMatchObject({ code: 'input.name.taken' });
    await expect(here.connect({}, here.run(undefined, { tenant: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b' }))).rejects.toMatchObject({
      code: 'input.name.taken',
    });
  });

  it('with --plan shows everything and writes nothing, there or here', async () => {
    const here = await harness();
    const before = structuredClone(tenantOf(here).applications);
    const report = await here.connect({ planOnly: true });
    expect(report.plan.length).toBeGreaterThan(8);
    expect(report.proof).toBeUndefined();
    expect(report.credential.certificate).toBeNull();
    expect(report.plan.find((each) => each.change === 'add-key-credential')?.reason).toMatch(/^Publish a new certificate/);
    expect(tenantOf(here).applications).toEqual(before);
    expect(here.services.engine.store.list()).toEqual([]);
    expect(await here.keychain.accounts()).toEqual([]);
    expect(JSON.stringify(tenantOf(here).oauth2PermissionGrants)).not.toContain('ReadWrite');
  });

  it('changes nothing when the administrator says no', async () => {
    const here = await harness();
    await expect(here.connect({}, here.run(undefined, { confirm: () => Promise.resolve(false) }))).rejects.toMatchObject({
      code: 'input.declined',
    });
    expect(tenantOf(here).applications).toEqual([]);
    expect(here.services.engine.store.list()).toEqual([]);
  });

  it('stops before any write when another tenant was signed in to', async () => {
    const here = await harness({ tenants: 2 });
    const other = here.server.describe().tenants[1];
    const run = here.run(here.account('Global Administrator'), { tenant: other?.id ?? '' });
    await expect(here.connect({}, run)).rejects.toMatchObject({ kind: 'sign-in' });
    expect(here.server.world.state.tenants.flatMap((tenant) => tenant.applications)).toEqual([]);
  });
});

describe('repair', () => {
  it('heals a lost key with a new certificate beside the old one', async () => {
    const here = await harness();
    const first = await here.connect();
    for (const account of await here.keychain.accounts()) await here.keychain.delete(account);
    const lost = await verify(here.services.engine, 'Contoso archive', { signIn: false }, here.run());
    expect(lost.proof?.state).toBe('needs-attention');
    const report = await repair(
      here.services.engine,
      { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false },
      here.run(),
    );
    expect(report.plan.map((each) => each.change)).toEqual(['add-key-credential']);
    expect(report.proof?.ok).toBe(true);
    expect(report.credential.certificate?.thumbprint).not.toBe(first.credential.certificate?.thumbprint);
    expect(tenantOf(here).applications[0]?.keyCredentials).toHaveLength(2);
  });

  it('puts back what somebody took away, and switches off what somebody switched on', async () => {
    const here = await harness();
    await here.connect();
    const tenant = tenantOf(here);
    const [application] = tenant.applications;
    if (application === undefined) throw new Error('no application');
    tenant.appRoleAssignments = tenant.appRoleAssignments.filter(
      (each) => each.principalId !== tenant.servicePrincipals.find((sp) => sp.appId === application.appId)?.id,
    );
    application.web = {
      ...application.web,
      redirectUris: [],
      logoutUrl: 'https://x.example/bye',
      implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: true },
    };
    const broken = await verify(here.services.engine, 'Contoso archive', { signIn: true }, here.run());
    expect(results(broken)).toMatchObject({
      'redirect-uri': 'failed',
      'id-tokens': 'failed',
      'logout-url': 'failed',
      'roles-granted': 'failed',
      'token-exchange': 'failed',
    });
    const report = await repair(
      here.services.engine,
      { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false },
      here.run(),
    );
    expect(report.proof?.ok).toBe(true);
  });
});

describe('an application that was there before', () => {
  async function withForeign() {
    const here = await harness();
    await here.connect({ name: 'first' });
    const [application] = tenantOf(here).applications;
    if (application === undefined) throw new Error('no application');
    // Somebody made it on another computer.
    here.keychain.entries.clear();
    return { here, application };
  }

  it('of the same name is shown and not used', async () => {
    const { here, application } = await withForeign();
    const report = await here.connect({ name: 'second' });
    expect(report.findings.find((finding) => finding.finding === 'same-name-application')?.text).toContain(application.appId);
    expect(tenantOf(here).applications).toHaveLength(2);
  });

  it('is adopted by its id, and its keys, addresses and grants stay', async () => {
    const { here, application } = await withForeign();
    const before = structuredClone(application.keyCredentials);
    const report = await here.connect({
      name: 'adopted',
      clientId: application.appId,
      redirectUri: 'https://second.example.com/oidc/signin',
    });
    expect(report.credential.clientId).toBe(application.appId);
    expect(report.proof?.ok).toBe(true);
    const after = tenantOf(here).applications[0];
    expect(tenantOf(here).applications).toHaveLength(1);
    expect(after?.keyCredentials).toEqual(expect.arrayContaining(before ?? []));
    expect(after?.web?.redirectUris).toEqual(['https://mailstore.example.com:8462/oidc/signin', 'https://second.example.com/oidc/signin']);
    expect(report.findings.map((finding) => finding.finding)).toEqual(
      expect.arrayContaining(['foreign-key-credential', 'foreign-redirect-uri']),
    );
  });

  it('that is not there is said to be missing', async () => {
    const here = await harness();
    await expect(here.connect({ clientId: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b' })).rejects.toMatchObject({
      code: 'registration.application-missing',
    });
    expect(here.services.engine.store.list()).toEqual([]);
  });
});

describe('a tenant without Exchange', () => {
  it('gets its service principal first', async () => {
    const here = await harness();
    const tenant = tenantOf(here);
    tenant.servicePrincipals = tenant.servicePrincipals.filter((each) => each.appId !== resourceAppIds.exchange);
    const report = await here.connect();
    expect(report.plan.map((each) => each.change)).toContain('create-resource-service-principal');
    expect(report.proof?.ok).toBe(true);
  });
});

describe('without a keychain', () => {
  it('nobody is made to sign in', async () => {
    const here = await harness();
    const broken = {
      ...here.services.engine,
      secrets: createSecrets({
        ...here.keychain,
        get: () => Promise.reject(new Fault('vault.unavailable', { params: { reason: 'none' } })),
      }),
    };
    const run = here.run(undefined, { openBrowser: () => Promise.reject(new Error('signed in')) });
    await expect(connect(broken, defaults, run)).rejects.toMatchObject({ code: 'vault.unavailable' });
    expect(tenantOf(here).applications).toEqual([]);
  });
});
