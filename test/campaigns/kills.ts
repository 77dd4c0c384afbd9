import { hashOf, randomStream } from '../../main/practice/random.ts';
import { actorProcess, type ActorProcess } from './actor-process.ts';
import { flows, type Flow } from './flows.ts';
import { breachesAtRest, breachesNow, heal, type Breach } from './laws.ts';
import { ledger, type CampaignReport } from './report.ts';
import { openScene, replacesList, type Scene } from './scene.ts';
import { exportedKey } from './server.ts';
import { perform } from './verbs.ts';

export interface KillOptions {
  readonly seed: number;
  /** Flows that are run; default all. */
  readonly flows?: readonly string[];
  /** Others that act at the moment of the kill; default all of them, each at every request. */
  readonly seconds?: readonly string[];
  /** Every how many requests a kill; default each. */
  readonly every?: number;
  /** The last request at which there is one; default the last of the flow. */
  readonly last?: number;
  readonly tell: (line: string) => void;
}

/** What somebody else does in the moment of the kill; without a promise it is done at once. */
const seconds: Readonly<Record<string, (scene: Scene) => Promise<unknown> | undefined>> = {
  'another process rotates': (scene) => perform(scene.main, 'rotate unattended'),
  'another process repairs': (scene) => perform(scene.main, 'repair'),
  'another process exports, and the server imports': async (scene) => {
    const { exported } = await perform(scene.main, 'export');
    if (exported !== undefined) await scene.server.take(exportedKey(exported));
  },
  'another administrator adds and removes': (scene) => {
    for (const kind of ['secret', 'redirect URI', 'role'] as const) scene.others.add(kind);
    scene.others.takeAway('symmetric key');
    return undefined;
  },
};

interface Kill {
  readonly flow: Flow;
  readonly second: (scene: Scene) => Promise<unknown> | undefined;
  readonly at: number;
  /** Whether the request is executed whose answer nobody hears any more. */
  readonly executed: boolean;
}

/** Null where the flow ended before its n-th request. */
async function killed({ flow, second, at, executed }: Kill, actor: ActorProcess): Promise<readonly Breach[] | null> {
  const scene = await openScene({ connected: flow.connected ?? true, deletes: flow.deletes ?? false });
  const breaches: Breach[] = [];
  const note = (found: readonly Breach[]) => {
    if (breaches.length === 0) breaches.push(...found);
  };
  try {
    await flow.prepare(scene);
    const input = (await flow.input?.(scene)) ?? {};
    await actor.goTo(scene, 'actor');
    let requests = 0;
    let meanwhile: Promise<unknown> | undefined;
    let later: (() => Promise<unknown> | undefined) | undefined;
    scene.befall((asked) => {
      note(breachesNow(scene));
      if (asked.actor !== 'actor' || (requests += 1) !== at) return null;
      actor.kill();
      // Not in the one moment in which nobody could see it.
      if (executed && replacesList(asked)) later = () => second(scene);
      else meanwhile = second(scene);
      return executed ? 'drop-after-write' : 'drop-before';
    });
    const outcome = await actor.perform(flow.verb, input);
    await meanwhile;
    await later?.();
    if (outcome !== null) return null;
    note(await breachesAtRest(scene, { killed: true }));
    // The same command again, and then all the others.
    const { bug } = await perform(scene.main, flow.verb, input);
    if (bug !== null) note([{ law: 'no bug', detail: bug }]);
    scene.befall(null);
    note(await breachesAtRest(scene, { killed: true }));
    note(await heal(scene));
    note(await breachesAtRest(scene, { killed: true }));
    return breaches;
  } finally {
    scene.befall(null);
    await actor.leave();
    await scene.close();
  }
}

/** A process is ended at each of its requests in turn, before or after it was executed, while somebody else is at work. */
export async function kills({ seed, every = 1, last = Number.POSITIVE_INFINITY, tell, ...options }: KillOptions): Promise<CampaignReport> {
  const books = ledger('a kill at every request, with a second actor', tell);
  const actor = actorProcess();
  try {
    for (const [name, flow] of Object.entries(flows)) {
      if (options.flows?.includes(name) === false) continue;
      for (const [who, second] of Object.entries(seconds)) {
        if (options.seconds?.includes(who) === false) continue;
        // Where not each request has its kill, the seed says which do.
        let at = 1 + Math.floor(randomStream(seed ^ hashOf(`${name} ${who}`))() * every);
        for (let ended = false; !ended && at <= last; at += every)
          for (const executed of [false, true]) {
            const breaches = await killed({ flow, second, at, executed }, actor);
            ended = breaches === null;
            if (breaches === null) break;
            books.count('kills');
            books.add(`${name}, ended at request ${at} ${executed ? 'after' : 'before'} it was executed, while ${who}`, breaches);
          }
      }
      tell(`… ${name}`);
    }
  } finally {
    await actor.end();
  }
  return books.report();
}
