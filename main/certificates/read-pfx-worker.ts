import { parentPort, workerData } from 'node:worker_threads';
import { openPfx } from './read-pfx-contents.ts';

const { bytes, password }: { readonly bytes: Uint8Array; readonly password: string } = workerData;
parentPort?.postMessage(await openPfx(bytes, password));
