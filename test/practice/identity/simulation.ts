import { randomUUID } from 'node:crypto';
import { exportPKCS8, importPKCS8, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { onTestFinished } from 'vitest';
import { systemClock, type Clock } from '../../../main/clock.ts';
import { clouds, resourceAppIds } from '../../../main/clouds/index.ts';
import { createCertificate, type Certificate } from '../../../main/certificates/index.ts';
import { practiceFetch, startPractice, type PracticeOptions, type PracticeServer } from '../../../main/practice/index.ts';
import type { PracticeAccount, PracticeTenant, StoredApplication, StoredServicePrincipal } from '../../../main/practice/world.ts';

/** A clock that a test can move. */
export interface MovableClock extends Clock {
  advance(ms: number): void;
  readonly slept: number[];
}

export function movableClock(): MovableClock {
  let offset = 0;
  const slept: number[] = [];
  return {
    now: () => new Date(systemClock.now().getTime() + offset),
    sleep: (ms) => {
      slept.push(ms);
      return Promise.resolve();
    },
    advance: (ms) => {
      offset += ms;
    },
    slept,
  };
}

export interface Simulation {
  readonly server: PracticeServer;
  readonly clock: MovableClock;
  readonly tenant: PracticeTenant;
  readonly fetch: ReturnType<typeof practiceFetch>;
  account(role: string): PracticeAccount;
  /** Posts a form to the first tenant's token endpoint (or another). */
  token(
    fields: Readonly<Record<string, string>>,
    segment?: string,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
}

/** A practice tenant without replication delay, closed when the test ends. */
export async function simulation(options: PracticeOptions = {}): Promise<Simulation> {
  const clock = movableClock();
  const server = await startPractice({ clock, principals: 3, ...options, knobs: { replication: 0, updates: 0, ...options.knobs } });
  onTestFinished(() => server.close());
  const [tenant] = server.world.state.tenants;
  if (tenant === undefined) throw new Error('no tenant');
  const fetch = practiceFetch(server.origin);
  return {
    server,
    clock,
    tenant,
    fetch,
    account: (role) => {
      const found = tenant.accounts.find((account) => account.role === role);
      if (found === undefined) throw new Error(`no account with role ${role}`);
      return found;
    },
    token: async (fields, segment = tenant.id) => {
      const response = await fetch(`${clouds.global.authority}/${segment}/oauth2/v2.0/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      });
      return { status: response.status, body: Object(await response.json()) };
    },
  };
}

export interface Registered {
  readonly application: StoredApplication;
  readonly principal: StoredServicePrincipal;
  readonly certificate: Certificate;
  readonly privateKey: string;
}

const day = 86_400_000;

const made: ReturnType<typeof createCertificate>[] = [];

/** The n-th key of the file: keys take long to make, and no test changes one. */
function keyPair(index: number): ReturnType<typeof createCertificate> {
  made[index] ??= createCertificate({
    commonName: 'Practice',
    keySize: 2048,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 30 * day),
  });
  return made[index];
}

/** An application with a certificate of its own, put into the tenant as if Graph had been asked for it. */
export async function register({ tenant }: Simulation, overrides: Partial<StoredApplication> = {}): Promise<Registered> {
  const { certificate, privateKey } = await keyPair(tenant.applications.length);
  const application: StoredApplication = {
    id: randomUUID(),
    appId: randomUUID(),
    displayName: 'MailStore Server',
    signInAudience: 'AzureADMyOrg',
    ...overrides,
  };
  application.keyCredentials ??= [keyCredential(certificate)];
  const principal: StoredServicePrincipal = {
    id: randomUUID(),
    appId: application.appId,
    displayName: 'MailStore Server',
    accountEnabled: true,
  };
  tenant.applications.push(application);
  tenant.servicePrincipals.push(principal);
  return { application, principal, certificate, privateKey: await exportPKCS8(privateKey) };
}

export function keyCredential(certificate: Certificate): NonNullable<StoredApplication['keyCredentials']>[number] {
  return {
    keyId: randomUUID(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    startDateTime: certificate.notBefore,
    endDateTime: certificate.notAfter,
    // Edm.Binary: base64 in JSON, whatever the published type says
    ...JSON.parse(JSON.stringify({ key: Buffer.from(certificate.der).toString('base64') })),
  };
}

/** Grants an application role of a resource; its id. */
export function grant({ tenant }: Simulation, { principal }: Registered, resource: keyof typeof resourceAppIds, value: string): string {
  const owner = tenant.servicePrincipals.find(({ appId }) => appId === resourceAppIds[resource]);
  const role = owner?.appRoles?.find((candidate) => candidate.value === value);
  if (owner === undefined || role?.id === undefined) throw new Error(`no role ${value}`);
  const id = randomUUID();
  tenant.appRoleAssignments.push({
    id,
    principalId: principal.id,
    resourceId: owner.id,
    appRoleId: role.id,
    createdDateTime: new Date().toISOString(),
  });
  return id;
}

export interface AssertionOptions {
  /** Claims that are undefined are left out. */
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly header?: Partial<JWTHeaderParameters>;
}

const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

/** A client assertion as MSAL makes it (PS256, `x5t#S256`), with whatever a test wants to be wrong about it. */
export async function assertion(
  { tenant, clock }: Simulation,
  { application, certificate, privateKey }: Registered,
  { payload, header }: AssertionOptions = {},
): Promise<string> {
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const alg = header?.alg ?? 'PS256';
  const claims: JWTPayload = {
    aud: `${clouds.global.authority}/${tenant.id}/oauth2/v2.0/token`,
    iss: application.appId,
    sub: application.appId,
    jti: randomUUID(),
    nbf: seconds,
    exp: seconds + 600,
    ...payload,
  };
  return new SignJWT(JSON.parse(JSON.stringify(claims)))
    .setProtectedHeader({ typ: 'JWT', alg, ...(header ?? { 'x5t#S256': base64url(certificate.thumbprintSha256) }) })
    .sign(await importPKCS8(privateKey, alg));
}

export const graphDefault = `${clouds.global.graph}/.default`;

export const clientCredentials = (clientId: string, clientAssertion: string, scope = graphDefault): Record<string, string> => ({
  client_id: clientId,
  scope,
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: clientAssertion,
});
