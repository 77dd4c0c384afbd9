import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerTask } from './in-pfx-worker.ts';
import type { PfxWork } from './pfx.ts';
import { compatiblePfx } from './pfx-compatible.ts';
import { modernPfx } from './pfx-modern.ts';
import { openPfx } from './pfx-contents.ts';

function built(work: PfxWork): Promise<Uint8Array> {
  // Windows and keytool find the key of a certificate by this id: its SHA-1, as OpenSSL writes it.
  const localKeyId = createHash('sha1').update(work.certificate).digest();
  return work.encryption === 'modern' ? modernPfx(work, localKeyId) : compatiblePfx(work, localKeyId);
}

const task: WorkerTask = workerData;
parentPort?.postMessage('build' in task ? await built(task.build) : openPfx(task.open.bytes, task.open.password));
