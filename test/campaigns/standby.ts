import { setTimeout as pause } from 'node:timers/promises';
import type { PracticeFaultKind } from '../../main/practice/index.ts';
import { openActor, type Actor } from './actor.ts';
import { actorProcess, type ActorProcess } from './actor-process.ts';
import { flows, type Flow } from './flows.ts';
import { breachesAtRest, breachesNow, heal, type Breach } from './laws.ts';
import { ledger, type CampaignReport } from './report.ts';
import { openScene, type Scene } from './scene.ts';
import { exportedKey } from './server.ts';
import { perform } from './verbs.ts';

export interface StandbyOptions {
  readonly flows?: readonly string[];
  readonly every?: number;
  /** The last request at which it sleeps; default the last of the flow. */
  readonly last?: number;
  readonly tell: (line: string) => void;
}

/** What became of the request that was under way: its answer waits, or its connection was lost before or after it was executed. */
const fates: Readonly<Record<string, PracticeFaultKind | null>> = {
  'the answer waits': null,
  'the request is lost': 'drop-before',
  'the answer is lost': 'drop-after-write',
};

/** Milliseconds; the minute of the products, in short. */
const hurried = { renewEvery: 5000, lookEvery: 20, silence: 120 };

/** While one sleeps, another process waits for a sign of life, takes over, rotates, and the server gets the new key. */
async function meanwhile(scene: Scene, second: Actor): Promise<Breach[]> {
  const outcomes = [await perform(second, 'rotate unattended'), await perform(second, 'export')];
  const [, { exported }] = outcomes as [unknown, (typeof outcomes)[number]];
  if (exported !== undefined && (await scene.server.take(exportedKey(exported))))
    outcomes.push(await perform(second, 'handover', { thumbprint: scene.server.held()?.thumbprint ?? '' }));
  scene.clock.pass(70 / 86_400);
  return outcomes.flatMap(({ bug }) => (bug === null ? [] : [{ law: 'no bug', detail: bug } as const]));
}

interface Case {
  readonly flow: Flow;
  readonly at: number;
  readonly fate: PracticeFaultKind | null;
}

/** Null where the flow ended before its n-th request. */
async function slept({ flow, at, fate }: Case, sleeper: ActorProcess, wrote: () => void): Promise<readonly Breach[] | null> {
  const scene = await openScene({ connected: flow.connected ?? true, deletes: flow.deletes ?? false });
  const second = await openActor(scene, 'second', { computer: 'main', leases: hurried });
  const breaches: Breach[] = [];
  const note = (found: readonly Breach[]) => {
    if (breaches.length === 0) breaches.push(...found);
  };
  try {
    await flow.prepare(scene);
    const input = (await flow.input?.(scene)) ?? {};
    await sleeper.goTo(scene, 'sleeper');
    let requests = 0;
    const others: Promise<void>[] = [];
    let isAwake = false;
    scene.befall(({ actor, method, path }) => {
      note(breachesNow(scene));
      if (actor !== 'sleeper') return null;
      // After the lease is gone nothing is written in the tenant any more; a token or a batch of reads is no write.
      if (isAwake && method !== 'GET' && !/\/(?:token|\$batch)$/.test(path)) wrote();
      if ((requests += 1) !== at) return null;
      sleeper.suspend();
      const inBetween = async () => {
        await pause(1);
        note(await meanwhile(scene, second));
        note(breachesNow(scene));
        isAwake = true;
        sleeper.wake();
      };
      others.push(inBetween());
      return fate;
    });
    const outcome = await sleeper.perform(flow.verb, input);
    if (others.length === 0) return null;
    await Promise.all(others);
    if (outcome?.bug != null) note([{ law: 'no bug', detail: outcome.bug }]);
    note(await breachesAtRest(scene, { killed: false }));
    scene.befall(null);
    const again = await perform(scene.main, flow.verb, input);
    if (again.bug !== null) note([{ law: 'no bug', detail: again.bug }]);
    note(await breachesAtRest(scene, { killed: false }));
    note(await heal(scene));
    note(await breachesAtRest(scene, { killed: false }));
    return breaches;
  } finally {
    scene.befall(null);
    await sleeper.leave();
    await second.services.close();
    await scene.close();
  }
}

/** A process is stopped at each of its requests in turn, for 70 seconds in which another one takes its credential over. */
export async function standby({ every = 1, last = Number.POSITIVE_INFINITY, tell, ...options }: StandbyOptions): Promise<CampaignReport> {
  const books = ledger('standby of 70 s at every request', tell);
  const sleeper = actorProcess();
  try {
    for (const [name, flow] of Object.entries(flows)) {
      if (options.flows?.includes(name) === false) continue;
      for (const [what, fate] of Object.entries(fates))
        for (let at = 1; at <= last; at += every) {
          const breaches = await slept({ flow, at, fate }, sleeper, () => books.count('writes after the lease was lost'));
          if (breaches === null) break;
          books.count('standbys');
          books.add(`${name}, asleep at request ${at}, ${what}`, breaches);
        }
      tell(`… ${name}`);
    }
  } finally {
    await sleeper.end();
  }
  return books.report();
}
