import { createPrivateKey, sign, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { Fault } from '../faults.ts';
import { certificateOf, chainAbove, type ChainedCertificate } from './chain.ts';
import { structureOf } from './der.ts';
import { fileContents } from './file-contents.ts';
import { inPfxWorker } from './in-pfx-worker.ts';
import type { PfxAnswer } from './read-pfx-contents.ts';
import { usableCertificate } from './usable.ts';

/** Bytes. A PFX with its chain has some ten thousand. */
const largest = 4 * 1024 * 1024;

function isPfxAnswer(message: unknown): message is PfxAnswer {
  return typeof message === 'object' && message !== null && ('refused' in message || 'contents' in message);
}

/** Private and public part belong together, not only by their public numbers. */
function proves(privateKey: KeyObject, x509: X509Certificate): boolean {
  const challenge = Buffer.from('tenant-keyring');
  return verify('sha256', challenge, x509.publicKey, sign('sha256', challenge, privateKey));
}

/** Some programs write the same key twice. */
function onlyKey(keys: readonly Uint8Array[], path: string): KeyObject {
  const different = new Map(keys.map((der) => [Buffer.from(der).toString('base64'), der]));
  const [der, another] = [...different.values()];
  if (der === undefined) throw new Fault('import.pfx-without-key', { params: { path } });
  if (another !== undefined) throw new Fault('import.pfx-with-keys', { params: { path, count: different.size } });
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
}

/**
 * Reads a PFX that was made elsewhere: its key, the certificate of that key, and the chain that came with it.
 *
 * @throws Fault certificate.file-*, certificate.password-not-ascii, import.pfx-*, import.password-wrong, import.key-mismatch,
 *   certificate.not-rsa, certificate.key-too-small, certificate.expired, certificate.not-yet-valid
 */
export async function readPfxFile(
  path: string,
  password: string,
  now: Date,
): Promise<ChainedCertificate & { readonly privateKey: KeyObject }> {
  const bytes = await fileContents(path, largest);
  if (structureOf(bytes) !== 'pfx') throw new Fault('import.pfx-invalid', { params: { path } });
  // Read differently by Windows, Java and OpenSSL, and by what they wrote with it.
  if (!/^[\u0020-\u007E]*$/.test(password)) throw new Fault('certificate.password-not-ascii');
  const answer = await inPfxWorker({ open: { bytes, password } });
  if (!isPfxAnswer(answer)) throw new Fault('bug', { params: { detail: 'the worker sent no contents of a PFX' } });
  if ('refused' in answer)
    throw new Fault(answer.refused === 'password' ? 'import.password-wrong' : 'import.pfx-invalid', {
      params: { path },
      cause: new Error(answer.reason),
    });
  const privateKey = onlyKey(answer.contents.keys, path);
  const all = answer.contents.certificates.map((der) => new X509Certificate(der));
  const leaf = certificateOf(privateKey, all);
  if (leaf === null) throw new Fault('import.key-mismatch', { params: { path } });
  const certificate = usableCertificate(leaf, path, now);
  if (!proves(privateKey, leaf)) throw new Fault('import.key-mismatch', { params: { path } });
  return { certificate, chain: chainAbove(leaf, all).map(({ raw }) => new Uint8Array(raw)), privateKey };
}
