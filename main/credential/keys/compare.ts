import type { AuditTrail } from '../../audit/index.ts';
import type { SecretName, Secrets } from '../../vault/index.ts';
import type { Leases } from '../leases.ts';
import type { CredentialStore } from '../store.ts';
import { orphansOf } from './needed.ts';

/** A key in the keychain that no credential of this list needs. */
export interface UnneededKey extends SecretName {
  /** Name of its credential where that is still in the list or in the bin. */
  readonly credential: string | null;
  /** Whether this list, or its trail of changes, knows the credential; if not, the key may be another list's. */
  readonly known: boolean;
}

/** A credential whose key is not in the keychain. */
export interface MissingKey extends SecretName {
  readonly name: string;
  /** In the 30-day bin. */
  readonly deleted: boolean;
}

export interface KeyComparison {
  readonly unneeded: readonly UnneededKey[];
  readonly missing: readonly MissingKey[];
}

/** What the keys of one list are compared with. */
export interface KeyPlaces {
  readonly store: CredentialStore;
  readonly secrets: Secrets;
  readonly trail: AuditTrail;
  readonly leases: Leases;
}

/**
 * Compares the keychain with all credentials, those in the bin too. What another operation is working on is left out: a key
 * is kept before the record that needs it, so only afterwards can be said what is left over.
 *
 * @throws Fault vault.unavailable, vault.locked, store.*
 */
export async function compareKeys({ store, secrets, trail, leases }: KeyPlaces): Promise<KeyComparison> {
  const records = new Map([...store.list(), ...store.list({ deleted: true })].map((record) => [record.id, record]));
  const { secretsWithoutRecord, recordsWithoutSecret } = orphansOf(await secrets.list(), [...records.values()]);
  const atRest = ({ credentialId }: SecretName) => leases.holder(credentialId) === null;
  return {
    unneeded: secretsWithoutRecord.filter(atRest).map((key) => {
      const record = records.get(key.credentialId);
      // The trail outlives the credential.
      const known = record !== undefined || trail.list({ credentialId: key.credentialId, limit: 1 }).length > 0;
      return { ...key, credential: record?.name ?? null, known };
    }),
    missing: recordsWithoutSecret.filter(atRest).flatMap((key) => {
      const record = records.get(key.credentialId);
      return record === undefined ? [] : [{ ...key, name: record.name, deleted: record.deletedAt !== null }];
    }),
  };
}
