import type { KeyObject } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { asFault, Fault } from '../faults.ts';
import type { Certificate } from './certificate.ts';
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

/** What the worker gets; a structured clone, so keys and password never leave the process. */
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

/** From source the worker is the TypeScript file beside this one; in the bundle it is the second file. */
const workerUrl = new URL(import.meta.url.endsWith('.ts') ? './pfx-worker.ts' : './pfx-worker.js', import.meta.url);

/** What the worker says; an error where it fails or ends without a word, e.g. for want of memory. */
function answerOf(worker: Worker): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message: unknown) => (message instanceof Uint8Array ? resolve(message) : reject(new TypeError('the worker sent no PFX'))));
    worker.once('messageerror', reject);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the worker ended without a PFX (${code})`)));
  });
}

/**
 * Certificate, its chain and the private key as PKCS#12 (RFC 7292), built in a worker: key derivation takes longer than a frame.
 *
 * @throws Fault certificate.password-empty, certificate.password-not-ascii; bug where the key is another certificate's
 */
export async function createPfx({ certificate, chain = [], privateKey, password, encryption, friendlyName }: PfxRequest): Promise<Uint8Array> {
  checkPfxPassword(password);
  if (!checkKeyMatches(certificate, privateKey)) throw new Fault('bug', { params: { detail: `the private key is not that of ${certificate.thumbprint}` } });
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  const work: PfxWork = { certificate: certificate.der, chain, privateKey: pkcs8, password, encryption, friendlyName };
  const worker = new Worker(workerUrl, { workerData: work });
  pkcs8.fill(0);
  try {
    return await answerOf(worker);
  } catch (error) {
    throw asFault(error);
  } finally {
    await worker.terminate();
  }
}
