import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../main/faults.ts';
import { practiceKeychain, type Keychain } from '../../main/vault/index.ts';
import { openActor } from './actor.ts';
import { flows, type Flow } from './flows.ts';
import { breachesAtRest, breachesNow, heal, type Breach } from './laws.ts';
import { ledger, type CampaignReport } from './report.ts';
import { openScene, type Scene } from './scene.ts';
import { perform } from './verbs.ts';
import { setComputerClock } from './world-clock.ts';

export interface TroubleOptions {
  /** Folder on a disk that may be filled; for the disk that is full. */
  readonly disk?: string;
  /** Flows that are run; default all. */
  readonly flows?: readonly string[];
  /** At every which request, beginning before the first; default each. */
  readonly every?: number;
  /** The last one that is troubled; default the last of the flow. */
  readonly last?: number;
  readonly tell: (line: string) => void;
}

/** What happens to the computer in the middle of a run, and is over when the run has ended. */
interface Trouble {
  readonly begin: (scene: Scene) => void;
  readonly end: (scene: Scene) => void;
  /** The keychain that the run has. */
  readonly keychain?: (healthy: Keychain) => Keychain;
  /** The store may not have taken what a request has done. */
  readonly losesTrail?: true;
}

const day = 86_400_000;

function clockTrouble(ms: number): Trouble {
  return {
    begin: ({ folder }) => setComputerClock(folder, 'main', ms),
    end: ({ folder }) => setComputerClock(folder, 'main', 0),
  };
}

type KeychainFailure = 'refuses' | 'refuses once' | 'refuses once, and has done it' | 'has nothing, once';

function keychainTrouble(failure: KeychainFailure): Trouble {
  let isOn = false;
  const refusal = () => new Fault('vault.locked', { params: { reason: 'the collection is locked' } });
  const failing = async <T>(call: () => Promise<T>, nothing: T): Promise<T> => {
    if (!isOn) return call();
    if (failure !== 'refuses') isOn = false;
    if (failure === 'has nothing, once') return nothing;
    if (failure === 'refuses once, and has done it') await call();
    throw refusal();
  };
  return {
    begin: () => {
      isOn = true;
    },
    end: () => {
      isOn = false;
    },
    keychain: (healthy) => ({
      get: (account) => failing(() => healthy.get(account), null),
      set: (account, value) => failing(() => healthy.set(account, value), undefined),
      delete: (account) => failing(() => healthy.delete(account), false),
      accounts: () => failing(() => healthy.accounts(), []),
    }),
  };
}

/** Fills a disk to its last byte. */
function fill(path: string): void {
  const file = openSync(path, 'a');
  for (const size of [65_536, 4096, 512, 1])
    for (const bytes = Buffer.alloc(size); ;) {
      try {
        writeSync(file, bytes);
      } catch {
        break; // no room for so much
      }
    }
  closeSync(file);
}

function diskTrouble(disk: string): Trouble {
  const filler = join(disk, 'filler');
  return { begin: () => fill(filler), end: () => rmSync(filler, { force: true }), losesTrail: true };
}

interface Case {
  readonly flow: Flow;
  readonly trouble: Trouble;
  /** 0: before the first. */
  readonly at: number;
  readonly disk?: string | undefined;
}

/** Null where the flow ended before its n-th request. */
async function troubled({ flow, trouble, at, disk }: Case): Promise<readonly Breach[] | null> {
  const scene = await openScene({
    connected: flow.connected ?? true,
    deletes: flow.deletes ?? false,
    ...(disk === undefined ? {} : { disk }),
  });
  const healthy = practiceKeychain(scene.data);
  const actor = await openActor(scene, 'actor', { computer: 'main', keychain: trouble.keychain?.(healthy) ?? healthy });
  const breaches: Breach[] = [];
  const note = (found: readonly Breach[]) => {
    if (breaches.length === 0) breaches.push(...found);
  };
  const killed = trouble.losesTrail === true;
  try {
    await flow.prepare(scene);
    const input = (await flow.input?.(scene)) ?? {};
    let requests = 0;
    scene.befall(({ actor: who }) => {
      note(breachesNow(scene));
      if (who === 'actor' && (requests += 1) === at) trouble.begin(scene);
      return null;
    });
    if (at === 0) trouble.begin(scene);
    const { bug } = await perform(actor, flow.verb, input);
    trouble.end(scene);
    if (requests < at) return null;
    if (bug !== null) note([{ law: 'no bug', detail: bug }]);
    note(await breachesAtRest(scene, { killed }));
    const again = await perform(actor, flow.verb, input);
    if (again.bug !== null) note([{ law: 'no bug', detail: again.bug }]);
    scene.befall(null);
    note(await breachesAtRest(scene, { killed }));
    note(await heal(scene));
    note(await breachesAtRest(scene, { killed }));
    return breaches;
  } finally {
    trouble.end(scene);
    scene.befall(null);
    await actor.services.close();
    await scene.close();
  }
}

async function campaign(name: string, troubles: Readonly<Record<string, Trouble>>, options: TroubleOptions): Promise<CampaignReport> {
  const books = ledger(name, options.tell);
  for (const [flowName, flow] of Object.entries(flows)) {
    if (options.flows?.includes(flowName) === false) continue;
    for (const [what, trouble] of Object.entries(troubles))
      for (let at = 0; at <= (options.last ?? Number.POSITIVE_INFINITY); at += options.every ?? 1) {
        const breaches = await troubled({ flow, trouble, at, disk: options.disk });
        if (breaches === null) break;
        books.count('faults');
        books.add(`${flowName}, ${what} at request ${at}`, breaches);
      }
    options.tell(`… ${flowName}`);
  }
  return books.report();
}

/** The keychain refuses, or has lost what it had, from or at each request in turn. */
export function failingKeychain(options: TroubleOptions): Promise<CampaignReport> {
  const failures: readonly KeychainFailure[] = ['refuses', 'refuses once', 'refuses once, and has done it', 'has nothing, once'];
  const troubles = Object.fromEntries(failures.map((failure) => [`the keychain ${failure}`, keychainTrouble(failure)]));
  return campaign('a keychain that fails at every request', troubles, options);
}

/** The clock is set 40 days on or back at each request in turn, and right again after the run. */
export function wrongClock(options: TroubleOptions): Promise<CampaignReport> {
  const troubles = { 'the clock is 40 days ahead': clockTrouble(40 * day), 'the clock is 40 days behind': clockTrouble(-40 * day) };
  return campaign('a clock that is set by 40 days at every request', troubles, options);
}

/** The disk of the data directory is full from each request in turn until the run has ended. */
export function fullDisk(options: TroubleOptions & { readonly disk: string }): Promise<CampaignReport> {
  return campaign('a disk that is full from every request on', { 'the disk is full': diskTrouble(options.disk) }, options);
}
