import { createPrivateKey, type KeyObject } from 'node:crypto';
import { chainAbove, type CertificateWithKey } from './chain.ts';
import { certificateOf } from './choice.ts';
import { named, Refusal, type Named } from './door.ts';
import { fileContents } from './file-contents.ts';
import { holdingsOf, type FoundKey, type Holdings } from './holdings.ts';
import { proves } from './key-choice.ts';
import { usableCertificate } from './usable.ts';
import { foundCertificate } from './x509.ts';

/** Bytes. A certificate with its chain and its key. */
const largest = 1024 * 1024;

/** Certificates of one file. */
const most = 256;

/** Certificate and key as Linux servers and reverse proxies have them: in one file or in two. */
export interface PemFiles {
  readonly path: string;
  /** File of the key; null where it is beside the certificate. */
  readonly keyPath: string | null;
}

/** @throws Fault import.key-password-needed, import.password-wrong, import.key-unreadable */
function opened({ text, encrypted }: FoundKey, password: string | null): KeyObject {
  if (encrypted && password === null) throw new Refusal('import.key-password-needed');
  try {
    return createPrivateKey({ key: text, format: 'pem', ...(password === null ? {} : { passphrase: password }) });
  } catch (error) {
    throw new Refusal(encrypted ? 'import.password-wrong' : 'import.key-unreadable', {}, error);
  }
}

/** The one key of a file. @throws Fault as `opened`; import.key-*, import.pem-with-keys, certificate.pfx, certificate.other-kind */
function keyIn({ keys, certificates, kinds, pfx }: Holdings, password: string | null): KeyObject {
  const different = [...new Map(keys.map((key) => [key.text, key])).values()];
  const [key] = different;
  const [kind] = kinds;
  if (pfx !== null) throw new Refusal('certificate.pfx');
  if (key === undefined && (kind === 'openssh' || kind === 'putty')) throw new Refusal('import.key-of-other-kind', { kind });
  if (key === undefined && certificates.length === 0 && kind !== undefined && kind !== 'other')
    throw new Refusal('certificate.other-kind', { kind });
  if (key === undefined) throw new Refusal('import.key-missing');
  if (different.length > 1) throw new Refusal('import.pem-with-keys', { count: different.length });
  return opened(key, password);
}

/** What two files hold, or one that stands for both. */
interface PemContents {
  readonly file: Named;
  readonly bytes: Uint8Array;
  readonly keyFile: Named;
  readonly keyBytes: Uint8Array;
}

/** The same of contents that were read already. @throws Fault as `readPemFiles`, without certificate.file-* */
export function pemIn({ file, bytes, keyFile, keyBytes }: PemContents, password: string | null, now: Date): CertificateWithKey {
  const privateKey = named(keyFile, 'import.key-unreadable', () => keyIn(holdingsOf(keyBytes), password));
  return named(file, 'certificate.not-a-certificate', () => {
    const { certificates, kinds, cutOff } = holdingsOf(bytes);
    const all = certificates
      .slice(0, most)
      .map(foundCertificate)
      .filter((each) => each !== null);
    const [kind] = kinds;
    if (all.length === 0 && kind !== undefined && kind !== 'other') throw new Refusal('certificate.other-kind', { kind });
    if (all.length === 0) throw new Refusal(cutOff ? 'certificate.cut-off' : 'certificate.not-a-certificate');
    const leaf = certificateOf(privateKey, all, now);
    if (leaf === null || !proves(privateKey, leaf)) throw new Refusal('import.key-mismatch');
    return { certificate: usableCertificate(leaf, file, now), chain: chainAbove(leaf, all), privateKey };
  });
}

/**
 * Reads a certificate, its chain and its private key from PEM (or DER): PKCS#8, also encrypted, PKCS#1 and SEC 1.
 *
 * @param password of the key; null where nobody gave one
 * @throws Fault certificate.*, import.key-missing, import.key-password-needed, import.key-unreadable,
 *   import.key-of-other-kind, import.password-wrong, import.pem-with-keys, import.key-mismatch
 */
export async function readPemFiles({ path, keyPath }: PemFiles, password: string | null, now: Date): Promise<CertificateWithKey> {
  const [file, keyFile] = [{ path, door: 'pem' } as const, { path: keyPath ?? path, door: 'pem' } as const];
  const bytes = await fileContents(file, largest);
  const keyBytes = keyPath === null ? bytes : await fileContents(keyFile, largest);
  return pemIn({ file, bytes, keyFile, keyBytes }, password, now);
}
