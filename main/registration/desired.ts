import type { ProfilePermission } from '../servers/index.ts';

/** A certificate to publish: public part only, with the keyId its key credential gets. */
export interface DesiredCertificate {
  readonly keyId: string;
  readonly der: Uint8Array;
  /** Upper-case hex. */
  readonly thumbprint: string;
  readonly thumbprintSha256: string;
  readonly subject: string;
  readonly selfSigned: boolean;
  /** ISO 8601 UTC without milliseconds. */
  readonly notBefore: string;
  readonly notAfter: string;
}

/** An application permission that a server may need because it was handed over with a profile that asks for it. */
export interface HandedOverPermission {
  readonly profile: string;
  readonly resourceAppId: string;
  readonly value: string;
}

/** What the registration of one credential is to look like. Plain data: the plan is a function of it. */
export interface Desired {
  readonly appName: string;
  /** Set for an application of ours (created by upsert on this key), null for an adopted one. */
  readonly uniqueName: string | null;
  /** Set once known, and always for an adopted application. */
  readonly clientId: string | null;
  /** Null where users do not sign in with Microsoft. */
  readonly redirectUri: string | null;
  readonly permissions: readonly ProfilePermission[];
  /** Null while waiting for the server's certificate. */
  readonly certificate: DesiredCertificate | null;
  /** End that was asked for this certificate, where the policy allows an earlier one only. ISO 8601 UTC without milliseconds. */
  readonly askedEnd: string | null;
  /** SHA-256 thumbprints of earlier certificates of this credential: ours, so an expired one may go. */
  readonly earlierThumbprints: readonly string[];
  /** SHA-256 thumbprints among the earlier ones whose key credentials may go now: handed over, or of no use to anybody. */
  readonly retiredThumbprints: readonly string[];
  /** SHA-256 thumbprint of the earlier one that an open rotation replaces: its timeline tells what it waits for. */
  readonly predecessorThumbprint: string | null;
  /**
   * By SHA-256 thumbprint, ISO 8601 UTC from when each earlier one that is still valid may go when it is ticked; null: not before
   * the handover of the current one.
   */
  readonly earlierMayGoFrom: Readonly<Record<string, string | null>>;
  /**
   * SHA-1 thumbprints of every key in the keychain, of this credential and of others in the list: whatever the store says, a
   * published certificate among them is ours, and never foreign.
   */
  readonly heldThumbprints: { readonly own: readonly string[]; readonly others: readonly string[] };
  /** Permissions of the profiles that a server was handed over with, as far as that is known. */
  readonly handedOver: readonly HandedOverPermission[];
  /** Permissions of the profile before that are to go now, by value and API; left out: none. */
  readonly outgoing?: readonly { readonly resourceAppId: string; readonly value: string }[];
  /** Ids of findings the administrator ticked. */
  readonly accepted: readonly string[];
}
