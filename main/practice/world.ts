import type { Application, AppRoleAssignment, OAuth2PermissionGrant, ServicePrincipal, User } from '@microsoft/microsoft-graph-types';
import type { PracticeExchange } from './exchange-online/settings.ts';

/** A person who can sign in to the practice tenant, and the one trait that makes the account worth practising with. */
export interface PracticeAccount {
  readonly upn: string;
  readonly displayName: string;
  readonly objectId: string;
  /** What the list of accounts shows, e.g. `Global Administrator`, `Ordinary user`, `GDAP partner`. */
  readonly role: string;
  /** Directory role template ids. */
  readonly wids: readonly string[];
  readonly trait: 'none' | 'guest' | 'gdap' | 'blocked' | 'declines-consent' | 'needs-mfa';
}

/** Microsoft Graph, "federatedIdentityCredential resource type". */
export interface FederatedIdentityCredential {
  readonly id: string;
  readonly audiences: readonly string[];
  readonly description: string | null;
  readonly issuer: string;
  readonly name: string;
  readonly subject: string;
}

/** `key` of a key credential and `secretText` of a secret are always present here, and hidden by the Graph reads that hide them. */
export interface StoredApplication extends Omit<Application, 'id' | 'appId' | 'federatedIdentityCredentials'> {
  id: string;
  appId: string;
  federatedIdentityCredentials?: readonly FederatedIdentityCredential[];
}

export interface StoredServicePrincipal extends Omit<ServicePrincipal, 'id' | 'appId'> {
  id: string;
  appId: string;
}

export interface AppManagementRestriction {
  restrictionType: string;
  state: 'enabled' | 'disabled';
  maxLifetime?: string | null;
  restrictForAppsCreatedAfterDateTime?: string | null;
  certificateBasedApplicationConfigurationIds?: string[];
}

export interface AppManagementPolicy {
  id: string;
  /** Left out, a name that says what kind of policy it is. */
  displayName?: string;
  isEnabled: boolean;
  applicationRestrictions: { keyCredentials: AppManagementRestriction[] };
}

/** Microsoft Graph, "subscribedSku resource type", as far as it differs between tenants. */
export interface SubscribedSku {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly consumedUnits: number;
  readonly servicePlans: readonly {
    readonly servicePlanId: string;
    readonly servicePlanName: string;
    readonly provisioningStatus: string;
    readonly appliesTo: string;
  }[];
}

export interface PracticeTenant {
  id: string;
  displayName: string;
  /** First one is the default domain. */
  domains: string[];
  accounts: PracticeAccount[];
  users: (User & { id: string })[];
  applications: StoredApplication[];
  servicePrincipals: StoredServicePrincipal[];
  deletedApplications: (StoredApplication & { deletedDateTime: string })[];
  deletedServicePrincipals: (StoredServicePrincipal & { deletedDateTime: string })[];
  appRoleAssignments: (AppRoleAssignment & {
    id: string;
    principalId: string;
    resourceId: string;
    appRoleId: string;
    createdDateTime: string;
  })[];
  oauth2PermissionGrants: (OAuth2PermissionGrant & {
    id: string;
    clientId: string;
    resourceId: string;
    consentType: string;
    scope: string;
  })[];
  defaultAppManagementPolicy: AppManagementPolicy;
  /** Application object id → policy that overrides the default one. */
  applicationPolicies: Record<string, AppManagementPolicy>;
  /** keyId → the last sign-in with that key credential. */
  credentialSignIns?: Record<string, { readonly at: string; readonly requestId: string; readonly resourceId: string }>;
  /** Application id → the last sign-in of its service principal, beside those of `credentialSignIns`. */
  principalSignIns?: Record<string, { readonly at: string; readonly requestId: string }>;
  /** False: no Microsoft Entra ID P1 or P2, and so no sign-in reports. */
  premium?: boolean;
  /** Left out: one product without Kiosk mailboxes. */
  subscribedSkus?: readonly SubscribedSku[];
  /** `upn client-id` → delegated scopes that a partner consented for that client; everybody else's consent is a grant. */
  consents: Record<string, string[]>;
  /** Left out where nobody has set anything in Exchange Online. */
  exchange?: PracticeExchange;
  /** What only the writing replica knows yet, oldest first. */
  unreplicated?: readonly UnreplicatedChange[];
}

/** Collections of a tenant whose changes take time to be known everywhere. */
export type ReplicatedCollection =
  | 'applications'
  | 'servicePrincipals'
  | 'deletedApplications'
  | 'deletedServicePrincipals'
  | 'appRoleAssignments'
  | 'oauth2PermissionGrants';

export interface UnreplicatedChange {
  readonly collection: ReplicatedCollection;
  readonly id: string;
  /** The object before the change; null = it was not in this collection. */
  readonly before: object | null;
  /** Epoch milliseconds from when some answers show the change, and from when all do. */
  readonly sometimesFrom: number;
  readonly alwaysFrom: number;
}

/** Everything that is simulated; plain JSON, saved as it is. */
export interface PracticeState {
  version: 1;
  tenants: PracticeTenant[];
  /** Object id → epoch milliseconds from when every replica knows it. */
  replicatedAt: Record<string, number>;
  /** `appRoleAssignment` id or keyId → epoch milliseconds from when tokens know it. */
  inTokensAt: Record<string, number>;
}

export interface PracticeKnobs {
  /** Milliseconds every answer is delayed. */
  latency: number;
  /** Milliseconds until a created object, key or grant is known everywhere. */
  replication: number;
  /**
   * Milliseconds until an update, a role, a grant, a deletion or a restoration is known everywhere; in the second half of
   * it, answers differ from one to the next. 0 = at once.
   */
  updates: number;
  /** Share (0..1) of Graph requests answered 429; inside a batch, of its items one by one. */
  throttle: number;
  /** Share (0..1) of token requests answered 429 or 503. */
  throttleTokens: number;
  /** Milliseconds that the calendar of Exchange Online is ahead, to see what comes; absent = none. */
  exchangeAhead?: number;
  seed: number;
}

/** The simulated world as the rules see it: state, time and chance are injected, so every rule is deterministic. */
export interface World {
  readonly state: PracticeState;
  readonly knobs: PracticeKnobs;
  now(): Date;
  /** A GUID, deterministic by seed. */
  newId(): string;
  /** What happens by chance and must not change the ids: deterministic by seed and name, whatever else happens meanwhile; 0 ≤ x < 1. */
  chance(name: string): number;
  /** Call after every change of `state`: saves it. */
  changed(): void;
}

/** One HTTP request, parsed. `body` is JSON for Graph and a string map for form posts. */
export interface PracticeRequest {
  readonly method: string;
  /** Decoded path without query, e.g. `/v1.0/applications`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

export interface PracticeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON value, a string for HTML, or the bytes of a file; undefined = no body. */
  readonly body?: unknown;
}

/** What a verified practice access token says. */
export interface Bearer {
  readonly tenant: PracticeTenant;
  readonly audience: string;
  readonly kind: 'delegated' | 'application';
  /** Client id of the calling application. */
  readonly appId: string;
  /** Delegated scopes. */
  readonly scopes: readonly string[];
  /** Application roles. */
  readonly roles: readonly string[];
  /** Directory roles of the signed-in person. */
  readonly wids: readonly string[];
  /** Object id of the person, or of the service principal. */
  readonly objectId: string;
  /** False for a GDAP partner: no user object in the tenant. */
  readonly hasUserObject: boolean;
}
