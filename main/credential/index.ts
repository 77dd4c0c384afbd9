/**
 * The record of a credential: what is known of one tenant's registration and its certificates, how it is read back from the
 * store, changed by compare-and-set, and held by one run at a time. Below it are vault (the database file) and profiles;
 * above it registration, which carries out what a record asks for.
 */
export type {
  CertificateSide,
  CheckResult,
  Check,
  CredentialRecord,
  CredentialState,
  Custody,
  Handover,
  Proof,
  Rotation,
  RotationState,
  RotationStep,
  StoredCertificate,
} from './record.ts';
export { createLeases, thisProcess } from './leases.ts';
export type { Lease, LeaseOwner, Leases } from './leases.ts';
export { createCredentialStore, nameKey } from './store.ts';
export type { CredentialPatch, CredentialStore } from './store.ts';
export { storedCertificate } from './stored-certificate.ts';
export { needsSecret, orphansOf } from './keys/needed.ts';
