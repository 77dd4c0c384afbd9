import type { CloudId } from '../clouds/index.ts';
import type { ProfileReference } from '../profiles/index.ts';

/** Who holds the private key (docs/decisions/custodies.md). */
export type Custody = 'keyring' | 'external';

export type CredentialState =
  | 'proven' // every check passed
  | 'set-up' // nothing failed, some checks are not testable here: confirm in the server
  | 'confirmed' // the administrator's word; never shown like proven
  | 'waiting-certificate'
  | 'waiting-consent'
  | 'waiting-replication'
  | 'needs-attention' // a check failed
  | 'never-checked';

/** The stored facts of one certificate of a credential; `der` is base64. */
export interface StoredCertificate {
  readonly thumbprint: string;
  readonly thumbprintSha256: string;
  readonly subject: string;
  readonly keySize: number;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly der: string;
  /** keyId of the key credential in the tenant once it was published by us. */
  readonly keyId: string | null;
  /** Of one that a certification authority signed: its issuer's certificate, that one's issuer's, and so on; base64 of the DER. */
  readonly chain?: readonly string[];
}

export interface Handover {
  readonly confirmedAt: string;
  readonly by: string;
  readonly thumbprint: string;
}

/** How far the replacement of a certificate has come, in this order; `rolled-back` ends it instead. */
export const rotationStates = [
  'created', // key and certificate are stored here
  'published', // the key credential stands beside the old one
  'proven', // a token was issued for the new key
  'handed-over', // the administrator's word: the server uses it
  'old-removed', // the key credential of the old certificate is gone from the tenant
  'rolled-back', // the old certificate is the current one again
] as const;
export type RotationState = (typeof rotationStates)[number];

export interface RotationStep {
  readonly state: RotationState;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** The latest replacement of a certificate. */
export interface Rotation {
  /** SHA-1 thumbprint of the certificate that is replaced. */
  readonly from: string;
  /** SHA-1 thumbprint of the one that takes its place. */
  readonly to: string;
  /** Days that the old key credential stays in the tenant after the handover. */
  readonly overlapDays: number;
  /** What was reached and when, in the order in which it happened. */
  readonly timeline: readonly RotationStep[];
  /** The file that the PFX of the new certificate is written to, from just before it is written; null without one. */
  readonly pfx: string | null;
}

export const checkNames = [
  'token-graph',
  'token-exchange',
  'graph-read',
  'key-credential',
  'redirect-uri',
  'id-tokens',
  'logout-url',
  'roles-granted',
  'sign-in-consent',
  'service-principal',
  'ews-allowed',
] as const;
export type CheckName = (typeof checkNames)[number];

export type CheckResult = 'passed' | 'failed' | 'pending' | 'not-testable';

/** One side of the comparison of certificates: upper-case hex, ISO 8601 UTC. */
export interface CertificateSide {
  readonly thumbprint: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

export interface Check {
  readonly check: CheckName;
  readonly result: CheckResult;
  /** Evidence or reason, never empty, already in the language of the run. */
  readonly evidence: string;
  /** G11: our certificate beside the entry that was read from the tenant; null there when it is not in it. */
  readonly compared?: { readonly here: CertificateSide; readonly there: CertificateSide | null };
}

export interface Proof {
  readonly ok: boolean;
  readonly state: CredentialState;
  readonly checks: readonly Check[];
  readonly at: string;
}

/** One row of the credential manager, type Microsoft 365. Holds no secret. Dates are ISO 8601 UTC. */
export interface CredentialRecord {
  readonly id: string;
  readonly name: string;
  readonly cloud: CloudId;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly tenantDomain: string;
  readonly appName: string;
  /** Immutable alternate key of the application we create; null for an adopted one. */
  readonly uniqueName: string | null;
  readonly adopted: boolean;
  readonly clientId: string | null;
  readonly objectId: string | null;
  readonly servicePrincipalId: string | null;
  /** Null where users do not sign in with Microsoft. */
  readonly redirectUri: string | null;
  readonly profile: ProfileReference;
  readonly custody: Custody;
  /** The certificate to publish and prove; null while waiting for one (custody external). */
  readonly certificate: StoredCertificate | null;
  /** Earlier certificates of ours that may still be published. */
  readonly earlierCertificates: readonly StoredCertificate[];
  readonly state: CredentialState;
  readonly proof: Proof | null;
  readonly handover: Handover | null;
  /**
   * The administrator's word that no other software uses this key, so that nothing has to be handed over before an old key
   * credential is removed. The export of a PFX takes it back.
   */
  readonly usedHereOnly: boolean;
  readonly rotation: Rotation | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Set while the credential is in the 30-day bin. */
  readonly deletedAt: string | null;
}
