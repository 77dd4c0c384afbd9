import { verifyAll, type VerifyOutcome } from '../../../main/registration/verbs/verify.ts';
import type { Services } from '../../../main/services/index.ts';
import { bareRoundTrips } from '../bare-round-trips.ts';
import { openBenchServices } from '../bench-services.ts';
import { programInput, say } from '../child-process.ts';
import { watchEventLoop, type LongestTurn } from '../event-loop.ts';
import { memoryInUse, watchMemory } from '../memory.ts';
import { startPracticeTenants } from '../practice-tenants.ts';
import { storeMany } from '../store-many.ts';

export interface VerifyManySetup {
  readonly tenants: number;
  /** Memory is compared with what it was after so many. */
  readonly few: number;
  /** Milliseconds that every answer of Entra takes longer for the slow tenant. */
  readonly slowness: number;
}

export interface VerifyManyMeasured {
  readonly proven: number;
  readonly ms: number;
  readonly requests: number;
  readonly bareMs: number;
  /** Growth of the resident set over what it was before, in MB, at its highest. */
  readonly growthAfterFew: number;
  readonly growth: number;
  readonly turn: LongestTurn;
  /** Heap after a collection, in MB: when so few were done, and when all were. */
  readonly inUseAfterFew: number;
  readonly inUse: number;
  /** When the last credential but the slow one was done, without and with the slow tenant. */
  readonly others: { readonly undisturbedMs: number; readonly ms: number; readonly slowMs: number };
}

/** The engine's default, for the baseline that asks as many at once. */
const atOnce = 8;

/** @throws Error when a credential is not proven: a figure of failures would say nothing */
async function verifyEvery({ engine }: Services, onOutcome: (credentialId: string, requests: number) => void): Promise<void> {
  const check = (outcome: VerifyOutcome) => {
    if ('fault' in outcome) throw outcome.fault;
    const { credential, proof, requests } = outcome.report;
    if (proof?.ok !== true) throw new Error(`${credential.name}: ${JSON.stringify(proof)}`);
    onOutcome(credential.id, requests.graph + requests.identity);
  };
  const nobody = () => Promise.reject(new Error('nobody signs in'));
  await verifyAll(engine, { onProgress: () => undefined, confirm: () => Promise.resolve(true), openBrowser: nobody, accepted: [] }, check);
}

const { tenants, few, slowness } = programInput() as VerifyManySetup;
const practice = await startPracticeTenants({ tenants });
const origin = practice.description.graph;
const bench = await openBenchServices(origin);
await storeMany(bench, practice);

const memory = watchMemory();
const probe = watchEventLoop();
let proven = 0;
let requests = 0;
let growthAfterFew = 0;
const started = performance.now();
await verifyEvery(bench.services, (_, count) => {
  proven += 1;
  requests += count;
  if (proven === few) growthAfterFew = memory.growth();
});
const ms = performance.now() - started;
const turn = probe.stop();
const growth = memory.stop();

const bareStarted = performance.now();
await bareRoundTrips(origin, requests, atOnce);
const bareMs = performance.now() - bareStarted;

/** Milliseconds until the last credential but this one was done, and until this one was; the heap on the way and in the end. */
async function othersThan(
  credentialId: string,
): Promise<{ readonly othersMs: number; readonly thisMs: number; readonly inUseAfterFew: number; readonly inUse: number }> {
  let othersMs = 0;
  let thisMs = 0;
  let done = 0;
  let inUseAfterFew = 0;
  const begun = performance.now();
  await verifyEvery(bench.services, (id) => {
    if (id === credentialId) thisMs = performance.now() - begun;
    else othersMs = performance.now() - begun;
    done += 1;
    if (done === few) inUseAfterFew = memoryInUse();
  });
  return { othersMs, thisMs, inUseAfterFew, inUse: memoryInUse() };
}
// The first of the list: it is under way while all others are.
const [slow] = bench.services.engine.store.list();
if (slow === undefined) throw new Error('no credential');
const undisturbed = await othersThan(slow.id);
await practice.slowDown(slow.tenantId, slowness);
const disturbed = await othersThan(slow.id);

await bench.close();
await practice.stop();
const { inUseAfterFew, inUse } = undisturbed;
const others = { undisturbedMs: undisturbed.othersMs, ms: disturbed.othersMs, slowMs: disturbed.thisMs };
await say({ proven, ms, requests, bareMs, growthAfterFew, growth, inUseAfterFew, inUse, turn, others } satisfies VerifyManyMeasured);
process.disconnect();
