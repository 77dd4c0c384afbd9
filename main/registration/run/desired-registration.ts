import { X509Certificate } from 'node:crypto';
import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import type { Desired, DesiredCertificate } from '../desired.ts';
import { retirableFrom } from '../certificates/retirable.ts';
import { isOpen } from '../certificates/timeline.ts';

/** A keyId for a certificate that was stored without one: the same each time, and no other certificate's. */
const keyIdOf = (thumbprintSha256: string): string =>
  thumbprintSha256.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

function desiredCertificate(stored: StoredCertificate): DesiredCertificate {
  const der = Buffer.from(stored.der, 'base64');
  const x509 = new X509Certificate(der);
  const { thumbprint, thumbprintSha256, subject, notBefore, notAfter } = stored;
  return {
    keyId: stored.keyId ?? keyIdOf(thumbprintSha256),
    der,
    thumbprint,
    thumbprintSha256,
    subject,
    notBefore,
    notAfter,
    selfSigned: x509.issuer === x509.subject,
  };
}

/** The certificate that an open rotation replaces. */
function predecessorOf(record: CredentialRecord): string | null {
  const { rotation, certificate, earlierCertificates } = record;
  if (rotation === null || !isOpen(record) || rotation.to !== certificate?.thumbprint) return null;
  return earlierCertificates.find(({ thumbprint }) => thumbprint === rotation.from)?.thumbprintSha256 ?? null;
}

/**
 * What the registration of a stored credential is to look like.
 *
 * @param retired earlier certificates that may go
 * @param askedEnd of its certificate, where a policy allowed an earlier one only
 */
export function desiredRegistration(
  record: CredentialRecord,
  accepted: readonly string[],
  retired: readonly StoredCertificate[] = [],
  askedEnd: string | null = null,
): Desired {
  const mayGoFrom = (certificate: StoredCertificate) => {
    const from = retirableFrom(record, certificate);
    return from === null ? null : new Date(from).toISOString();
  };
  return {
    appName: record.appName,
    uniqueName: record.uniqueName,
    clientId: record.clientId,
    redirectUri: record.redirectUri,
    permissions: record.profile.permissions,
    certificate: record.certificate === null ? null : desiredCertificate(record.certificate),
    askedEnd,
    earlierThumbprints: record.earlierCertificates.map((certificate) => certificate.thumbprintSha256),
    retiredThumbprints: retired.map((certificate) => certificate.thumbprintSha256),
    predecessorThumbprint: predecessorOf(record),
    earlierMayGoFrom: Object.fromEntries(record.earlierCertificates.map((each) => [each.thumbprintSha256, mayGoFrom(each)])),
    accepted,
  };
}
