/** One permission of a profile as it was when the credential was set up. */
export interface ProfilePermission {
  /** App id of the resource, e.g. Microsoft Graph's. */
  readonly resourceAppId: string;
  /** Claim value of the role or scope, e.g. `Directory.Read.All`; resolved to an id in the tenant. */
  readonly value: string;
  /** `Role` is an application permission, `Scope` a delegated one. */
  readonly type: 'Role' | 'Scope';
  /** Guide step, e.g. `G17`. */
  readonly step: string;
  /** Text key of the reason it is needed. */
  readonly why: string;
}

export interface ProfileReference {
  readonly id: string;
  readonly version: number;
  readonly permissions: readonly ProfilePermission[];
}
