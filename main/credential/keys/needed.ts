import type { SecretName } from '../../vault/index.ts';
import type { CredentialRecord } from '../record.ts';

/** What keychain and store do not agree on. */
export interface Orphans {
  /** Keys that no credential needs any more. */
  readonly secretsWithoutRecord: readonly SecretName[];
  /** Certificates in use whose key is gone from the keychain. */
  readonly recordsWithoutSecret: readonly SecretName[];
}

/** The key a credential cannot do without: that of its certificate, when we hold it. */
function currentName({ id, custody, certificate }: CredentialRecord): SecretName[] {
  return custody === 'keyring' && certificate !== null ? [{ credentialId: id, thumbprint: certificate.thumbprint }] : [];
}

/** The keys of a credential. With custody external the certificate's key is not ours, or was handed over and forgotten; an earlier one may be. */
function keysOf(record: CredentialRecord): SecretName[] {
  return [...currentName(record), ...record.earlierCertificates.map(({ thumbprint }) => ({ credentialId: record.id, thumbprint }))];
}

/** Whether a credential needs the key of this certificate: its own where we hold it, or an earlier one's. */
export function needsSecret(record: CredentialRecord, thumbprint: string): boolean {
  return keysOf(record).some((name) => name.thumbprint === thumbprint);
}

const accountOf = ({ credentialId, thumbprint }: SecretName): string => `${credentialId}/${thumbprint}`;

/**
 * Compares the keys in the keychain with all records, live ones and those in the bin.
 *
 * @param kept every key of the keychain
 */
export function orphansOf(kept: readonly SecretName[], records: readonly CredentialRecord[]): Orphans {
  const present = new Set(kept.map(accountOf));
  const needed = new Set(records.flatMap(keysOf).map(accountOf));
  return {
    secretsWithoutRecord: kept.filter((name) => !needed.has(accountOf(name))),
    recordsWithoutSecret: records.flatMap(currentName).filter((name) => !present.has(accountOf(name))),
  };
}
