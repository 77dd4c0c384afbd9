import { setTimeout as pause } from 'node:timers/promises';
import { randomStream } from '../../main/practice/random.ts';
import type { PracticeKnobs } from '../../main/practice/index.ts';
import { actorProcess, type ActorProcess } from './actor-process.ts';
import { breachesAtRest, breachesNow, heal, type Breach } from './laws.ts';
import { ledger, type CampaignReport, type Ledger } from './report.ts';
import { openScene, type Scene } from './scene.ts';
import { exportedKey, otherCertificates, type ServerKey } from './server.ts';
import type { Outcome, VerbInput, VerbName } from './verbs.ts';

export interface RandomVerbsOptions {
  /** The first seed; the others follow it. */
  readonly seed: number;
  readonly sequences: number;
  /** Steps of one sequence; in each, both processes do something at once. */
  readonly steps: number;
  /** Updates that replicate late, throttling: in every third sequence. */
  readonly unkind: boolean;
  readonly tell: (line: string) => void;
}

interface Move {
  readonly verb: VerbName;
  readonly input: VerbInput;
}

type Chance = () => number;

const common: readonly VerbName[] = [
  'rotate unattended',
  'rotate unattended',
  'rotate at night',
  'rotate at night',
  'rotate attended',
  'repair',
  'repair, every leftover ticked',
  'verify',
  'verify with sign-in',
  'roll back',
  'export',
  'export',
  'handover',
  'handover',
  'undo handover',
  'not needed',
  'hand over and forget',
  'import',
  'connect',
  'connect external',
  'rotate external',
  'edit',
  'remove',
  'restore',
  'remove keys nobody needs',
  'back up',
  'empty the bin',
];

/** Another credential with the same name would be made by these while the first one is in the bin: an application of its own. */
const making: ReadonlySet<VerbName> = new Set(['connect', 'connect external']);
const binning: ReadonlySet<VerbName> = new Set(['remove', 'restore']);

/** What an administrator may truthfully say and do now, by chance; null where this verb would be a lie. */
function drawn({ server, record }: Scene, pool: readonly ServerKey[], chance: Chance): Move | null {
  const verb = common[Math.floor(chance() * common.length)] ?? 'verify';
  const fresh = pool[Math.floor(chance() * pool.length)];
  const overlapDays = chance() < 0.8 ? 0 : 7;
  const held = server.held();
  const stored = record();
  const current = stored?.certificate?.thumbprint ?? null;
  switch (verb) {
    case 'handover':
    case 'hand over and forget':
      return held !== null && held.thumbprint === current ? { verb, input: { thumbprint: held.thumbprint } } : null;
    case 'not needed':
      return held === null ? { verb, input: {} } : null;
    case 'connect external':
    case 'rotate external':
      return stored?.deletedAt === null && fresh !== undefined && (verb !== 'rotate external' || stored.custody === 'external')
        ? { verb, input: { pem: fresh.cer } }
        : null;
    case 'connect':
      return stored?.deletedAt === null ? { verb, input: {} } : null;
    case 'import':
      return fresh === undefined ? null : { verb, input: { pem: fresh.pem } };
    default:
      return { verb, input: verb.startsWith('rotate') ? { overlapDays } : {} };
  }
}

/** Two moves that can be made at once. */
function pair(scene: Scene, pool: readonly ServerKey[], chance: Chance): readonly [Move, Move] {
  const next = (): Move => {
    for (;;) {
      const move = drawn(scene, pool, chance);
      if (move !== null) return move;
    }
  };
  for (;;) {
    const [one, other] = [next(), next()];
    const verbs = [one.verb, other.verb];
    if (!(verbs.some((verb) => making.has(verb)) && verbs.some((verb) => binning.has(verb)))) return [one, other];
  }
}

/** What follows in the real world from what was done: the server gets what was exported, or made its key itself. */
async function follow(scene: Scene, { verb, input }: Move, outcome: Outcome, pool: readonly ServerKey[], imports: boolean): Promise<void> {
  const { server, published } = scene;
  if (outcome.exported !== undefined && imports) await server.take(exportedKey(outcome.exported));
  if (verb !== 'connect external' && verb !== 'rotate external') return;
  const made = pool.find(({ cer }) => cer === input.pem);
  // A run that failed after the publication has published it all the same, and the server uses it.
  if (made !== undefined && published().includes(made.thumbprint)) server.use(made);
}

async function sequence(seed: number, actors: readonly [ActorProcess, ActorProcess], options: RandomVerbsOptions, { count }: Ledger) {
  const chance = randomStream(seed);
  const unkind: Partial<PracticeKnobs> =
    options.unkind && seed % 3 === 0 ? { seed, replication: 2000, updates: 20_000, throttle: 0.05, throttleTokens: 0.05 } : { seed };
  const scene = await openScene({ knobs: unkind });
  const told: string[] = [];
  const breaches: Breach[] = [];
  const pool = (await otherCertificates(11)).slice(3);
  try {
    await Promise.all(actors.map((actor, index) => actor.goTo(scene, `actor ${index + 1}`)));
    scene.befall(() => {
      if (breaches.length === 0) breaches.push(...breachesNow(scene));
      return null;
    });
    for (let step = 0; step < options.steps && breaches.length === 0; step += 1) {
      const moves = pair(scene, pool, chance);
      const late = chance() * 80;
      const imports = chance() < 0.8;
      const outcomes = await Promise.all(
        moves.map(async (move, index) => {
          if (index === 1) await pause(late);
          const outcome = await actors[index]?.perform(move.verb, move.input);
          if (outcome === undefined || outcome === null) throw new Error(`${move.verb}: the process ended`);
          await follow(scene, move, outcome, pool, imports);
          return outcome;
        }),
      );
      told.push(moves.map(({ verb }, index) => `${verb} (${outcomes[index]?.fault ?? 'ok'})`).join(' | '));
      for (const { bug } of outcomes) if (bug !== null) breaches.push({ law: 'no bug', detail: bug });
      for (const { fault } of outcomes) count(fault === null ? 'verbs done' : 'verbs refused');
      if (chance() < 0.3) scene.clock.pass(8);
      // Until every replica knows it.
      else if (unkind.updates !== undefined) scene.clock.pass(1 / 1440);
      breaches.push(...(await breachesAtRest(scene, { killed: false })));
    }
    scene.befall(null);
    if (breaches.length === 0) breaches.push(...(await heal(scene)), ...(await breachesAtRest(scene, { killed: false })));
    return { breaches, told };
  } finally {
    scene.befall(null);
    await Promise.all(actors.map((actor) => actor.leave()));
    await scene.close();
  }
}

/** Two processes do whatever comes to mind with one credential, at once, and the server uses what it was given. */
export async function randomVerbs(options: RandomVerbsOptions): Promise<CampaignReport> {
  const books = ledger('random verbs by two processes on one credential', options.tell);
  const actors = [actorProcess(), actorProcess()] as const;
  try {
    for (let number = 0; number < options.sequences; number += 1) {
      const seed = options.seed + number;
      const { breaches, told } = await sequence(seed, actors, options, books);
      books.count('sequences');
      books.add(`seed ${seed}: ${told.join(' > ')}`, breaches);
      if ((number + 1) % 25 === 0) options.tell(`… ${number + 1} sequences`);
    }
  } finally {
    await Promise.all(actors.map((actor) => actor.end()));
  }
  return books.report();
}
