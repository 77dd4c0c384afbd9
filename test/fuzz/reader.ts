import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { Fault } from '../../main/faults.ts';
import { mutations } from './mutation.ts';
import { createSeeds } from './seeds.ts';
import { targets } from './targets.ts';

/** One target in a thread of its own, so that what hangs can be ended, and what it hung on is still known. */
export interface ReaderTask {
  readonly target: string;
  readonly seconds: number;
  readonly seed: number;
  /** First number: inputs begun. Second: bytes of the present one. */
  readonly progress: Int32Array;
  readonly present: Uint8Array;
}

export interface ReaderReport {
  readonly failure: { readonly input: Uint8Array; readonly error: string } | null;
  /** Milliseconds of the slowest input. */
  readonly slowest: number;
  readonly accepted: number;
}

const { target, seconds, seed, progress, present }: ReaderTask = workerData;
const { seeds, read } = targets(await createSeeds())[target] ?? { seeds: [], read: () => undefined };
let [slowest, accepted] = [0, 0];

const outcome = await fc.check(
  fc.asyncProperty(mutations(seeds), async (bytes) => {
    present.set(bytes.subarray(0, present.length));
    Atomics.store(progress, 1, bytes.length);
    Atomics.add(progress, 0, 1);
    const begun = performance.now();
    try {
      await read(bytes);
      accepted += 1;
    } catch (error) {
      if (!(error instanceof Fault) || error.kind === 'bug') throw error;
    }
    slowest = Math.max(slowest, performance.now() - begun);
  }),
  {
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: seconds * 1000,
    markInterruptAsFailure: false,
    seed,
    skipEqualValues: false,
  },
);
const failed = outcome.failed && outcome.counterexample !== null;
const report: ReaderReport = {
  failure: failed
    ? {
        input: outcome.counterexample[0],
        error: String(outcome.errorInstance instanceof Error ? outcome.errorInstance.stack : outcome.errorInstance),
      }
    : null,
  slowest,
  accepted,
};
parentPort?.postMessage(report);
