import type { Certificate } from './certificate.ts';
import { Fault } from '../faults.ts';
import { named, type Door } from './door.ts';
import { fileContents } from './file-contents.ts';
import { onlyCertificate } from './only-certificate.ts';
import { certificateFacts } from './read.ts';
import { usableCertificate } from './usable.ts';

/** Bytes. No certificate comes near this size. */
const largest = 256 * 1024;

/** Where a certificate without a key comes in. */
type CertificateDoor = Extract<Door, 'server' | 'list'>;

/**
 * Reads the certificate that the server made, and refuses in words what cannot be it: another kind of file, a private
 * key, a chain, a key Microsoft Entra ID does not take (RSA of 2048 bits and more only), a time it is not valid in.
 *
 * @throws Fault certificate.*
 */
export async function readCertificateFile(path: string, now: Date = new Date(), door: CertificateDoor = 'server'): Promise<Certificate> {
  return readCertificateContents(path, await fileContents({ path, door }, largest), now, door);
}

/**
 * The same validation of a file whose contents somebody else has read, as the window does with one that was dropped there.
 *
 * @param name of the file, for the words of a refusal
 * @param bytes of the file; 262,145 of them are enough to find it too large
 * @throws Fault certificate.*
 */
export function readCertificateContents(name: string, bytes: Uint8Array, now: Date, door: CertificateDoor = 'server'): Certificate {
  const file = { path: name, door };
  if (bytes.length > largest) throw new Fault('certificate.file-too-large', { params: { ...file } });
  return named(file, 'certificate.not-a-certificate', () => usableCertificate(onlyCertificate(bytes), file, now));
}

/**
 * The certificate that stands in a list itself, as its exports have it. Key and dates are not validated: what has expired
 * in one list is to be seen in the other.
 *
 * @param place the list and which of its entries, for the words of a refusal
 * @throws Fault certificate.*
 */
export function readListedCertificate(place: string, bytes: Uint8Array): Certificate {
  return named({ path: place, door: 'list' }, 'certificate.not-a-certificate', () => certificateFacts(onlyCertificate(bytes)));
}
