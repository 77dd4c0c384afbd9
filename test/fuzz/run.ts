import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { ReaderReport, ReaderTask } from './reader.ts';
import { createSeeds } from './seeds.ts';
import { targets } from './targets.ts';

/** Seconds that one input may take: rounds of key derivation up to the most that are computed, on a busy machine. */
const patience = 60;
/** Bytes of an input that are kept for the case that it hangs. */
const largest = 300_000;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    target: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() & 0x7fffffff) },
  },
});
const folder = 'out/fuzz';

interface Ended {
  readonly target: string;
  readonly inputs: number;
  readonly crash: string | null;
  readonly hang: boolean;
  readonly report: ReaderReport | null;
}

function keep(name: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Runs one target until its time is over, something is thrown that is no fault, or an input takes longer than anybody waits. */
async function run(target: string, seconds: number): Promise<Ended> {
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const present = new Uint8Array(new SharedArrayBuffer(largest));
  const task: ReaderTask = { target, seconds, seed: Number(values.seed), progress, present };
  const worker = new Worker(new URL('./reader.ts', import.meta.url), { workerData: task });
  const report = new Promise<ReaderReport>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const hung = Promise.withResolvers<null>();
  let [seen, since] = [0, performance.now()];
  const watch = setInterval(() => {
    const begun = Atomics.load(progress, 0);
    if (begun !== seen) [seen, since] = [begun, performance.now()];
    else if (begun > 0 && performance.now() - since > patience * 1000) hung.resolve(null);
  }, 1000);
  try {
    const ended = await Promise.race([report, hung.promise]);
    const inputs = Atomics.load(progress, 0);
    if (ended === null) {
      const input = present.slice(0, Math.min(largest, Atomics.load(progress, 1)));
      return { target, inputs, crash: `hangs on ${keep(`${target}-hang`, input)}`, hang: true, report: null };
    }
    const crash = ended.failure === null ? null : `${ended.failure.error}\nthe input is ${keep(`${target}-crash`, ended.failure.input)}`;
    return { target, inputs, crash, hang: false, report: ended };
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

const names = Object.keys(targets(await createSeeds())).filter((name) => values.target === undefined || name === values.target);
const each = Math.max(1, Math.floor(Number(values.seconds) / names.length));
console.log(`seed ${values.seed}, ${each} s for each of ${names.join(', ')}`);
const ended: Ended[] = [];
for (const name of names) {
  const one = await run(name, each);
  ended.push(one);
  console.log(
    `${name}: ${one.inputs} inputs, ${one.report?.accepted ?? '?'} accepted, slowest ${Math.round(one.report?.slowest ?? 0)} ms${one.crash === null ? '' : `\n${one.crash}`}`,
  );
}
const hangs = ended.filter(({ hang }) => hang).length;
const crashes = ended.filter(({ crash, hang }) => crash !== null && !hang).length;
console.log(`inputs ${ended.reduce((sum, { inputs }) => sum + inputs, 0)}, crashes ${crashes}, hangs ${hangs}`);
process.exitCode = crashes + hangs === 0 ? 0 : 1;
