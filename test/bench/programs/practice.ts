import { startPractice, type World } from '../../../main/practice/index.ts';
import { programInput, say } from '../child-process.ts';

export interface PracticeSetup {
  readonly tenants?: number;
  /** Further service principals in every tenant. */
  readonly principals?: number;
  /** Milliseconds of every answer. */
  readonly latency?: number;
  /** The day at Exchange Online, `YYYY-MM-DD`; default today's. */
  readonly exchangeDay?: string;
}

export type PracticeCommand =
  | { readonly command: 'copy'; readonly clientId: string }
  | { readonly command: 'keys' }
  | { readonly command: 'slow'; readonly tenantId: string; readonly ms: number };

/** What one tenant gave the copy of a registration. */
export interface CopiedRegistration {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly domain: string;
  readonly clientId: string;
  readonly objectId: string;
  readonly servicePrincipalId: string;
}

/** The key credentials of all applications of one tenant, by SHA-1 thumbprint. */
export interface PublishedKeys {
  readonly tenantId: string;
  readonly thumbprints: readonly string[];
}

type Tenant = World['state']['tenants'][number];

function found<T>(list: readonly T[], fits: (item: T) => boolean): T {
  const item = list.find(fits);
  if (item === undefined) throw new Error('the registration to copy is not complete');
  return item;
}

/** Takes what one connect made in `source`, object by object, as another connect would have made it in `target`. */
function copy(source: Tenant, target: Tenant, clientId: string, newId: () => string): CopiedRegistration {
  const application = found(source.applications, ({ appId }) => appId === clientId);
  const principal = found(source.servicePrincipals, ({ appId }) => appId === clientId);
  const ids = { clientId: newId(), objectId: newId(), servicePrincipalId: newId() };
  const resourceOf = (id: string) => {
    const { appId } = found(source.servicePrincipals, (each) => each.id === id);
    return found(target.servicePrincipals, (each) => each.appId === appId).id;
  };
  target.applications.push({
    ...structuredClone(application),
    id: ids.objectId,
    appId: ids.clientId,
    uniqueName: `tenant-keyring-${ids.clientId}`,
  });
  target.servicePrincipals.push({
    ...structuredClone(principal),
    id: ids.servicePrincipalId,
    appId: ids.clientId,
    servicePrincipalNames: [ids.clientId],
  });
  for (const grant of source.appRoleAssignments.filter(({ principalId }) => principalId === principal.id)) {
    target.appRoleAssignments.push({
      ...grant,
      id: newId(),
      principalId: ids.servicePrincipalId,
      resourceId: resourceOf(grant.resourceId),
    });
  }
  for (const grant of source.oauth2PermissionGrants.filter((each) => each.clientId === principal.id)) {
    target.oauth2PermissionGrants.push({
      ...grant,
      id: newId(),
      clientId: ids.servicePrincipalId,
      resourceId: resourceOf(grant.resourceId),
    });
  }
  return { tenantId: target.id, tenantName: target.displayName, domain: target.domains[0] ?? '', ...ids };
}

const { tenants = 1, principals = 20, latency = 0, exchangeDay } = programInput() as PracticeSetup;
const exchangeAhead = exchangeDay === undefined ? 0 : Date.parse(exchangeDay) - Date.now();
const server = await startPractice({ port: 0, tenants, principals, knobs: { latency, replication: 0, updates: 0, exchangeAhead } });
const { world } = server;

function keysOf({ id, applications }: Tenant): PublishedKeys {
  return {
    tenantId: id,
    thumbprints: applications.flatMap(({ keyCredentials }) =>
      (keyCredentials ?? []).map(({ customKeyIdentifier }) => customKeyIdentifier ?? ''),
    ),
  };
}

function answer(command: PracticeCommand): unknown {
  if (command.command === 'slow') {
    server.faultOn(({ path }) => path.startsWith(`/${command.tenantId}/`), 'slow', { ms: command.ms, times: Number.POSITIVE_INFINITY });
    return null;
  }
  if (command.command === 'keys') return world.state.tenants.map(keysOf);
  const { clientId } = command;
  const source = found(world.state.tenants, ({ applications }) => applications.some(({ appId }) => appId === clientId));
  return world.state.tenants.filter((tenant) => tenant !== source).map((target) => copy(source, target, clientId, () => world.newId()));
}

process.on('message', (command: PracticeCommand) => void say(answer(command)));
process.once('disconnect', () => void server.close());
await say(server.describe());
