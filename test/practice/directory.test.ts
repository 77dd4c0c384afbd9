import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCertificate } from '../../main/certificates/index.ts';
import { clouds, resourceAppIds } from '../../main/clouds/index.ts';
import { GraphFailure, type Directory } from '../../main/directory/index.ts';
import { Fault } from '../../main/faults.ts';
import { isReplicationFault } from '../../main/identity/index.ts';
import type { PracticeFaultKind, PracticeKnobs } from '../../main/practice/index.ts';
import { startPeople } from './people.ts';

const { global: cloud } = clouds;
const scopes = [
  'Directory.Read.All',
  'Policy.Read.All',
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
];
const directoryReadAll = '7ab1d382-f21e-4acd-a863-ba3e13f7da61';

async function asAdministrator(knobs: Partial<PracticeKnobs> = {}) {
  const people = await startPeople({ tenants: 1, knobs });
  const { id } = people.tenant(0);
  const session = await people.identity.signIn({
    cloud,
    tenant: id,
    scopes,
    openBrowser: people.browserOf(people.accountOf('Global Administrator')),
  });
  const graphId = people.server.world.state.tenants[0]?.servicePrincipals.find(({ appId }) => appId === resourceAppIds.graph)?.id ?? '';
  return {
    ...people,
    id,
    session,
    graphId,
    directory: people.directoryOf(session, scopes),
    applications: () => people.server.world.state.tenants[0]?.applications ?? [],
  };
}

async function createApplication(directory: Directory, extra: object = {}) {
  const application = await directory.upsertApplication(`tenant-keyring-${randomUUID()}`, {
    displayName: 'MailStore Server',
    signInAudience: 'AzureADMyOrg',
    ...extra,
  });
  if (application === null) throw new Error('the application was already there');
  return { objectId: application.id ?? '', clientId: application.appId ?? '', uniqueName: application.uniqueName ?? '' };
}

test('every call, from the first read to the restore', async () => {
  const { directory, id, graphId, applications, counter, session } = await asAdministrator();
  const organizations = await directory.read<{ value: { id: string }[] }>('/organization?$select=id,displayName,verifiedDomains');
  expect(organizations.value.map((organization) => organization.id)).toEqual([id]);
  const principals = await directory.readAll<{ id: string }>('/servicePrincipals?$select=id&$top=5');
  expect(principals.length).toBeGreaterThan(20);
  const { objectId, clientId, uniqueName } = await createApplication(directory);
  expect(await directory.upsertApplication(uniqueName, { displayName: 'MailStore' })).toBeNull();
  await directory.updateApplication(objectId, { web: { redirectUris: ['https://mailstore.example.com/oidc/signin'] } });
  const principal = await directory.createServicePrincipal(clientId);
  const principalId = principal.id ?? '';
  await directory.updateServicePrincipal(principalId, { accountEnabled: true });
  const assignment = await directory.assignAppRole({ principalId, resourceId: graphId, appRoleId: directoryReadAll });
  const grant = await directory.createDelegatedGrant({
    clientId: principalId,
    resourceId: graphId,
    consentType: 'AllPrincipals',
    scope: 'openid',
  });
  await directory.updateDelegatedGrant(grant.id, 'openid profile');
  const answers = await directory.readBatch({
    application: `/applications/${objectId}?$select=id,displayName,web`,
    principal: `/servicePrincipals(appId='${clientId}')`,
    roles: `/servicePrincipals/${principalId}/appRoleAssignments`,
    grants: `/oauth2PermissionGrants?$filter=clientId eq '${principalId}'`,
    nobody: `/applications/${randomUUID()}`,
  });
  expect(answers).toMatchObject({
    application: { ok: true, value: { displayName: 'MailStore', web: { redirectUris: ['https://mailstore.example.com/oidc/signin'] } } },
    principal: { ok: true, value: { id: principalId } },
    roles: { ok: true, value: { value: [{ id: assignment.id, appRoleId: directoryReadAll }] } },
    grants: { ok: true, value: { value: [{ scope: 'openid profile' }] } },
    nobody: { ok: false, failure: { kind: 'not-found', code: 'Request_ResourceNotFound' } },
  });
  await directory.removeAppRole(graphId, assignment.id);
  await directory.deleteApplication(objectId);
  expect(applications()).toEqual([]);
  await directory.restoreDeletedItem(objectId);
  expect(applications().map((application) => application.id)).toEqual([objectId]);
  expect(counter.counts().sequential).toBe(counter.counts().graph);
  await session.forget();
});

test('what Graph refuses', async () => {
  const { directory, graphId } = await asAdministrator();
  const { clientId } = await createApplication(directory);
  const principalId = (await directory.createServicePrincipal(clientId)).id ?? '';
  await expect(directory.createServicePrincipal(clientId)).rejects.toMatchObject({ kind: 'already-there', status: 409 });
  await expect(directory.createServicePrincipal(randomUUID())).rejects.toMatchObject({ kind: 'not-replicated' });
  const assignment = { principalId, resourceId: graphId, appRoleId: directoryReadAll };
  await directory.assignAppRole(assignment);
  await expect(directory.assignAppRole(assignment)).rejects.toMatchObject({ kind: 'already-there', status: 400 });
  await expect(directory.updateApplication(randomUUID(), { displayName: 'x' })).rejects.toMatchObject({ kind: 'not-found' });
  await expect(directory.read('/applications?$filter=nonsense')).rejects.toMatchObject({ kind: 'invalid' });
});

