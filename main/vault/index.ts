export type {
  CertificateSide,
  CheckResult,
  Check,
  CredentialRecord,
  CredentialState,
  Custody,
  Handover,
  ProfilePermission,
  ProfileReference,
  Proof,
  Rotation,
  RotationState,
  RotationStep,
  StoredCertificate,
} from './credential.ts';
export { dataDirectory, defaultDataDirectory } from './data-directory.ts';
export type { DataDirectoryRequest } from './data-directory.ts';
export { openDatabase } from './database.ts';
export type { Database, DatabaseOptions } from './database.ts';
export type { Keychain } from './keychain.ts';
export { createLeases, thisProcess } from './leases.ts';
export type { Lease, LeaseOwner, Leases } from './leases.ts';
export { osKeychain } from './os-keychain.ts';
export { practiceKeychain } from './practice-keychain.ts';
export { createSecrets, needsSecret } from './secrets.ts';
export type { Orphans, SecretName, Secrets } from './secrets.ts';
export { createCredentialStore, nameKey } from './store.ts';
export type { CredentialPatch, CredentialStore } from './store.ts';
