import { generateKeyPair, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { RequestCounts } from '../../../main/directory/directory.ts';
import { warmUp } from '../../../main/services/index.ts';
import { openBenchServices } from '../bench-services.ts';
import { bareRoundTrips } from '../bare-round-trips.ts';
import { programInput, say } from '../child-process.ts';
import { connectTenant } from '../connect-tenant.ts';
import { watchEventLoop, type LongestTurn } from '../event-loop.ts';

export interface ConnectSetup {
  readonly origin: string;
  readonly keySize: 2048 | 3072 | 4096;
  /** So many credentials are in the store already. */
  readonly stored?: number;
  /** So many one after another, each a credential of its own; the first one meets a process that has just started. */
  readonly times: number;
}

export interface ConnectMeasured {
  readonly runs: readonly {
    readonly requests: RequestCounts;
    /** All HTTP requests, the simulated browser's too. */
    readonly roundTrips: number;
    readonly ms: number;
    readonly turn: LongestTurn;
    /** The same number of requests that ask nothing, one after another. */
    readonly bareMs: number;
    /** A key pair of this size by itself. */
    readonly keyMs: number;
  }[];
  /** While nothing happened: what machine and probe add. */
  readonly idle: LongestTurn;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const { origin, keySize, times, stored = 0 } = programInput() as ConnectSetup;
const bench = await openBenchServices(origin);
// As the window does while nobody waits for it.
await warmUp();
if (stored > 0) {
  // Copies of a real one, with its proof.
  const { store } = bench.services.engine;
  const { report } = await connectTenant(bench.services, origin, 'Copied', 2048);
  const record = store.find(report.credential.id);
  for (let copy = 1; copy < stored; copy += 1) store.insert({ ...record, id: randomUUID(), name: `Copied ${copy}` });
}
const idleProbe = watchEventLoop();
await sleep(1000);
const idle = idleProbe.stop();
const runs: ConnectMeasured['runs'][number][] = [];
for (let time = 1; time <= times; time += 1) {
  const probe = watchEventLoop();
  const started = performance.now();
  const { report, browserRequests } = await connectTenant(bench.services, origin, `Archive ${time}`, keySize);
  const ms = performance.now() - started;
  const turn = probe.stop();
  const roundTrips = report.requests.graph + report.requests.identity + browserRequests;
  const bareMs = await timed(() => bareRoundTrips(origin, roundTrips, 1));
  const keyMs = await timed(() => promisify(generateKeyPair)('rsa', { modulusLength: keySize }));
  runs.push({ requests: report.requests, roundTrips, ms, turn, bareMs, keyMs });
}
await bench.close();
await say({ runs, idle } satisfies ConnectMeasured);
process.disconnect();
