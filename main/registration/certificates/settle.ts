import { withFacts, type CertificateFacts, type CredentialRecord, type StoredCertificate } from '../../credential/index.ts';
import type { LeasedEngine } from '../engine.ts';
import type { ObservedApplication, ObservedKeyCredential } from '../observed.ts';
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
 * Whether the application has a key credential of this certificate. One whose certificate Microsoft does not tell is found by
 * its keyId; where that is not known either, it may be this one.
 */
export function isPublished({ keyCredentials }: ObservedApplication, { thumbprint, keyId }: StoredCertificate): boolean {
  return keyCredentials.some((key) =>
    key.thumbprint === null ? keyId === null || key.entry.keyId === keyId : key.thumbprint === thumbprint,
  );
}

/** The entry of a certificate: where it stands there twice, the one whose keyId is stored. */
export function entryOf(
  { keyCredentials }: ObservedApplication,
  { thumbprint, keyId }: StoredCertificate,
): ObservedKeyCredential | undefined {
  const there = keyCredentials.filter((key) => key.thumbprint === thumbprint);
  return there.find(({ entry }) => entry.keyId.toLowerCase() === keyId?.toLowerCase()) ?? there[0];
}

function withEntry(stored: StoredCertificate, application: ObservedApplication, seenAt: string): StoredCertificate {
  const entry = entryOf(application, stored);
  return entry === undefined ? stored : { ...stored, ...factsInTenant(entry, seenAt) };
}

/**
 * Keeps what the tenant shows of the key credentials of our certificates: another tool may have published one under a keyId of its
 * own, and without a view of the application a key credential can be removed by this id alone.
 */
export function settleFacts(engine: LeasedEngine, id: string, application: ObservedApplication, seenAt: string): CredentialRecord {
  return engine.store.change(id, ({ certificate, earlierCertificates }) => ({
    certificate: certificate === null ? null : withEntry(certificate, application, seenAt),
    earlierCertificates: earlierCertificates.map((each) => withEntry(each, application, seenAt)),
  }));
}

/** No key credential of this certificate has the keyId that is stored: which one it has, only a view of the application tells. */
export function settleUnnamed(engine: LeasedEngine, id: string, keyId: string): CredentialRecord {
  return engine.store.change(id, ({ earlierCertificates }) => ({
    earlierCertificates: earlierCertificates.map((each) => (each.keyId === keyId ? { ...each, keyId: null } : each)),
  }));
}

/** Gone from the tenant, but not proven to be: the key stays here, and a later run looks again. */
export function settleRemoving(engine: LeasedEngine, id: string, pending: readonly StoredCertificate[]): CredentialRecord {
  return engine.store.change(id, ({ rotation, certificate }) => {
    const isOld =
      rotation !== null && rotation.to === certificate?.thumbprint && pending.some(({ thumbprint }) => thumbprint === rotation.from);
    if (!isOld || reachedAt(rotation, 'removing') !== null) return null;
    return { rotation: reaching(rotation, 'removing', engine.clock.now()) };
  });
}

/**
 * The key credentials of these earlier certificates are proven to be gone from the tenant, so nothing needs their keys any more: first
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
