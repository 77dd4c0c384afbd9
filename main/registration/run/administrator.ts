import { shiftedClock, type Clock } from '../../clock.ts';
import { clouds, type CloudId } from '../../clouds/index.ts';
import type { Directory } from '../../directory/directory.ts';
import { Fault } from '../../faults.ts';
import { noticedDifference } from '../../identity/clock-difference.ts';
import type { AdministratorSession, Scopes, SignInRequest } from '../../identity/session.ts';
import { requireTenant } from '../../policies/index.ts';
import type { Observed } from '../observed.ts';
import type { Connection, Engine, Run } from '../engine.ts';
import { signInByBrowserOrCode } from './sign-in-way.ts';

/**
 * Delegated scopes for looking (least privileged for organization, applications, service principals, delegated grants;
 * the policies have one of their own, and an application's policy asks for both) and for writing, asked only when there is something to write (Microsoft Graph
 * permission tables of the calls used).
 */
export const readScopes: Scopes = ['Directory.Read.All', 'Application.Read.All', 'Policy.Read.All'];
export const writeScopes: Scopes = [
  ...readScopes,
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
];

/** Roles that may consent to Microsoft Graph application permissions (Microsoft Entra, "Grant tenant-wide admin consent"). */
const consentingRoles: ReadonlySet<string> = new Set([
  '62e90394-69f5-4237-9190-012177145e10', // Global Administrator
  'e8611ab8-c189-46e8-94e1-60213ab1f814', // Privileged Role Administrator
]);

export interface Administrator {
  readonly session: AdministratorSession;
  /** Microsoft's time, as far as it was told: what has ended there is not validated by a clock that may be wrong. */
  readonly clock: Clock;
  /** Only a hint from the token: the service's 403 decides. True also when the token shows no roles at all. */
  readonly mayConsent: boolean;
  /** The tenant with scopes for looking. */
  readonly reader: Directory;
  /** The tenant with scopes for writing; asks for them at its first request. */
  readonly writer: Directory;
}

const isGuid = (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

/** @throws Fault sign-in.*, service.*, interrupted */
export async function signInAdministrator(
  engine: Engine,
  connection: Connection,
  cloudId: CloudId,
  run: Run,
  tenant: string | undefined,
): Promise<Administrator> {
  const clientId = engine.policies.SignInClientId ?? run.signInClientId;
  run.onProgress({ kind: 'signing-in' });
  const request: SignInRequest = {
    cloud: clouds[cloudId],
    scopes: readScopes,
    openBrowser: run.openBrowser,
    ...(tenant === undefined ? {} : { tenant }),
    ...(run.account === undefined ? {} : { loginHint: run.account }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  };
  const session = await signInByBrowserOrCode(connection.identity, request, run.codeInstead);
  // A second line of defence: the sign-in asks this tenant alone for tokens, and `checkTenant` compares what was read of it.
  if (tenant !== undefined && isGuid(tenant) && tenant.toLowerCase() !== session.tenantId.toLowerCase()) {
    await session.forget();
    throw new Fault('sign-in.wrong-tenant', { params: { meant: tenant, actual: session.tenantId, username: session.username } });
  }
  const administrator = administratorOf(engine, connection, session);
  run.onProgress({
    kind: 'signed-in',
    username: session.username,
    tenantId: session.tenantId,
    mayConsent: administrator.mayConsent,
    clockDifference: session.clockDifference,
  });
  return administrator;
}

/** The administrator of a session that is open, as one connection sees the tenant. */
export function administratorOf(engine: Engine, connection: Connection, session: AdministratorSession): Administrator {
  const { directoryRoles } = session;
  const directory = (scopes: Scopes) => connection.directory({ accessToken: (claims) => session.accessToken(scopes, claims) });
  return {
    session,
    clock: shiftedClock(engine.clock, noticedDifference(session.clockDifference)),
    mayConsent: directoryRoles.length === 0 || directoryRoles.some((role) => consentingRoles.has(role)),
    reader: directory(readScopes),
    writer: directory(writeScopes),
  };
}

/**
 * Stops before any write when the tenant that was read is not the one meant, or none that a policy allows.
 *
 * @throws Fault('sign-in.wrong-tenant'), Fault('policy.tenant')
 */
export function checkTenant(engine: Engine, observed: Observed, administrator: Administrator, meant: string | undefined): void {
  const { id, domains } = observed.tenant;
  const names = [id, ...domains].map((name) => name.toLowerCase());
  const right = id === administrator.session.tenantId && (meant === undefined || names.includes(meant.toLowerCase()));
  if (right) {
    requireTenant(engine.policies, `${observed.tenant.displayName} (${id})`, names);
    return;
  }
  throw new Fault('sign-in.wrong-tenant', {
    params: {
      meant: meant ?? administrator.session.tenantId,
      actual: `${observed.tenant.displayName} (${id})`,
      username: administrator.session.username,
    },
  });
}
