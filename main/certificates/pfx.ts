import type { KeyObject } from 'node:crypto';
import { asFault, Fault } from '../faults.ts';
import type { Certificate } from './certificate.ts';
import { inPfxWorker } from './in-pfx-worker.ts';
import { checkKeyMatches } from './read.ts';

export interface PfxRequest {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
  /** DER of the certificates above it, its issuer first. */
  readonly chain?: readonly Uint8Array[];
  /** Printable ASCII: other characters are read differently by Windows, Java and OpenSSL. */
  readonly password: string;
  /**
   * `modern`: PBES2 with AES-256 and SHA-256 throughout (Windows 10 1709, Server 2019 and later); `compatible`:
   * pbeWithSHAAnd3-KeyTripleDES-CBC, which everything reads (RFC 7292, appendix C).
   */
  readonly encryption: 'modern' | 'compatible';
  readonly friendlyName: string;
}

/** What the worker builds a PFX from. */
export interface PfxWork {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly privateKey: Uint8Array;
  readonly password: string;
  readonly encryption: 'modern' | 'compatible';
  readonly friendlyName: string;
}

/** @throws Fault certificate.password-empty, certificate.password-not-ascii */
export function checkPfxPassword(password: string): void {
  if (password === '') throw new Fault('certificate.password-empty');
  if (!/^[\u0020-\u007E]+$/.test(password)) throw new Fault('certificate.password-not-ascii');
}

/**
 * Certificate, its chain and the private key as PKCS#12 (RFC 7292), built in a worker: key derivation takes longer than a frame.
 *
 * @throws Fault certificate.password-empty, certificate.password-not-ascii; bug where the key is another certificate's
 */
export async function createPfx({
  certificate,
  chain = [],
  privateKey,
  password,
  encryption,
  friendlyName,
}: PfxRequest): Promise<Uint8Array> {
  checkPfxPassword(password);
  if (!checkKeyMatches(certificate, privateKey))
    throw new Fault('bug', { params: { detail: `the private key is not that of ${certificate.thumbprint}` } });
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  const work: PfxWork = { certificate: certificate.der, chain, privateKey: pkcs8, password, encryption, friendlyName };
  const answer = inPfxWorker({ build: work });
  // The worker has its own copy.
  pkcs8.fill(0);
  const pfx = await answer.catch((error: unknown) => {
    throw asFault(error);
  });
  if (!(pfx instanceof Uint8Array)) throw new Fault('bug', { params: { detail: 'the worker sent no PFX' } });
  return pfx;
}
