import type { CredentialRecord, StoredCertificate } from '../../vault/credential.ts';
import type { Engine } from '../operations/engine.ts';
import { reachedAt, reaching } from './timeline.ts';

/** The key credential of the current certificate stands in the tenant. */
export function settlePublished(engine: Engine, id: string): CredentialRecord {
  const record = engine.store.find(id);
  const { rotation, certificate } = record;
  if (rotation === null || rotation.to !== certificate?.thumbprint || reachedAt(rotation, 'rolled-back') !== null) return record;
  return engine.store.update(id, { rotation: reaching(rotation, 'published', engine.clock.now()) });
}

/**
 * The key credentials of these earlier certificates are gone from the tenant, so nothing needs their keys any more: first
 * the record, then the keychain. What the keychain does not let go of is found later as a key that nobody needs.
 */
export async function settleRemoved(engine: Engine, id: string, removed: readonly StoredCertificate[]): Promise<CredentialRecord> {
  const record = engine.store.find(id);
  const gone = new Set(removed.map(({ thumbprint }) => thumbprint));
  const { rotation } = record;
  const earlierCertificates = record.earlierCertificates.filter(({ thumbprint }) => !gone.has(thumbprint));
  const oldRemoved = rotation !== null && rotation.to === record.certificate?.thumbprint && gone.has(rotation.from);
  const settled = engine.store.update(id, { earlierCertificates, ...(oldRemoved ? { rotation: reaching(rotation, 'old-removed', engine.clock.now()) } : {}) });
  for (const thumbprint of gone) {
    await engine.secrets.forget({ credentialId: id, thumbprint }).catch((error: unknown) => engine.log.warn('certificate.key-not-forgotten', { credential: id, thumbprint, error: String(error) }));
  }
  return settled;
}
