import type { AuditTrail } from '../audit/index.ts';
import type { Clock } from '../clock.ts';
import type { CloudId } from '../clouds/index.ts';
import type { Directory, DirectoryConnection, RequestCounts } from '../directory/directory.ts';
import type { MailProbes } from '../exchange/index.ts';
import type { DeviceCodeSignIn, Identity } from '../identity/session.ts';
import type { Log } from '../log/index.ts';
import type { LinkedServers } from '../mailstore/index.ts';
import type { Policies } from '../policies/index.ts';
import type { Texts } from '../texts/index.ts';
import type { Bin, CredentialStore, Lease, LeaseHolder, LeaseOwner, Leases, OwnProfiles, Unsettled } from '../credential/index.ts';
import type { Secrets } from '../vault/index.ts';
import type { Finding, PlannedChange } from './change.ts';
import type { KeyUseReport } from './key-use-report.ts';
import type { EwsLosses, EwsSwitches } from './exchange-readings.ts';
import type { BackoffOptions } from './backoff.ts';
import type { CodeInstead } from './code-instead.ts';
import type { ProfileReference } from '../servers/index.ts';

/** Identity and directory of one run, counted together. */
export interface Connection {
  readonly identity: Identity & DeviceCodeSignIn;
  directory(connection: DirectoryConnection): Directory;
  /** Counts messages in Exchange Online. */
  readonly probes: MailProbes;
  counts(): RequestCounts;
}

/** Everything the operations need; built once in `main/services`. */
export interface Engine {
  readonly store: CredentialStore;
  /** The permission profiles that are kept here. */
  readonly profiles: OwnProfiles;
  readonly secrets: Secrets;
  readonly trail: AuditTrail;
  readonly leases: Leases;
  readonly unsettled: Unsettled;
  /** The servers that credentials are in, where they can be asked. */
  readonly linkedServers: LinkedServers;
  /** What is known of tenants' switches for EWS. */
  readonly ewsSwitches: EwsSwitches;
  /** What is known of what a move from EWS would cost tenants. */
  readonly ewsLosses: EwsLosses;
  readonly bin: Bin;
  readonly owner: LeaseOwner;
  readonly clock: Clock;
  /** By a server that has answered in this run; null while none has. */
  readonly serverTime: () => Date | null;
  readonly log: Log;
  readonly texts: Texts;
  /** What this computer's administrators prescribe. */
  readonly policies: Policies;
  /** A fresh connection to one cloud, with counters of its own. @throws Fault('policy.cloud') */
  connect(cloud: CloudId): Connection;
  readonly backoff?: BackoffOptions;
}

/**
 * The services of one run that holds the lease of its credential. What it writes into the store is checked in the same
 * transaction, and its lease is renewed directly before each request that writes in the tenant: with the lease gone nothing more
 * is written. Whatever writes in a tenant asks for this type.
 */
export interface LeasedEngine extends Engine {
  readonly lease: LeaseHolder;
}

export type Progress =
  /** Another process has the credential, and has yet to show that it is alive. */
  | { readonly kind: 'waiting-for-lease'; readonly lease: Lease }
  | { readonly kind: 'signing-in' }
  | {
      readonly kind: 'signed-in';
      readonly username: string;
      readonly tenantId: string;
      readonly mayConsent: boolean;
      /** As that of the session. */ readonly clockDifference: number | null;
    }
  | { readonly kind: 'reading' }
  | { readonly kind: 'creating-certificate'; readonly keySize: number }
  | { readonly kind: 'change'; readonly planned: PlannedChange; readonly outcome: 'done' | 'refused' }
  | { readonly kind: 'pause'; readonly ms: number; readonly waitingFor: 'replication' | 'service' | 'token' }
  | { readonly kind: 'verifying' }
  /** When the earlier certificates were last used, where it was asked for; before anything is written. */
  | { readonly kind: 'key-use'; readonly use: KeyUseReport }
  /** Everything Microsoft says of a registration was written to this file, before it is deleted. */
  | { readonly kind: 'registration-exported'; readonly path: string }
  /** Gone from the consent of the client that signs in: what this session had added to it. */
  | { readonly kind: 'consent-removed'; readonly scopes: readonly string[] }
  /** Tokens are dropped; what stays is the session in the browser and the consent to the sign-in client. */
  | { readonly kind: 'signed-out'; readonly username: string; readonly tenantId: string; readonly cloud: CloudId };

/** What an administrator sees before anything is written. */
export interface Preview {
  readonly tenant: { readonly id: string; readonly displayName: string; readonly defaultDomain: string };
  readonly username: string;
  /** False when the signed-in person's roles are unlikely to allow consent: everything but consent will be done. */
  readonly mayConsent: boolean;
  readonly changes: readonly PlannedChange[];
  readonly findings: readonly Finding[];
  /** What has to be known about the permission profile, dated changes at Microsoft among it: one sentence each. */
  readonly notices: readonly string[];
  /** The tenant has changed since a plan was confirmed in this run, and more is to do by now. */
  readonly again?: true;
}

/** How one client (window, command line) takes part in a run. */
export interface Run {
  readonly signal?: AbortSignal;
  readonly onProgress: (event: Progress) => void;
  /**
   * Asked before the first write, and only when there is something to write, or with `showsFindings` to tick; and again where
   * the tenant has changed meanwhile so that more is to do than was confirmed.
   */
  readonly confirm: (preview: Preview) => Promise<boolean>;
  /**
   * Asked once a plan was declined: the permission profile that was chosen there in the place of the one it was made for. The plan is
   * then made anew, while the administrator stays signed in; null where nothing is to be done.
   */
  readonly instead?: () => ProfileReference | null;
  /** Findings are ticked where the plan is shown, so it is shown also where they are all there is. */
  readonly showsFindings?: boolean;
  readonly openBrowser: (address: string) => Promise<void>;
  /** Left out where nobody can be shown a code. */
  readonly codeInstead?: CodeInstead;
  /** Tenant id or domain the administrator named. */
  readonly tenant?: string;
  /**
   * User principal name of who signs in, so that the browser asks nobody to choose an account: one partner account for one tenant after
   * another (GDAP). Left out: whoever is chosen there.
   */
  readonly account?: string;
  /** Public client for the sign-in; default Microsoft Graph Command Line Tools. */
  readonly signInClientId?: string;
  /** Ids of findings the administrator ticked; read again when the plan is applied, for ticks made in the preview. */
  readonly accepted: readonly string[];
}
