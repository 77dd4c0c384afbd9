import { Fault } from '../faults.ts';
import type { Certificate } from './certificate.ts';
import { fileContents } from './file-contents.ts';
import { unwrap } from './unwrap.ts';
import { usableCertificate } from './usable.ts';

/** Bytes. No certificate comes near this size. */
const largest = 256 * 1024;

/**
 * Reads the certificate that the server made, and refuses in words what cannot be it: another kind of file, a private
 * key, a chain, a key Microsoft Entra ID does not take (RSA of 2048 bits and more only), a time it is not valid in.
 *
 * @throws Fault certificate.*
 */
export async function readCertificateFile(path: string, now: Date = new Date()): Promise<Certificate> {
  const unwrapped = unwrap(await fileContents(path, largest));
  if ('refused' in unwrapped) throw new Fault(unwrapped.refused, { params: { path } });
  return usableCertificate(unwrapped.x509, path, now);
}
