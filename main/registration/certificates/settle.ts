import { withFacts, type CertificateFacts, type CredentialRecord, type StoredCertificate } from '../../credential/index.ts';
import type { LeasedEngine } from '../engine.ts';
import type { ObservedKeyCredential } from '../observed.ts';
import { reachedAt, reaching } from './timeline.ts';

/** What the tenant shows of a key credential, as facts of its certificate. */
export function factsInTenant({ entry, startDateTime, endDateTime }: ObservedKeyCredential, seenAt: string): Partial<CertificateFacts> {
  return {
    keyId: entry.keyId.toLowerCase(),
    inTenant: { notBefore: new Date(startDateTime).toISOString(), notAfter: new Date(endDateTime).toISOString(), seenAt },
  };
}

/**
 * The key credential of the current certificate stands in the tenant.
 *
 * @param thumbprint of the certificate that was published
 * @param learned its facts there, where they are known now
 */
export function settlePublished(
  engine: LeasedEngine,
  id: string,
  thumbprint: string,
  learned: Partial<CertificateFacts> = {},
): CredentialRecord {
  return engine.store.change(id, (record) => {
    const { rotation, certificate } = record;
    if (certificate?.thumbprint !== thumbprint) return null;
    const current = rotation !== null && rotation.to === thumbprint && reachedAt(rotation, 'rolled-back') === null;
    const reached =
      current && reachedAt(rotation, 'published') === null ? { rotation: reaching(rotation, 'published', engine.clock.now()) } : {};
    const facts = Object.keys(learned).length === 0 ? {} : withFacts(record, thumbprint, learned);
    return { ...reached, ...facts };
  });
}

/**
 * The key credentials of these earlier certificates are gone from the tenant, so nothing needs their keys any more: first
 * the record, then the keychain. What the keychain does not let go of is found later as a key that nobody needs.
 */
export async function settleRemoved(engine: LeasedEngine, id: string, removed: readonly StoredCertificate[]): Promise<CredentialRecord> {
  const gone = new Set(removed.map(({ thumbprint }) => thumbprint));
  const settled = engine.store.change(id, ({ rotation, certificate, earlierCertificates }) => {
    const oldRemoved = rotation !== null && rotation.to === certificate?.thumbprint && gone.has(rotation.from);
    return {
      earlierCertificates: earlierCertificates.filter(({ thumbprint }) => !gone.has(thumbprint)),
      ...(oldRemoved ? { rotation: reaching(rotation, 'old-removed', engine.clock.now()) } : {}),
    };
  });
  for (const thumbprint of gone) {
    await engine.secrets
      .forget({ credentialId: id, thumbprint })
      .catch((error: unknown) => engine.log.warn('certificate.key-not-forgotten', { credential: id, thumbprint, error: String(error) }));
  }
  return settled;
}
