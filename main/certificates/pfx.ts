import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Fault } from '../faults.ts';
import type { Certificate } from './certificate.ts';

export interface PfxRequest {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
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

/**
 * Certificate and private key as PKCS#12 (RFC 7292), built in a worker: key derivation takes longer than a frame.
 *
 * @throws Fault certificate.password-empty, certificate.password-not-ascii
 */
export async function createPfx(request: PfxRequest): Promise<Uint8Array> {
  checkPfxPassword(request.password);
  const work: PfxWork = {
    certificate: request.certificate.der,
    privateKey: request.privateKey.export({ format: 'der', type: 'pkcs8' }),
    password: request.password,
    encryption: request.encryption,
    friendlyName: request.friendlyName,
  };
  const worker = new Worker(workerUrl, { workerData: work });
  try {
    const [pfx]: unknown[] = await once(worker, 'message');
    if (!(pfx instanceof Uint8Array)) throw new TypeError('the worker sent no PFX');
    return pfx;
  } finally {
    await worker.terminate();
  }
}
