import type { X509Certificate } from 'node:crypto';
import { Fault } from '../faults.ts';
import type { Certificate } from './certificate.ts';
import type { Named } from './door.ts';
import { certificateFacts, publicKeyOf } from './read.ts';
import type { FoundCertificate } from './x509.ts';

/** Bits. */
const smallestKey = 2048;
/** Bits. OpenSSL and BoringSSL verify with no larger one, and Microsoft Entra ID takes far less. */
const largestKey = 16_384;
/** Milliseconds. Clocks may differ by this much before a certificate counts as not yet valid. */
const skew = 10 * 60 * 1000;

/** Type of the public key, e.g. `rsa` or `ec`; some kinds OpenSSL does not know and refuses to read. */
const keyType = (x509: X509Certificate): string => publicKeyOf(x509)?.asymmetricKeyType ?? '?';

/** For people: `2026-11-24 10:00 UTC`. */
const moment = (iso: string) => iso.replace('T', ' ').replace(/:\d\dZ$/, ' UTC');

/** Whether it is in its time, by a clock that may differ. */
export const isInTime = ({ notBefore, notAfter }: { readonly notBefore: number; readonly notAfter: number }, now: Date): boolean =>
  notAfter > now.getTime() && notBefore <= now.getTime() + skew;

/**
 * A certificate that Microsoft Entra ID takes for an application now: RSA of 2048 bits and more, in its time.
 *
 * @param file for the words of a refusal
 * @throws Fault certificate.not-rsa, certificate.key-too-small, certificate.key-too-large, certificate.dates-invalid,
 *   certificate.expired, certificate.not-yet-valid
 */
export function usableCertificate(found: FoundCertificate, file: Named, now: Date): Certificate {
  const type = keyType(found.x509);
  if (type !== 'rsa') throw new Fault('certificate.not-rsa', { params: { ...file, type: type.toUpperCase() } });
  const certificate = certificateFacts(found);
  const { keySize, notBefore, notAfter } = certificate;
  if (keySize < smallestKey) throw new Fault('certificate.key-too-small', { params: { ...file, bits: keySize, least: smallestKey } });
  if (keySize > largestKey) throw new Fault('certificate.key-too-large', { params: { ...file, bits: keySize, most: largestKey } });
  if (Date.parse(notAfter) <= now.getTime()) throw new Fault('certificate.expired', { params: { ...file, end: moment(notAfter) } });
  if (Date.parse(notBefore) > now.getTime() + skew)
    throw new Fault('certificate.not-yet-valid', { params: { ...file, begin: moment(notBefore) } });
  return certificate;
}
