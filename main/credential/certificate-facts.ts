import type { Certificate } from '../certificates/index.ts';
import { randomUUID } from 'node:crypto';
import type { CredentialRecord, Handover, StoredCertificate } from './record.ts';

/** What is known of a certificate beside what stands in it. */
export type CertificateFacts = Pick<StoredCertificate, 'keyId' | 'inTenant' | 'holder' | 'otherHolders' | 'usedHereOnly' | 'handover'>;

/** How a certificate came here: made here, its key brought here from elsewhere, or its key held by the server. */
export type Origin = 'made-here' | 'key-imported' | 'key-elsewhere';

const facts: Readonly<Record<Origin, Pick<CertificateFacts, 'holder' | 'otherHolders'>>> = {
  'made-here': { holder: 'keyring', otherHolders: 'none' },
  'key-imported': { holder: 'keyring', otherHolders: 'possible' },
  'key-elsewhere': { holder: 'external', otherHolders: 'possible' },
};

/**
 * The stored form of a certificate: the one constructor of it.
 *
 * @param chain DER of the certificates above it
 */
export function storedCertificate(read: Certificate, origin: Origin, chain: readonly Uint8Array[] = []): StoredCertificate {
  const { der, thumbprint, thumbprintSha256, subject, keySize, notBefore, notAfter } = read;
  return {
    thumbprint,
    thumbprintSha256,
    subject,
    keySize,
    notBefore,
    notAfter,
    der: Buffer.from(der).toString('base64'),
    ...(chain.length === 0 ? {} : { chain: chain.map((each) => Buffer.from(each).toString('base64')) }),
    keyId: randomUUID(),
    inTenant: null,
    ...facts[origin],
    usedHereOnly: false,
    handover: null,
  };
}

/**
 * Until when a certificate can be used: its own end, or that of its key credential where the tenant has an earlier one. ISO 8601
 * UTC.
 */
export function usableUntil({ notAfter, inTenant }: Pick<StoredCertificate, 'notAfter' | 'inTenant'>): string {
  return inTenant !== null && Date.parse(inTenant.notAfter) < Date.parse(notAfter) ? inTenant.notAfter : notAfter;
}

type Certificates = Pick<CredentialRecord, 'certificate' | 'earlierCertificates'>;

/** All certificates of a credential, the current one first, then the latest. */
export function certificatesOf({ certificate, earlierCertificates }: Certificates): StoredCertificate[] {
  return [...(certificate === null ? [] : [certificate]), ...earlierCertificates.toReversed()];
}

/** The certificate of this SHA-1 or SHA-256 thumbprint (upper-case hex); null when the credential has none. */
export function certificateNamed(record: Certificates, thumbprint: string): StoredCertificate | null {
  return certificatesOf(record).find((each) => each.thumbprint === thumbprint || each.thumbprintSha256 === thumbprint) ?? null;
}

/** The two fields with other facts of one certificate, wherever it stands; those of all others as they are. */
export function withFacts(
  { certificate, earlierCertificates }: Certificates,
  thumbprint: string,
  learned: Partial<CertificateFacts>,
): Certificates {
  const changed = (each: StoredCertificate) => (each.thumbprint === thumbprint ? { ...each, ...learned } : each);
  return { certificate: certificate === null ? null : changed(certificate), earlierCertificates: earlierCertificates.map(changed) };
}

/**
 * The handover that speaks of the credential as it is: confirmed for its current certificate and its current profile. One that
 * was given for another certificate or other permissions says nothing of these.
 */
export function handoverOf({ certificate, profile }: Pick<CredentialRecord, 'certificate' | 'profile'>): Handover | null {
  const given = certificate?.handover ?? null;
  if (certificate === null || given === null) return null;
  const same = given.profile.id === profile.id && given.profile.version === profile.version;
  return same ? { ...given, thumbprint: certificate.thumbprint } : null;
}

/** Whether no other software uses the current key, by the administrator's word and by all that is known of the key. */
export function isUsedHereOnly({ certificate }: Pick<CredentialRecord, 'certificate'>): boolean {
  return certificate !== null && certificate.usedHereOnly && certificate.otherHolders !== 'possible' && certificate.holder === 'keyring';
}
