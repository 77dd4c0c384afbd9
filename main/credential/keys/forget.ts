import { Fault } from '../../faults.ts';
import type { Log } from '../../log/index.ts';
import type { SecretName } from '../../vault/index.ts';
import type { LeaseOwner } from '../leases.ts';
import { readable } from '../damaged.ts';
import { isUnsettled, type KeyPlaces } from './compare.ts';
import { needsSecret } from './needed.ts';

/** Keys and records of one list, and who works on them. */
export interface KeyKeeping extends KeyPlaces {
  readonly owner: LeaseOwner;
  readonly log: Log;
}

export interface ForgottenKeys {
  readonly forgotten: readonly SecretName[];
  /** Needed by now, or of a credential that another operation is working on. */
  readonly kept: readonly SecretName[];
}

/** Under the lease of the credential nobody else keeps a key whose record is still to come. */
async function forgetIfUnneeded(places: KeyKeeping, name: SecretName, named: boolean): Promise<boolean> {
  const { credentialId, thumbprint } = name;
  try {
    return await places.leases.withLease(credentialId, places.owner, async () => {
      const record = readable(places.store, credentialId);
      if (record === 'damaged' || (record !== null && needsSecret(record, thumbprint))) return false;
      // Where this list has no such credential, the administrator may know better; where it has one, its tenant does.
      if (isUnsettled(places, credentialId) && !(named && record === null)) return false;
      await places.secrets.forget({ credentialId, thumbprint });
      places.log.info('credential.key-forgotten', { credential: credentialId, thumbprint });
      return true;
    });
  } catch (error) {
    if (error instanceof Fault && error.code === 'lease.held') return false;
    throw error;
  }
}

/**
 * Forgets keys for good, each only if still no credential of this list needs it, in the list or in the bin. Whether another
 * data directory of this user does cannot be seen from here: the administrator has to know.
 *
 * @param named the administrator named each of them: then also those of a credential that only another list may know
 * @throws Fault vault.unavailable, vault.locked, store.*
 */
export async function forgetUnneeded(places: KeyKeeping, names: readonly SecretName[], named = false): Promise<ForgottenKeys> {
  await places.secrets.probe();
  const forgotten: SecretName[] = [];
  const kept: SecretName[] = [];
  for (const { credentialId, thumbprint } of names) {
    const name = { credentialId, thumbprint };
    ((await forgetIfUnneeded(places, name, named)) ? forgotten : kept).push(name);
  }
  return { forgotten, kept };
}
