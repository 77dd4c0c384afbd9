/**
 * Microsoft Graph as the engine asks it: applications, service principals, grants and policies, in batches and pages, every
 * answer checked for its shape. Requests go through the guarded fetch of http alone; what an answer means for a credential is
 * said above, in registration.
 */
import type { Application, KeyCredential, ServicePrincipal } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Cloud } from '../clouds/index.ts';
import { guardedFetch, type Fetch, type RequestCounter } from '../http/index.ts';
import { silentLog, type Log } from '../log/index.ts';
import { readInBatches } from './batch.ts';
import type { AppRoleAssignment, DelegatedGrant, Directory, DirectoryConnection, ReadAnswer } from './directory.ts';
import type { GraphCall, SendGraph } from './graph-requests.ts';
import { readPages } from './pages.ts';
import { parsed, shaped } from './shaped.ts';

export * from './directory.ts';
export { graphFault, isOutage, isUnreachable, wasNeverSent, type GraphFaultContext } from './graph-fault.ts';
export { shaped } from './shaped.ts';

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

/** What an object that was just made has to come back with; everything else of it is read later. */
const created = z.looseObject({ id: z.string().min(1) });
const createdApplication = z.looseObject({ id: z.string().min(1), appId: z.string().min(1) });
const addedKey = z.looseObject({ keyId: z.string().min(1) });

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

  /** `shape`: what the rest of the engine relies on; a write that is answered with something else has an open outcome. */
  async function ask<T>(call: GraphCall, shape?: z.ZodType): Promise<T> {
    const answer = parsed(await send(call));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whoever reads without a shape says what it expects, and checks it
    return (shape === undefined ? answer : shaped(shape, answer)) as T;
  }
  async function tell(call: GraphCall): Promise<void> {
    await send(call);
  }

  return {
    read: (path, signal) => ask({ method: 'GET', path, ...stopped(signal) }),
    readAll: async <T>(path: string, signal?: AbortSignal, version?: 'beta') => {
      const entries = await readPages(send, cloud.graph, path, { ...stopped(signal), ...(version === undefined ? {} : { version }) });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as in `ask`
      return entries as T[];
    },
    readBatch: async <K extends string>(paths: Readonly<Record<K, string>>, signal?: AbortSignal, version?: 'beta') => {
      const run = { graph: cloud.graph, clock, ...stopped(signal), ...(version === undefined ? {} : { version }) };
      const answers = await readInBatches(send, run, paths);
      const result: Record<string, ReadAnswer<unknown>> = Object.fromEntries(answers);
      return result;
    },
    upsertApplication: (uniqueName, body) =>
      ask<Application | null>(
        {
          method: 'PATCH',
          path: `/applications(uniqueName='${keyText(uniqueName)}')`,
          body,
          headers: { Prefer: 'create-if-missing' },
        },
        createdApplication.nullable(),
      ),
    updateApplication: (objectId, body) => tell({ method: 'PATCH', path: `/applications/${objectId}`, body }),
    deleteApplication: (objectId) => tell({ method: 'DELETE', path: `/applications/${objectId}` }),
    addKey: (objectId, keyCredential, proof) =>
      ask<KeyCredential>(
        { method: 'POST', path: `/applications/${objectId}/addKey`, body: { keyCredential, passwordCredential: null, proof } },
        addedKey,
      ),
    removeKey: (objectId, keyId, proof) => tell({ method: 'POST', path: `/applications/${objectId}/removeKey`, body: { keyId, proof } }),
    createServicePrincipal: (appId, tags) =>
      ask<ServicePrincipal>(
        { method: 'POST', path: '/servicePrincipals', body: { appId, ...(tags === undefined ? {} : { tags }) } },
        created,
      ),
    updateServicePrincipal: (id, body) => tell({ method: 'PATCH', path: `/servicePrincipals/${id}`, body }),
    assignAppRole: (assignment) =>
      ask<AppRoleAssignment>(
        { method: 'POST', path: `/servicePrincipals/${assignment.resourceId}/appRoleAssignedTo`, body: assignment },
        created,
      ),
    removeAppRole: (resourceId, assignmentId) =>
      tell({ method: 'DELETE', path: `/servicePrincipals/${resourceId}/appRoleAssignedTo/${assignmentId}` }),
    createDelegatedGrant: (grant) => ask<DelegatedGrant>({ method: 'POST', path: '/oauth2PermissionGrants', body: grant }, created),
    updateDelegatedGrant: (id, scope) => tell({ method: 'PATCH', path: `/oauth2PermissionGrants/${id}`, body: { scope } }),
    deleteDelegatedGrant: (id) => tell({ method: 'DELETE', path: `/oauth2PermissionGrants/${id}` }),
    restoreDeletedItem: (id) => tell({ method: 'POST', path: `/directory/deletedItems/${id}/restore` }),
  };
}
