import type { Cloud } from '../clouds/index.ts';

/** Delegated Microsoft Graph scopes by value, without host, e.g. `Application.Read.All`. */
export type Scopes = readonly string[];

export interface SignInRequest {
  readonly cloud: Cloud;
  /** Tenant id or domain the administrator meant; undefined = `organizations`. */
  readonly tenant?: string;
  /** Public client that signs in; default Microsoft Graph Command Line Tools. */
  readonly clientId?: string;
  readonly scopes: Scopes;
  readonly loginHint?: string;
  /** Called with the address that the browser is to open. */
  readonly openBrowser: (address: string) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** A signed-in administrator. Tokens live in memory only and are dropped by `forget`. */
export interface AdministratorSession {
  readonly tenantId: string;
  readonly username: string;
  readonly displayName: string;
  readonly objectId: string;
  /** Directory role template ids (`wids`) as far as a token shows them: a hint, the service's 403 decides. */
  readonly directoryRoles: readonly string[];
  /** Milliseconds that this PC's clock is ahead of Microsoft's (HTTP `Date` of the latest answer); null where it was not told. */
  readonly clockDifference: number | null;
  /**
   * An access token for Microsoft Graph with these scopes: silent where they were consented, else interactive again.
   * `claims` is the decoded JSON of a claims challenge (continuous access evaluation).
   */
  accessToken(scopes: Scopes, claims?: string): Promise<string>;
  forget(): Promise<void>;
}

/** What a person types on another device (RFC 8628). */
export interface DeviceCode {
  readonly userCode: string;
  readonly verificationUri: string;
  /** Seconds the code lives. */
  readonly expiresIn: number;
  /** Microsoft's own sentence, in the language Entra chose. */
  readonly message: string;
}

export interface DeviceCodeRequest extends Omit<SignInRequest, 'openBrowser' | 'loginHint'> {
  /** Called with every code: once for the sign-in, and again when more has to be agreed to. */
  readonly showCode: (code: DeviceCode) => void;
}

/** Where no browser can open on this PC. */
export interface DeviceCodeSignIn {
  /** @throws as `Identity.signIn` */
  signInWithDeviceCode(request: DeviceCodeRequest): Promise<AdministratorSession>;
}

export interface AppOnlyRequest {
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly clientId: string;
  /** Upper-case hex SHA-256 of the certificate's DER. */
  readonly thumbprintSha256: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  readonly resource: 'graph' | 'exchange';
  readonly signal?: AbortSignal;
}

/** A fresh app-only token and what it says; the claims are decoded for display and comparison only. */
export interface AppOnlyToken {
  readonly accessToken: string;
  /** As that of `AdministratorSession`. */
  readonly clockDifference: number | null;
  readonly claims: {
    readonly aud: string;
    readonly tid: string;
    readonly appid: string;
    readonly oid: string;
    readonly roles: readonly string[];
  };
}

export interface Identity {
  /** The id of the tenant that has a domain; null where none in this cloud has it. Nobody signs in. @throws Fault service.*, interrupted */
  tenantOfDomain(cloud: Cloud, domain: string, signal?: AbortSignal): Promise<string | null>;
  /** @throws Fault sign-in.* (cancelled, timed-out, refused, wrong-tenant and the AADSTS family), service.*, interrupted */
  signIn(request: SignInRequest): Promise<AdministratorSession>;
  /**
   * A fresh token. Repeated only while Entra is unreachable or throttles, within Graph's budget; a refusal is the caller's,
   * who polls where it may be replication.
   *
   * @throws Fault token.* (the AADSTS family), service.* (kind `unreachable`: nothing was decided), interrupted
   */
  appOnlyToken(request: AppOnlyRequest): Promise<AppOnlyToken>;
}
