/**
 * The record of a credential: what is known of one tenant's registration and of each of its certificates, how it is read back
 * from the store, changed by compare-and-set, and held by one run at a time. Below it are vault (the database file) and
 * profiles; above it registration, which carries out what a record asks for.
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
  Migration,
  MigrationState,
  MigrationStep,
  Rotation,
  RotationState,
  RotationStep,
  StoredCertificate,
} from './record.ts';
export {
  certificateNamed,
  certificatesOf,
  handoverOf,
  isUsedHereOnly,
  storedCertificate,
  usableUntil,
  withFacts,
} from './certificate-facts.ts';
export type { CertificateFacts, Origin } from './certificate-facts.ts';
export { binDays, createBin } from './bin.ts';
export type { Bin } from './bin.ts';
export { damagedRows, orDamaged, readable } from './damaged.ts';
export type { DamagedRow } from './damaged.ts';
export { annotationNames, annotationsOf, eachAnnotation, givenAnnotations, noAnnotations, textFieldNames, textFields } from './fields.ts';
export type { AnnotationName, Annotations, TextField, TextFieldName } from './fields.ts';
export { registrationKey } from './registration-key.ts';
export { certificateView, credentialView } from './view.ts';
export type { CertificateView, CredentialView, HandoverView } from './view.ts';
export { createLeases, longestLeasedRequest, thisProcess } from './leases.ts';
export type { Lease, LeaseHolder, LeaseOwner, Leases } from './leases.ts';
export { createOwnProfiles } from './own-profiles.ts';
export type { OwnProfiles } from './own-profiles.ts';
export { createCredentialStore, nameKey } from './store.ts';
export type { CredentialPatch, CredentialStore } from './store.ts';
export { createUnsettled } from './unsettled.ts';
export type { Unsettled } from './unsettled.ts';
export { needsSecret, orphansOf } from './keys/needed.ts';