test('a role that may not consent is refused by Graph', async () => {
  const { identity, id, graphId, browserOf, accountOf, directoryOf } = await asAdministrator();
  const session = await identity.signIn({
    cloud,
    tenant: id,
    scopes,
    openBrowser: browserOf(accountOf('Cloud Application Administrator')),
  });
  const directory = directoryOf(session, scopes);
  const { clientId } = await createApplication(directory);
  const principalId = (await directory.createServicePrincipal(clientId)).id ?? '';
  await expect(directory.assignAppRole({ principalId, resourceId: graphId, appRoleId: directoryReadAll })).rejects.toMatchObject({
    kind: 'forbidden',
    code: 'Authorization_RequestDenied',
  });
});

test.each(['status:503', 'status:504', 'drop-before', 'drop-after-write'] as const)('a read and a batch get over %s', async (kind) => {
  const { directory, server } = await asAdministrator();
  server.faultOn(({ path }) => path.startsWith('/v1.0/organization'), kind);
  server.faultOn(({ path }) => path === '/v1.0/$batch', kind);
  expect(await directory.readAll('/organization')).toHaveLength(1);
  expect(await directory.readBatch({ organization: '/organization' })).toMatchObject({ organization: { ok: true } });
});

test.each(['503-after-write', '504-after-write', 'drop-after-write'] as const)(
  'a write that took effect is uncertain after %s, and never done twice',
  async (kind) => {
    const { directory, server, applications } = await asAdministrator();
    server.faultOn(({ method }) => method === 'PATCH', kind);
    await expect(createApplication(directory)).rejects.toMatchObject({ kind: 'uncertain' });
    expect(applications()).toHaveLength(1);
  },
);

test('a write that never arrived is uncertain too', async () => {
  const { directory, server, applications } = await asAdministrator();
  server.faultOn(({ method }) => method === 'PATCH', 'drop-before');
  await expect(createApplication(directory)).rejects.toMatchObject({ kind: 'uncertain', status: 0 });
  expect(applications()).toEqual([]);
});

test.each([
  ['status:429', (directory: Directory) => directory.readAll('/organization')],
  ['status:429', createApplication],
  ['401-challenge', (directory: Directory) => directory.readAll('/organization')],
  ['401-challenge', createApplication],
] as const)('%s is waited for or answered, in reads and writes', async (kind: PracticeFaultKind, call) => {
  const { directory, server, pauses } = await asAdministrator();
  server.faultOn(({ path }) => path.startsWith('/v1.0/'), kind, { retryAfter: 4 });
  await call(directory);
  expect(pauses).toEqual(kind === 'status:429' ? [4000] : []);
});

test('a tenant that throttles every second request', async () => {
  const { directory } = await asAdministrator({ throttle: 0.5 });
  const { objectId } = await createApplication(directory);
  await directory.updateApplication(objectId, { displayName: 'x' });
  expect(await directory.readBatch({ a: `/applications/${objectId}`, b: '/organization' })).toMatchObject({
    a: { ok: true },
    b: { ok: true },
  });
});

test('an app-only token from the first publication of the certificate to the granted role', async () => {
  const { directory, identity, id, graphId } = await asAdministrator({ replication: 400 });
  const now = Date.now();
  const { certificate, privateKey } = await createCertificate({
    commonName: 'MailStore',
    keySize: 2048,
    notBefore: new Date(now - 600_000),
    notAfter: new Date(now + 86_400_000),
  });
  const key = {
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    keyId: randomUUID(),
    displayName: 'MailStore',
    startDateTime: certificate.notBefore,
    endDateTime: certificate.notAfter,
    key: Buffer.from(certificate.der).toString('base64'),
  };
  const { clientId } = await createApplication(directory, { keyCredentials: [key] });
  const request = {
    cloud,
    tenantId: id,
    clientId,
    thumbprintSha256: certificate.thumbprintSha256,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    resource: 'graph',
  } as const;
  const early: unknown = await identity.appOnlyToken(request).catch((error: unknown) => error);
  expect(early).toBeInstanceOf(Fault);
  expect(early instanceof Fault && isReplicationFault(early)).toBe(true);
  const principalId = await untilReplicated(async () => (await directory.createServicePrincipal(clientId)).id ?? '');
  await untilReplicated(() => directory.assignAppRole({ principalId, resourceId: graphId, appRoleId: directoryReadAll }));
  const token = await untilReplicated(async () => {
    const found = await identity.appOnlyToken(request);
    if (found.claims.roles.length === 0) throw new Fault('token.key-not-found');
    return found;
  });
  expect(token.claims).toEqual({ aud: cloud.graph, tid: id, appid: clientId, oid: principalId, roles: ['Directory.Read.All'] });
});

/** Asks until Microsoft's replication is over, as the engine does. */
async function untilReplicated<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const early =
        (error instanceof Fault && isReplicationFault(error)) ||
        (error instanceof GraphFailure && ['not-replicated', 'not-found'].includes(error.kind));
      if (!early) throw error;
    }
  }
}
