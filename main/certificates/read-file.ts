import type { X509Certificate } from 'node:crypto';
import { Fault, type FaultCode } from '../faults.ts';
import { readAtMost } from '../files/index.ts';
import type { Certificate } from './certificate.ts';
import { certificateFacts } from './read.ts';
import { unwrap } from './unwrap.ts';

/** Bytes. No certificate comes near this size; more is never read. */
const largest = 256 * 1024;
/** Bits. */
const smallestKey = 2048;
/** Milliseconds. Clocks may differ by this much before a certificate counts as not yet valid. */
const skew = 10 * 60 * 1000;

const codes: Readonly<Record<string, FaultCode>> = {
  ENOENT: 'certificate.file-missing',
  ENOTDIR: 'certificate.file-missing',
  EISDIR: 'certificate.file-is-folder',
};

async function contentsOf(path: string): Promise<Uint8Array> {
  const bytes = await readAtMost(path, largest).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(codes[error.code ?? ''] ?? 'certificate.file-unreadable', { params: { path }, cause: error });
  });
  if (bytes === null) throw new Fault('certificate.file-too-large', { params: { path } });
  return bytes;
}

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
 * Reads the certificate that the server made, and refuses in words what cannot be it: another kind of file, a private
 * key, a chain, a key Microsoft Entra ID does not take (RSA of 2048 bits and more only), a time it is not valid in.
 *
 * @throws Fault certificate.*
 */
export async function readCertificateFile(path: string, now: Date = new Date()): Promise<Certificate> {
  const unwrapped = unwrap(await contentsOf(path));
  if ('refused' in unwrapped) throw new Fault(unwrapped.refused, { params: { path } });
  const type = keyType(unwrapped.x509);
  if (type !== 'rsa') throw new Fault('certificate.not-rsa', { params: { path, type: type.toUpperCase() } });
  const certificate = certificateFacts(unwrapped.x509);
  const { keySize, notBefore, notAfter } = certificate;
  if (keySize < smallestKey) throw new Fault('certificate.key-too-small', { params: { path, bits: keySize, least: smallestKey } });
  if (Date.parse(notAfter) <= now.getTime()) throw new Fault('certificate.expired', { params: { path, end: moment(notAfter) } });
  if (Date.parse(notBefore) > now.getTime() + skew) throw new Fault('certificate.not-yet-valid', { params: { path, begin: moment(notBefore) } });
  return certificate;
}
