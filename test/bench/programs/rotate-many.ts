import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { rotateAllDue, type RotationOutcome } from '../../../main/registration/verbs/all-due.ts';
import type { Services } from '../../../main/services/index.ts';
import { openBenchServices } from '../bench-services.ts';
import { programInput, say } from '../child-process.ts';
import { watchEventLoop, type LongestTurn } from '../event-loop.ts';
import { startPracticeTenants, type PracticeTenants } from '../practice-tenants.ts';
import { storeMany } from '../store-many.ts';

export interface RotateManySetup {
  readonly tenants: number;
}

export interface RotateManyMeasured {
  /** Published and proven, and waiting for the handover. */
  readonly proven: number;
  readonly failures: number;
  readonly ms: number;
  readonly requests: number;
  /** As many keys of the same size, as many at once, and nothing else. */
  readonly keysMs: number;
  /** Old key credentials that are gone from their tenant: in the first run, and after another run some time later. */
  readonly oldRemoved: number;
  readonly oldRemovedLater: number;
  readonly turn: LongestTurn;
}

const atOnce = 8;
const day = 86_400_000;

/** Every certificate ends in ten days; the old ones by tenant. */
function age({ engine }: Services): ReadonlyMap<string, string> {
  const at = (days: number) => new Date(Date.now() + days * day).toISOString();
  return new Map(
    engine.store.list().map(({ id, tenantId, certificate }) => {
      if (certificate === null) throw new Error('no certificate');
      engine.store.change(id, () => ({ certificate: { ...certificate, notBefore: at(10 - 455), notAfter: at(10) } }));
      return [tenantId, certificate.thumbprint] as const;
    }),
  );
}

async function rotateEvery({ engine }: Services, onOutcome: (outcome: RotationOutcome) => void): Promise<void> {
  const nobody = () => Promise.reject(new Error('nobody signs in'));
  const run = { onProgress: () => undefined, confirm: nobody, openBrowser: nobody, accepted: [] };
  await rotateAllDue(engine, { withinDays: 60, unattended: true, overlapDays: 0, handOut: null }, run, onOutcome);
}

async function goneOf(practice: PracticeTenants, old: ReadonlyMap<string, string>): Promise<number> {
  const published = await practice.publishedKeys();
  return published.filter(({ tenantId, thumbprints }) => !thumbprints.includes(old.get(tenantId) ?? '')).length;
}

async function keysAlone(count: number): Promise<number> {
  const generate = promisify(generateKeyPair);
  const started = performance.now();
  let left = count;
  const worker = async () => {
    while ((left -= 1) >= 0) await generate('rsa', { modulusLength: 3072 });
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return performance.now() - started;
}

const { tenants } = programInput() as RotateManySetup;
const practice = await startPracticeTenants({ tenants });
const bench = await openBenchServices(practice.description.graph);
await storeMany(bench, practice);
const old = age(bench.services);

const probe = watchEventLoop();
let proven = 0;
let failures = 0;
let requests = 0;
const started = performance.now();
await rotateEvery(bench.services, (outcome) => {
  if ('fault' in outcome || outcome.report.timeline.at(-1)?.state !== 'proven') {
    failures += 1;
    return;
  }
  proven += 1;
  requests += outcome.report.requests.graph + outcome.report.requests.identity;
});
const ms = performance.now() - started;
const turn = probe.stop();
const oldRemoved = await goneOf(practice, old);
// Another run of the scheduled task, while no handover was confirmed.
await rotateEvery(bench.services, () => undefined);
const oldRemovedLater = await goneOf(practice, old);
const keysMs = await keysAlone(tenants);

await bench.close();
await practice.stop();
await say({ proven, failures, ms, requests, keysMs, oldRemoved, oldRemovedLater, turn } satisfies RotateManyMeasured);
process.disconnect();
