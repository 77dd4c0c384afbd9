import type { Application, KeyCredential, ServicePrincipal } from '@microsoft/microsoft-graph-types';

/** Answer of one read inside a batch: the body, or the Graph failure that came back for it. */
export type ReadAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: GraphFailure };

/**
 * Why Graph did not do what was asked, decided on `details[].code`, then `code`, then text
 * (Microsoft Graph, "Error responses and resource types").
 */
export type GraphFailureKind =
  | 'not-found' // 404 Request_ResourceNotFound
  | 'not-replicated' // an object we just created is not yet seen everywhere: NoBackingApplicationObject and its family
  | 'already-there' // duplicate grant (400), duplicate service principal (409)
  | 'forbidden' // 403: role, scope
  | 'policy' // app-management policy: lifetime, trusted CA, credential type
  | 'expired-key-refused' // an expired entry in keyCredentials makes Graph refuse the update
  | 'invalid' // any other 400
  | 'unauthenticated' // 401 that a new token did not heal
  | 'throttled' // 429 beyond backoff: certainly not executed
  | 'uncertain' // 5xx, dropped connection, time-out: may have been executed
  | 'not-graph'; // HTML or other text: a proxy answered

export class GraphFailure extends Error {
  override readonly name = 'GraphFailure';
  readonly kind: GraphFailureKind;
  readonly status: number;
  readonly code: string;
  readonly details: readonly { readonly code: string; readonly message: string; readonly target: string }[];
  readonly requestId: string;
  /** When Microsoft refused it, by its own clock (HTTP `Date`, whole seconds); null where no answer told it. */
  readonly serverTime: Date | null;

  constructor(
    kind: GraphFailureKind,
    facts: {
      status: number;
      code: string;
      message: string;
      details?: GraphFailure['details'];
      requestId?: string;
      serverTime?: Date | null;
      cause?: unknown;
    },
  ) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = kind;
    this.status = facts.status;
    this.code = facts.code;
    this.details = facts.details ?? [];
    this.requestId = facts.requestId ?? '';
    this.serverTime = facts.serverTime ?? null;
  }
}

export type { RequestCounts } from '../http/counter.ts';

export interface AppRoleAssignment {
  readonly id: string;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly resourceDisplayName?: string;
}

export interface DelegatedGrant {
  readonly id: string;
  readonly clientId: string;
  readonly resourceId: string;
  readonly consentType: string;
  readonly principalId?: string | null | undefined;
  readonly scope: string;
}

/**
 * Microsoft Graph v1.0 as one signed-in identity sees one tenant. Paths are relative to `/v1.0`, already encoded.
 * Reads are retried (429, 503, 504, dropped connections; bounded); writes are repeated only after 429, which Graph
 * certainly did not execute. Everything else a write meets is a `GraphFailure` for the caller to look at the tenant again.
 *
 * All methods throw `GraphFailure`, or `Fault('interrupted')` when the signal is aborted.
 */
export interface Directory {
  read<T>(path: string, signal?: AbortSignal): Promise<T>;
  /** All pages of a collection; `version` beta for what v1.0 does not offer, and nothing may depend on. */
  readAll<T>(path: string, signal?: AbortSignal, version?: 'beta'): Promise<T[]>;
  /**
   * As few `$batch` requests of at most 20 reads as possible, keyed by name. Throttled or failed parts are asked again. `version` as of
   * `readAll`: all parts are of one version.
   */
  readBatch<K extends string>(
    paths: Readonly<Record<K, string>>,
    signal?: AbortSignal,
    version?: 'beta',
  ): Promise<Record<K, ReadAnswer<unknown>>>;
  /** Upsert by alternate key with `Prefer: create-if-missing`; `null` after 204 (it existed and was updated). */
  upsertApplication(uniqueName: string, body: Application): Promise<Application | null>;
  updateApplication(objectId: string, body: Application): Promise<void>;
  deleteApplication(objectId: string): Promise<void>;
  /** "application: addKey": the new key credential, without its key. `proof` is signed with a key that is there already. */
  addKey(objectId: string, keyCredential: KeyCredential, proof: string): Promise<KeyCredential>;
  removeKey(objectId: string, keyId: string, proof: string): Promise<void>;
  createServicePrincipal(appId: string, tags?: readonly string[]): Promise<ServicePrincipal>;
  updateServicePrincipal(id: string, body: ServicePrincipal): Promise<void>;
  assignAppRole(assignment: Omit<AppRoleAssignment, 'id' | 'resourceDisplayName'>): Promise<AppRoleAssignment>;
  removeAppRole(resourceId: string, assignmentId: string): Promise<void>;
  createDelegatedGrant(grant: Omit<DelegatedGrant, 'id'>): Promise<DelegatedGrant>;
  updateDelegatedGrant(id: string, scope: string): Promise<void>;
  deleteDelegatedGrant(id: string): Promise<void>;
  restoreDeletedItem(id: string): Promise<void>;
}

export interface DirectoryConnection {
  /** Token for the next request; `claims` after a claims challenge. */
  readonly accessToken: (claims?: string) => Promise<string>;
  /** Called directly before each request that writes, each repetition too; what it throws keeps the request from being sent. */
  readonly beforeWrite?: () => void;
  /** Milliseconds that one request that writes may take, where that is less than what any request may take. */
  readonly longestWrite?: number;
}
