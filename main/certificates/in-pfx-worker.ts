import { Worker } from 'node:worker_threads';
import { asFault } from '../faults.ts';
import type { PfxWork } from './pfx.ts';

/** What the one worker can do; a structured clone, so keys and password never leave the process. */
export type WorkerTask = { readonly build: PfxWork } | { readonly open: { readonly bytes: Uint8Array; readonly password: string } };

/** From source the worker is the TypeScript file beside this one; in the bundle it is a file of its own. */
const workerUrl = new URL(import.meta.url.endsWith('.ts') ? './pfx-worker.ts' : './pfx-worker.js', import.meta.url);

/**
 * Does the work with a PFX that takes longer than a frame, key derivation above all, in a thread of its own.
 *
 * @returns what the worker says
 * @throws Fault('bug') where it fails or ends without a word, e.g. for want of memory
 */
export async function inPfxWorker(task: WorkerTask): Promise<unknown> {
  const worker = new Worker(workerUrl, { workerData: task });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('messageerror', reject);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the worker ended without an answer (${code})`)));
    });
  } catch (error) {
    throw asFault(error);
  } finally {
    await worker.terminate();
  }
}
