import type { X509Certificate } from 'node:crypto';
import { Fault } from '../faults.ts';
import type { Certificate } from './certificate.ts';
import { certificateFacts } from './read.ts';

/** Bits. */
const smallestKey = 2048;
/** Milliseconds. Clocks may differ by this much before a certificate counts as not yet valid. */
const skew = 10 * 60 * 1000;

/** Type of the public key, e.g. `rsa` or `ec`; some kinds OpenSSL does not know and refuses to read. */
function keyType(x509: X509Certificate): string {
  try {
    return x509.publicKey.asymmetricKeyType ?? '?';
  } catch {
    return '?';
  }
}

/** For people: `2026-11-24 10:00 UTC`. */
const moment = (iso: string) => iso.replace('T', ' ').replace(/:\d\dZ$/, ' UTC');

/**
 * A certificate that Microsoft Entra ID takes for an application now: RSA of 2048 bits and more, in its time.
 *
 * @param path for the words of a refusal
 * @throws Fault certificate.not-rsa, certificate.key-too-small, certificate.expired, certificate.not-yet-valid
 */
export function usableCertificate(x509: X509Certificate, path: string, now: Date): Certificate {
  const type = keyType(x509);
  if (type !== 'rsa') throw new Fault('certificate.not-rsa', { params: { path, type: type.toUpperCase() } });
  const certificate = certificateFacts(x509);
  const { keySize, notBefore, notAfter } = certificate;
  if (keySize < smallestKey) throw new Fault('certificate.key-too-small', { params: { path, bits: keySize, least: smallestKey } });
  if (Date.parse(notAfter) <= now.getTime()) throw new Fault('certificate.expired', { params: { path, end: moment(notAfter) } });
  if (Date.parse(notBefore) > now.getTime() + skew)
    throw new Fault('certificate.not-yet-valid', { params: { path, begin: moment(notBefore) } });
  return certificate;
}
