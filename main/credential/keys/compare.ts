import type { AuditTrail } from '../../audit/index.ts';
import type { SecretName, Secrets } from '../../vault/index.ts';
import type { Leases } from '../leases.ts';
import type { CredentialStore } from '../store.ts';
import type { Unsettled } from '../unsettled.ts';
import { readable } from '../damaged.ts';
import { orphansOf } from './needed.ts';
import { mayBePublished } from './published.ts';

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
  /**
   * Keys of which this list cannot tell whether they are needed: their credential's row is damaged or was taken out, or the
   * store was restored from a backup and their tenant was not read since. They stay.
   */
  readonly unsettled: readonly SecretName[];
  readonly missing: readonly MissingKey[];
}

/** What the keys of one list are compared with. */
export interface KeyPlaces {
  readonly store: CredentialStore;
  readonly secrets: Secrets;
  readonly trail: AuditTrail;
  readonly leases: Leases;
  readonly unsettled: Unsettled;
}

/** Whether the list is no validate of this key: a store that was restored may know less than it once did. */
export function isUnsettled({ store, trail, unsettled }: KeyPlaces, credentialId: string): boolean {
  const record = readable(store, credentialId);
  if (record === 'damaged' || unsettled.has(credentialId)) return true;
  return record === null && unsettled.wasRestored() && trail.list({ credentialId, limit: 1 }).length === 0;
}

/**
 * Compares the keychain with all credentials, those in the bin too. What another operation is working on is left out: a key
 * is kept before the record that needs it, so only afterwards can be said what is left over. So is a key whose certificate
 * may be published although its credential does not name it.
 *
 * @throws Fault vault.unavailable, vault.locked, store.*
 */
export async function compareKeys(places: KeyPlaces): Promise<KeyComparison> {
  const { store, secrets, trail, leases } = places;
  const records = new Map([...store.list(), ...store.list({ deleted: true })].map((record) => [record.id, record]));
  const { secretsWithoutRecord, recordsWithoutSecret } = orphansOf(await secrets.list(), [...records.values()]);
  const atRest = ({ credentialId }: SecretName) => leases.holder(credentialId) === null;
  const left = secretsWithoutRecord.filter(atRest);
  const unsettled = left.filter(({ credentialId }) => isUnsettled(places, credentialId));
  return {
    unsettled,
    unneeded: left
      .filter((key) => !unsettled.includes(key))
      .flatMap((key) => {
        const record = records.get(key.credentialId);
        if (record !== undefined && mayBePublished(record, trail, key.thumbprint)) return [];
        // The trail outlives the credential.
        const known = record !== undefined || trail.list({ credentialId: key.credentialId, limit: 1 }).length > 0;
        return [{ ...key, credential: record?.name ?? null, known }];
      }),
    missing: recordsWithoutSecret.filter(atRest).flatMap((key) => {
      const record = records.get(key.credentialId);
      return record === undefined ? [] : [{ ...key, name: record.name, deleted: record.deletedAt !== null }];
    }),
  };
}
