import type { Application, KeyCredential, ServicePrincipal } from '@microsoft/microsoft-graph-types';
import type { Clock } from '../clock.ts';
import type { Cloud } from '../clouds/index.ts';
import { guardedFetch, type Fetch, type RequestCounter } from '../http/index.ts';
import { silentLog, type Log } from '../log/index.ts';
import { readInBatches } from './batch.ts';
import type { AppRoleAssignment, DelegatedGrant, Directory, DirectoryConnection, ReadAnswer } from './directory.ts';
import type { GraphCall, SendGraph } from './graph-requests.ts';

export * from './directory.ts';
export { graphFault, isUnreachable, type GraphFaultContext } from './graph-fault.ts';

export interface DirectoryOptions {
  readonly cloud: Cloud;
  /** Transport; requests are kept to the cloud's own hosts above it. */
  readonly fetch: Fetch;
  readonly connection: DirectoryConnection;
  readonly clock: Clock;
  readonly counter: RequestCounter;
  readonly log?: Log;
  /** Milliseconds one request may take; default 100 s. */
  readonly timeoutMs?: number;
}

/** A string as the key of an OData alternate key, in a path. */
const keyText = (value: string): string => encodeURIComponent(value.replaceAll("'", "''"));

const stopped = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

/** Microsoft's client is read with the first request. */
const readClient = () => import('./graph-requests.ts');

/** Reads it while nobody waits for it. */
export async function warmUpDirectory(): Promise<void> {
  await readClient();
}

/** Microsoft Graph v1.0 for one identity in one tenant. */
export function createDirectory({
  cloud,
  fetch,
  connection,
  clock,
  counter,
  log = silentLog,
  timeoutMs = 100_000,
}: DirectoryOptions): Directory {
  const guarded = guardedFetch(fetch, cloud);
  let client: Promise<SendGraph> | undefined;
  const send: SendGraph = async (call) => {
    client ??= readClient().then(({ createGraphRequests }) =>
      createGraphRequests(cloud, connection, { fetch: guarded, clock, counter, log, timeoutMs, connection }),
    );
    return (await client)(call);
  };

  async function ask<T>(call: GraphCall): Promise<T> {
    const value: T = JSON.parse((await send(call)) ?? 'null');
    return value;
  }
  async function tell(call: GraphCall): Promise<void> {
    await send(call);
  }

  return {
    read: (path, signal) => ask({ method: 'GET', path, ...stopped(signal) }),
    readAll: async <T>(path: string, signal?: AbortSignal, version?: 'beta') => {
      const all: T[] = [];
      for (let next: string | undefined = path; next !== undefined;) {
        const page: { value: T[]; '@odata.nextLink'?: string } = await ask({
          method: 'GET',
          path: next,
          ...stopped(signal),
          ...(version === undefined ? {} : { version }),
        });
        all.push(...page.value);
        next = page['@odata.nextLink'];
      }
      return all;
    },
    readBatch: async <K extends string>(paths: Readonly<Record<K, string>>, signal?: AbortSignal) => {
      const answers = await readInBatches(send, clock, paths, signal);
      const result: Record<string, ReadAnswer<unknown>> = Object.fromEntries(answers);
      return result;
    },
    upsertApplication: (uniqueName, body) =>
      ask<Application | null>({
        method: 'PATCH',
        path: `/applications(uniqueName='${keyText(uniqueName)}')`,
        body,
        headers: { Prefer: 'create-if-missing' },
      }),
    updateApplication: (objectId, body) => tell({ method: 'PATCH', path: `/applications/${objectId}`, body }),
    deleteApplication: (objectId) => tell({ method: 'DELETE', path: `/applications/${objectId}` }),
    addKey: (objectId, keyCredential, proof) =>
      ask<KeyCredential>({
        method: 'POST',
        path: `/applications/${objectId}/addKey`,
        body: { keyCredential, passwordCredential: null, proof },
      }),
    removeKey: (objectId, keyId, proof) => tell({ method: 'POST', path: `/applications/${objectId}/removeKey`, body: { keyId, proof } }),
    createServicePrincipal: (appId, tags) =>
      ask<ServicePrincipal>({ method: 'POST', path: '/servicePrincipals', body: { appId, ...(tags === undefined ? {} : { tags }) } }),
    updateServicePrincipal: (id, body) => tell({ method: 'PATCH', path: `/servicePrincipals/${id}`, body }),
    assignAppRole: (assignment) =>
      ask<AppRoleAssignment>({ method: 'POST', path: `/servicePrincipals/${assignment.resourceId}/appRoleAssignedTo`, body: assignment }),
    removeAppRole: (resourceId, assignmentId) =>
      tell({ method: 'DELETE', path: `/servicePrincipals/${resourceId}/appRoleAssignedTo/${assignmentId}` }),
    createDelegatedGrant: (grant) => ask<DelegatedGrant>({ method: 'POST', path: '/oauth2PermissionGrants', body: grant }),
    updateDelegatedGrant: (id, scope) => tell({ method: 'PATCH', path: `/oauth2PermissionGrants/${id}`, body: { scope } }),
    restoreDeletedItem: (id) => tell({ method: 'POST', path: `/directory/deletedItems/${id}/restore` }),
  };
}
