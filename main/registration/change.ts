import type { FaultCode, FaultParams } from '../faults.ts';
import type { Step } from '../servers/index.ts';
import type { DesiredCertificate } from './desired.ts';

interface RequiredAccess {
  readonly resourceAppId: string;
  readonly id: string;
  readonly type: 'Role' | 'Scope';
  readonly value: string;
}

/** One typed change of the tenant. */
export type Change =
  | { readonly change: 'create-application'; readonly displayName: string; readonly uniqueName: string }
  | { readonly change: 'delete-application'; readonly objectId: string }
  | { readonly change: 'restore-application'; readonly objectId: string; readonly servicePrincipalId: string | null }
  | ({ readonly change: 'require-permission' } & RequiredAccess)
  | ({ readonly change: 'remove-permission' } & RequiredAccess)
  | { readonly change: 'add-key-credential'; readonly certificate: DesiredCertificate }
  | {
      readonly change: 'remove-key-credential';
      readonly keyId: string;
      readonly displayName: string;
      readonly ours: boolean;
      /** SHA-1 of its certificate, upper-case hex; null where Microsoft did not tell it. */
      readonly thumbprint: string | null;
      /** The current certificate stands there a second time. */
      readonly double?: true;
      /** The current certificate's own, which has ended in the tenant before the certificate: it is published anew. */
      readonly ended?: true;
    }
  | { readonly change: 'set-redirect-uris'; readonly uris: readonly string[]; readonly added: string }
  | { readonly change: 'enable-id-tokens' }
  | { readonly change: 'disable-access-tokens' }
  | { readonly change: 'clear-logout-url'; readonly was: string }
  | { readonly change: 'set-audience'; readonly was: string }
  | { readonly change: 'clear-public-client' }
  | { readonly change: 'create-service-principal'; readonly appId: string }
  | { readonly change: 'create-resource-service-principal'; readonly appId: string }
  | { readonly change: 'enable-service-principal'; readonly id: string }
  | { readonly change: 'clear-assignment-required'; readonly id: string }
  | {
      readonly change: 'grant-role';
      readonly resourceAppId: string;
      readonly resourceId: string;
      readonly roleId: string;
      readonly value: string;
    }
  | {
      readonly change: 'revoke-role';
      readonly resourceId: string;
      readonly assignmentId: string;
      readonly value: string;
      /** Display name. */
      readonly resource: string;
    }
  | {
      readonly change: 'grant-scopes';
      readonly resourceId: string;
      readonly scope: string;
      readonly grantId: string | null;
      readonly added: readonly string[];
    };

export type ChangeKind = Change['change'];

/** A change as the administrator sees it before anything is written. */
export interface PlannedChange {
  readonly change: Change;
  readonly step: Step;
  /** True when it takes anything away. */
  readonly removes: boolean;
}

export type FindingKind =
  | 'same-name-application'
  | 'foreign-key-credential'
  | 'expired-key-credential'
  | 'leftover-key-credential'
  | 'own-key-credential'
  | 'foreign-redirect-uri'
  | 'foreign-grant'
  | 'access-tokens'
  | 'logout-url'
  | 'audience'
  | 'public-client'
  | 'other-platform'
  | 'service-principal-disabled'
  | 'assignment-required'
  | 'policy-unreadable'
  | 'lifetime-clamped';

/** Something the tenant has that we neither made nor need, or what its policy changed of our wishes. Nothing is done about it unless its id is accepted. */
export interface Finding {
  readonly finding: FindingKind;
  /** Stable id for a tick box or `--accept`, e.g. `access-tokens` or `expired-key-credential:<keyId>`. */
  readonly id: string;
  readonly params: Readonly<Record<string, string>>;
  /** True when accepting it adds a change to the plan. */
  readonly acceptable: boolean;
}

/** Why the plan cannot lead to a working registration; found before any write. */
export interface Obstacle {
  readonly code: FaultCode;
  readonly params: FaultParams;
}

export interface Plan {
  readonly changes: readonly PlannedChange[];
  readonly findings: readonly Finding[];
  readonly obstacles: readonly Obstacle[];
}
