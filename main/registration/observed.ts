import type { AppRoleAssignment, DelegatedGrant } from '../directory/directory.ts';

/** One entry of `keyCredentials` as Graph returned it, unaltered, plus the hash of its DER when Graph gave the key. */
export interface ObservedKeyCredential {
  readonly entry: Readonly<Record<string, unknown>> & { readonly keyId: string };
  readonly displayName: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
  /** Upper-case hex SHA-256 of the DER; null when Graph withheld the key. */
  readonly thumbprintSha256: string | null;
  /** Upper-case hex SHA-1 of the DER, or from `customKeyIdentifier`. */
  readonly thumbprint: string | null;
}

export interface ObservedApplication {
  readonly objectId: string;
  readonly clientId: string;
  readonly displayName: string;
  readonly uniqueName: string | null;
  readonly signInAudience: string;
  readonly createdDateTime: string;
  readonly isFallbackPublicClient: boolean;
  readonly redirectUris: readonly string[];
  readonly spaRedirectUris: readonly string[];
  readonly publicClientRedirectUris: readonly string[];
  readonly idTokens: boolean;
  readonly accessTokens: boolean;
  readonly logoutUrl: string | null;
  /** `requiredResourceAccess` as Graph returned it. */
  readonly required: readonly {
    readonly resourceAppId: string;
    readonly resourceAccess: readonly { readonly id: string; readonly type: string }[];
  }[];
  readonly keyCredentials: readonly ObservedKeyCredential[];
}

export interface ObservedServicePrincipal {
  readonly id: string;
  readonly accountEnabled: boolean;
  readonly assignmentRequired: boolean;
}

/** A resource of the profile in this tenant: its service principal and what it offers. */
export interface ObservedResource {
  readonly appId: string;
  readonly servicePrincipalId: string;
  readonly displayName: string;
  /** Enabled application permissions: value → role id. */
  readonly roles: Readonly<Record<string, string>>;
  /** Delegated permissions: value → scope id. */
  readonly scopes: Readonly<Record<string, string>>;
}

/** The app-management policy that an application is validated by: its own, or the tenant's default one. */
export interface ObservedPolicy {
  readonly id: string;
  readonly displayName: string;
  /** Longest allowed lifetime of a certificate in seconds; null = no limit. */
  readonly maxLifetimeSeconds: number | null;
  readonly trustedAuthorityRequired: boolean;
}

export interface NamedApplication {
  readonly clientId: string;
  readonly objectId: string;
  readonly displayName: string;
  readonly createdDateTime: string;
  readonly uniqueName: string | null;
}

/** Everything relevant to one credential in one tenant at one moment. Plain data. */
export interface Observed {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly tenant: {
    readonly id: string;
    readonly displayName: string;
    readonly defaultDomain: string;
    readonly domains: readonly string[];
  };
  readonly application: ObservedApplication | null;
  /** Object id of our application in the tenant's recycle bin. */
  readonly deletedApplication: { readonly objectId: string; readonly servicePrincipalId: string | null } | null;
  readonly sameName: readonly NamedApplication[];
  readonly servicePrincipal: ObservedServicePrincipal | null;
  readonly roleGrants: readonly AppRoleAssignment[];
  readonly delegatedGrants: readonly DelegatedGrant[];
  /** By app id; null = the resource has no service principal in this tenant. */
  readonly resources: Readonly<Record<string, ObservedResource | null>>;
  /** Null = the signed-in identity may not read it. */
  readonly policy: ObservedPolicy | null;
}
