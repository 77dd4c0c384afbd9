/** One permission of a profile as it was when the credential was set up. */
export interface ProfilePermission {
  /** App id of the resource, e.g. Microsoft Graph's. */
  readonly resourceAppId: string;
  /** Claim value of the role or scope, e.g. `Directory.Read.All`; resolved to an id in the tenant. */
  readonly value: string;
  /** `Role` is an application permission, `Scope` a delegated one. */
  readonly type: 'Role' | 'Scope';
  /** Text key of the reason it is needed, or the reason in somebody's own words. */
  readonly why: string;
}

export interface ProfileReference {
  readonly id: string;
  readonly version: number;
  readonly permissions: readonly ProfilePermission[];
}

/** Where something about a server software was read. */
export interface Source {
  readonly page: string;
  /** When it was written, else read, as far as that is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly date: string;
}

/** A permission as a descriptor tells it. */
export interface DescribedPermission extends ProfilePermission {
  readonly source: Source | null;
  /** From this day on it no longer works, `YYYY-MM-DD`; null where no end is known. */
  readonly until: string | null;
}

/** A permission profile as data: named, versioned, each permission with its reason. */
export interface Profile extends ProfileReference {
  readonly permissions: readonly DescribedPermission[];
  /** True while nobody has checked the names against the maker's own documentation. */
  readonly unconfirmed: boolean;
  /** Names of checks of the proof that this profile has beside those that its permissions ask for. */
  readonly checks: readonly string[];
}

/** What is stored of a profile: what was asked for, without what is said about it. */
export const profileReference = ({ id, version, permissions }: ProfileReference): ProfileReference => ({
  id,
  version,
  permissions: permissions.map(({ resourceAppId, value, type, why }) => ({ resourceAppId, value, type, why })),
});
