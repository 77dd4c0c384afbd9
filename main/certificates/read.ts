import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { Fault } from '../faults.ts';
import type { Certificate } from './certificate.ts';
import { isoSeconds } from './dates.ts';
import { unwrap } from './unwrap.ts';

const hex = (algorithm: 'sha1' | 'sha256', der: Uint8Array) => createHash(algorithm).update(der).digest('hex').toUpperCase();

/** Node prints a distinguished name one attribute a line, most general first. */
const oneLine = (name: string) => name.split('\n').toReversed().join(', ');

/** The facts of one certificate. */
export function certificateFacts(x509: X509Certificate): Certificate {
  const der = new Uint8Array(x509.raw);
  return {
    der,
    thumbprint: hex('sha1', der),
    thumbprintSha256: hex('sha256', der),
    subject: oneLine(x509.subject),
    issuer: oneLine(x509.issuer),
    selfSigned: x509.issuer === x509.subject && x509.verify(x509.publicKey),
    keySize: x509.publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
    notBefore: isoSeconds(x509.validFromDate),
    notAfter: isoSeconds(x509.validToDate),
  };
}

/**
 * Reads one certificate: DER, PEM, or base64 without its armour. Key and dates are not validated; files of unknown origin
 * go through `readCertificateFile`.
 *
 * @throws Fault certificate.file-empty, certificate.pfx, certificate.private-key-inside, certificate.chain,
 *   certificate.cut-off, certificate.not-a-certificate
 */
export function readCertificate(bytes: Uint8Array): Certificate {
  const unwrapped = unwrap(bytes);
  if ('refused' in unwrapped) throw new Fault(unwrapped.refused);
  return certificateFacts(unwrapped.x509);
}

/** True when the private key belongs to the certificate's public key. */
export function checkKeyMatches(certificate: Certificate, privateKey: KeyObject): boolean {
  return new X509Certificate(certificate.der).checkPrivateKey(privateKey);
}
