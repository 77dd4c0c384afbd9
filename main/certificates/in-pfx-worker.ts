import { Worker } from 'node:worker_threads';
import { asFault, Fault } from '../faults.ts';
import { Refusal } from './door.ts';
import type { PfxWork } from './pfx.ts';

/** What the one worker can do; a structured clone, so keys and password never leave the process. */
export type WorkerTask = { readonly build: PfxWork } | { readonly open: { readonly bytes: Uint8Array; readonly password: string } };

/** When the work is given up. */
export interface Patience {
  /** Ctrl+C, the Cancel button, the end of the window: the work ends at once. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; default two minutes, of which the largest count of rounds that is read takes a tenth. */
  readonly limit?: number;
}

const longest = 120_000;

/** From source the worker is the TypeScript file beside this one; in the bundle it is a file of its own. */
const workerUrl = new URL(import.meta.url.endsWith('.ts') ? './pfx-worker.ts' : './pfx-worker.js', import.meta.url);

/**
 * Does the work with a PFX that takes longer than a frame, key derivation above all, in a thread of its own.
 *
 * @returns what the worker says
 * @throws Refusal import.pfx-too-slow; Fault interrupted; bug where it fails or ends without a word, e.g. for want of memory
 */
export async function inPfxWorker(task: WorkerTask, { signal, limit = longest }: Patience = {}): Promise<unknown> {
  if (signal?.aborted === true) throw new Fault('interrupted');
  const worker = new Worker(workerUrl, { workerData: task });
  const given = Promise.withResolvers<unknown>();
  const stop = () => given.reject(new Fault('interrupted'));
  const timer = setTimeout(() => given.reject(new Refusal('import.pfx-too-slow', { seconds: Math.round(limit / 1000) })), limit);
  worker.once('message', given.resolve);
  worker.once('messageerror', given.reject);
  worker.once('error', given.reject);
  worker.once('exit', (code) => given.reject(new Error(`the worker ended without an answer (${code})`)));
  signal?.addEventListener('abort', stop);
  try {
    return await given.promise;
  } catch (error) {
    throw error instanceof Refusal ? error : asFault(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    // Not waited for: a derivation that is under way ends in its own time, and nobody needs it any more.
    worker.unref();
    void worker.terminate();
  }
}
