import { ewsOfAll, type EwsOutcome } from '../../../main/registration/index.ts';
import { bareRoundTrips } from '../bare-round-trips.ts';
import { openBenchServices } from '../bench-services.ts';
import { programInput, say } from '../child-process.ts';
import { startPracticeTenants } from '../practice-tenants.ts';
import { storeMany } from '../store-many.ts';

export interface EwsManySetup {
  readonly tenants: number;
  /** Milliseconds that every answer of Entra takes longer for the slow tenant. */
  readonly slowness: number;
}

export interface EwsManyMeasured {
  readonly read: number;
  readonly ms: number;
  readonly requests: number;
  readonly bareMs: number;
  /** When the last tenant but the slow one was read, without and with the slow one. */
  readonly others: { readonly undisturbedMs: number; readonly ms: number };
}

/** The engine's default, for the baseline that asks as many at once. */
const atOnce = 8;

const { tenants, slowness } = programInput() as EwsManySetup;
let requests = 0;
const plain = globalThis.fetch;
globalThis.fetch = (...given: Parameters<typeof fetch>) => {
  requests += 1;
  return plain(...given);
};
const practice = await startPracticeTenants({ tenants });
const origin = practice.description.graph;
const bench = await openBenchServices(origin);
await storeMany(bench, practice);

/** Reads every tenant; when each was done. @throws Error when one was not: a figure of failures would say nothing */
async function readAll(): Promise<ReadonlyMap<string, number>> {
  const done = new Map<string, number>();
  const begun = performance.now();
  const told = (outcome: EwsOutcome): void => {
    if ('fault' in outcome) throw outcome.fault;
    if (outcome.tenant.holders.length === 0) throw new Error(`${outcome.tenant.tenantName}: nobody holds the permission`);
    done.set(outcome.tenant.tenantId, performance.now() - begun);
  };
  const nobody = () => Promise.reject(new Error('nobody signs in'));
  const run = { onProgress: () => undefined, confirm: () => Promise.resolve(true), openBrowser: nobody, accepted: [] };
  await ewsOfAll(bench.services.engine, { usage: null, signIn: false }, run, told);
  return done;
}

const [slow] = bench.services.engine.store.list();
if (slow === undefined) throw new Error('no credential');
const lastBut = (done: ReadonlyMap<string, number>): number =>
  Math.max(...[...done].filter(([tenantId]) => tenantId !== slow.tenantId).map(([, ms]) => ms));

requests = 0;
const started = performance.now();
const first = await readAll();
const ms = performance.now() - started;
const asked = requests;
const bareStarted = performance.now();
await bareRoundTrips(origin, asked, atOnce);
const bareMs = performance.now() - bareStarted;
await practice.slowDown(slow.tenantId, slowness);
const disturbed = await readAll();

await bench.close();
await practice.stop();
const others = { undisturbedMs: lastBut(first), ms: lastBut(disturbed) };
await say({ read: first.size, ms, requests: asked, bareMs, others } satisfies EwsManyMeasured);
process.disconnect();
