import { X509Certificate } from 'node:crypto';
import type { CredentialRecord, StoredCertificate } from '../../vault/credential.ts';
import type { Desired, DesiredCertificate } from '../desired.ts';

function desiredCertificate(stored: StoredCertificate, credentialId: string): DesiredCertificate {
  const der = Buffer.from(stored.der, 'base64');
  const x509 = new X509Certificate(der);
  const { thumbprint, thumbprintSha256, subject, notBefore, notAfter } = stored;
  // keyId is chosen when the certificate is stored; records of older versions fall back to the credential's own id.
  return { keyId: stored.keyId ?? credentialId, der, thumbprint, thumbprintSha256, subject, notBefore, notAfter, selfSigned: x509.issuer === x509.subject };
}

/** What the registration of a stored credential is to look like. */
export function desiredRegistration(record: CredentialRecord, accepted: readonly string[]): Desired {
  return {
    appName: record.appName,
    uniqueName: record.uniqueName,
    clientId: record.clientId,
    redirectUri: record.redirectUri,
    permissions: record.profile.permissions,
    certificate: record.certificate === null ? null : desiredCertificate(record.certificate, record.id),
    earlierThumbprints: record.earlierCertificates.map((certificate) => certificate.thumbprintSha256),
    accepted,
  };
}
