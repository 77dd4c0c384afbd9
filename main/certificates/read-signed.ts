import type { KeyObject } from 'node:crypto';
import { chainAbove, type CertificateWithKey } from './chain.ts';
import { certificateOf } from './choice.ts';
import { named, Refusal, type Named } from './door.ts';
import { fileContents } from './file-contents.ts';
import { holdingsOf } from './holdings.ts';
import { usableCertificate } from './usable.ts';
import { foundCertificate, type FoundCertificate } from './x509.ts';

/** Bytes. A chain of certificates in one file. */
const largest = 1024 * 1024;

/** Certificates of one file; a hostile one has thousands, each of which would be compared with each. */
const most = 256;

/** The certificates of a file without a key. @throws Fault certificate.* */
function certificatesIn(bytes: Uint8Array): FoundCertificate[] {
  if (bytes.length === 0) throw new Refusal('certificate.file-empty');
  const { certificates, keys, pfx, cutOff, kinds } = holdingsOf(bytes);
  if (pfx !== null) throw new Refusal('certificate.pfx');
  if (keys.length > 0) throw new Refusal('certificate.private-key-inside');
  // What cannot be read beside the one that is meant is none of its chain.
  const all = certificates
    .slice(0, most)
    .map(foundCertificate)
    .filter((found) => found !== null);
  if (all.length > 0) return all;
  if (cutOff) throw new Refusal('certificate.cut-off');
  const [kind] = kinds;
  if (kind !== undefined && kind !== 'other') throw new Refusal('certificate.other-kind', { kind });
  throw new Refusal('certificate.not-a-certificate');
}

/** The same of contents that were read already. @throws Fault certificate.*, import.key-mismatch */
export function signedIn(file: Named, bytes: Uint8Array, keys: readonly KeyObject[], now: Date): CertificateWithKey {
  return named(file, 'certificate.not-a-certificate', () => {
    const all = certificatesIn(bytes);
    for (const privateKey of keys) {
      const leaf = certificateOf(privateKey, all, now);
      if (leaf !== null) return { certificate: usableCertificate(leaf, file, now), chain: chainAbove(leaf, all), privateKey };
    }
    throw new Refusal('import.key-mismatch');
  });
}

/**
 * Reads what a certification authority answered to our request: a certificate, alone or among those of its chain, in DER,
 * PEM or PKCS#7. Of several, the one of our key is meant.
 *
 * @param keys private keys of ours, the likeliest first
 * @returns with it the key that it belongs to
 * @throws Fault certificate.*, import.key-mismatch where none is for any of these keys
 */
export async function readSignedCertificate(path: string, keys: readonly KeyObject[], now: Date): Promise<CertificateWithKey> {
  const file = { path, door: 'signed' } as const;
  return signedIn(file, await fileContents(file, largest), keys, now);
}
