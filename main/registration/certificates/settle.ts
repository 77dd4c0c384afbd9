import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import type { Engine } from '../engine.ts';
import { reachedAt, reaching } from './timeline.ts';

/**
 * The key credential of the current certificate stands in the tenant.
 *
 * @param keyId the one that Microsoft gave it, where that is known now
 */
export function settlePublished(engine: Engine, id: string, keyId: string | null = null): CredentialRecord {
  const record = engine.store.find(id);
  const { rotation, certificate } = record;
  const current = rotation !== null && rotation.to === certificate?.thumbprint && reachedAt(rotation, 'rolled-back') === null;
  const reached =
    current && reachedAt(rotation, 'published') === null ? { rotation: reaching(rotation, 'published', engine.clock.now()) } : {};
  const named = certificate !== null && keyId !== null && keyId !== certificate.keyId ? { certificate: { ...certificate, keyId } } : {};
  const learned = { ...reached, ...named };
  return Object.keys(learned).length === 0 ? record : engine.store.update(id, learned);
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
  const settled = engine.store.update(id, {
    earlierCertificates,
    ...(oldRemoved ? { rotation: reaching(rotation, 'old-removed', engine.clock.now()) } : {}),
  });
  for (const thumbprint of gone) {
    await engine.secrets
      .forget({ credentialId: id, thumbprint })
      .catch((error: unknown) => engine.log.warn('certificate.key-not-forgotten', { credential: id, thumbprint, error: String(error) }));
  }
  return settled;
}
