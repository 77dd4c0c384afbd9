import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { PfxWork } from './pfx.ts';
import { compatiblePfx } from './pfx-compatible.ts';
import { modernPfx } from './pfx-modern.ts';

const work: PfxWork = workerData;
// Windows and keytool find the key of a certificate by this id: its SHA-1, as OpenSSL writes it.
const localKeyId = createHash('sha1').update(work.certificate).digest();
parentPort?.postMessage(work.encryption === 'modern' ? await modernPfx(work, localKeyId) : await compatiblePfx(work, localKeyId));
