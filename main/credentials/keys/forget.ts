import { Fault } from '../../faults.ts';
import type { Engine } from '../../registration/operations/engine.ts';
import { needsSecret, type SecretName } from '../../vault/index.ts';

export interface ForgottenKeys {
  readonly forgotten: readonly SecretName[];
  /** Needed by now, or of a credential that another operation is working on. */
  readonly kept: readonly SecretName[];
}

/** Under the lease of the credential nobody else keeps a key whose record is still to come. */
async function forgetIfUnneeded(engine: Engine, name: SecretName): Promise<boolean> {
  const { credentialId, thumbprint } = name;
  try {
    return await engine.leases.withLease(credentialId, engine.owner, async () => {
      const record = engine.store.get(credentialId);
      if (record !== null && needsSecret(record, thumbprint)) return false;
      await engine.secrets.forget({ credentialId, thumbprint });
      engine.log.info('credential.key-forgotten', { credential: credentialId, thumbprint });
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
 * @throws Fault vault.unavailable, vault.locked, store.*
 */
export async function forgetUnneeded(engine: Engine, names: readonly SecretName[]): Promise<ForgottenKeys> {
  await engine.secrets.probe();
  const forgotten: SecretName[] = [];
  const kept: SecretName[] = [];
  for (const { credentialId, thumbprint } of names) {
    const name = { credentialId, thumbprint };
    ((await forgetIfUnneeded(engine, name)) ? forgotten : kept).push(name);
  }
  return { forgotten, kept };
}
