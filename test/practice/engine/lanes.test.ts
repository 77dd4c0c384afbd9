import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Engine } from '../../../main/registration/engine.ts';
import { rotateAllDue, type RotationOutcome } from '../../../main/registration/verbs/all-due.ts';
import { inLanes } from '../../../main/registration/verbs/lanes.ts';
import { verifyAll, type VerifyOutcome } from '../../../main/registration/verbs/verify.ts';
import { spoil } from '../../unit/vault/damage.ts';
import { harness, tenantOf, type Harness } from './harness.ts';
import { alone } from './rotation-harness.ts';

const allDue = { withinDays: 60, unattended: true, overlapDays: null, handOut: null } as const;
const nameOf = (outcome: RotationOutcome | VerifyOutcome) => ('report' in outcome ? outcome.report : outcome).credential.name;
const storeOf = ({ services }: Harness) => join(services.directory, 'keyring.sqlite');

/** Credentials whose certificates are past the middle of their lives. */
async function dueOnes(names: readonly string[]): Promise<Harness> {
  const here = await harness();
  for (const name of names)
    await here.connect({ name, appName: name, redirectUri: `https://${name}.example.com/oidc/signin`, lifetime: { months: 1 } });
  const raw = new DatabaseSync(storeOf(here));
  raw.exec(`UPDATE credential SET document = json_set(document, '$.certificate.notBefore', '2026-01-01T00:00:00Z')`);
  raw.close();
  return here;
}

const published = (here: Harness) => tenantOf(here).applications.filter(({ keyCredentials }) => keyCredentials?.length === 2).length;

it('one damaged row keeps no other credential from its rotation, nor from its verification', async () => {
  const here = await dueOnes(['a', 'b', 'c']);
  const { engine } = here.services;
  spoil(here.services.directory, engine.store.find('b').id, `json_set(document, '$.note', 'x')`);
  const rotated: RotationOutcome[] = [];
  await rotateAllDue(engine, allDue, alone(here), (outcome) => rotated.push(outcome));
  expect(rotated.map(nameOf).toSorted()).toEqual(['a', 'c']);
  expect(rotated.every((outcome) => 'report' in outcome)).toBe(true);
  expect(published(here)).toBe(2);
  const verified: VerifyOutcome[] = [];
  await verifyAll(engine, alone(here), (outcome) => verified.push(outcome));
  expect(verified.map(nameOf).toSorted()).toEqual(['a', 'c']);
  expect(engine.store.damaged()).toMatchObject([{ name: 'b' }]);
});

it('a lane whose result nobody takes ends the run only when all the others are done', async () => {
  const here = await dueOnes(['a', 'b', 'c']);
  const taken: string[] = [];
  const run = rotateAllDue(here.services.engine, allDue, alone(here), (outcome) => {
    taken.push(nameOf(outcome));
    if (taken.length === 1) throw new Error('the reader is gone');
  });
  await expect(run).rejects.toThrow('the reader is gone');
  expect(taken.toSorted()).toEqual(['a', 'b', 'c']);
  expect(published(here)).toBe(3);
});

it('work that fails stops none of the others, and nothing is begun after the signal', async () => {
  const done: number[] = [];
  const stop = new AbortController();
  const items = [1, 2, 3, 4, 5, 6];
  await expect(
    inLanes(items, { atOnce: 2 }, async (item) => {
      await delay(1);
      if (item === 2) throw new Error('two');
      done.push(item);
    }),
  ).rejects.toThrow('two');
  expect(new Set(done)).toEqual(new Set([1, 3, 4, 5, 6]));
  const ended: number[] = [];
  const stopped = inLanes(items, { atOnce: 2, signal: stop.signal }, async (item) => {
    if (item === 2) stop.abort(new Error('enough'));
    await delay(5);
    ended.push(item);
  });
  await expect(stopped).rejects.toThrow('enough');
  expect(new Set(ended)).toEqual(new Set([1, 2]));
});

/** An engine whose writes take their time; `begun` is told of each. */
function slow(engine: Engine, begun: () => void): Engine {
  return {
    ...engine,
    connect: (cloud) => {
      const connection = engine.connect(cloud);
      return {
        ...connection,
        directory: (how) => {
          const directory = connection.directory(how);
          return {
            ...directory,
            addKey: async (...given) => {
              begun();
              const answer = await directory.addKey(...given);
              await delay(100);
              return answer;
            },
          };
        },
      };
    },
  };
}

it('when it is stopped, every write under way has its outcome before the run ends, and no lease stays', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const here = await dueOnes(names);
  const { engine, trail } = here.services;
  const stop = new AbortController();
  let begun = 0;
  const write = () => {
    begun += 1;
    // By now others have sent theirs, and others are still to come.
    if (begun === 3) stop.abort(new Error('Ctrl+C'));
  };
  await expect(rotateAllDue(slow(engine, write), allDue, { ...alone(here), signal: stop.signal }, () => undefined)).rejects.toThrow(
    'Ctrl+C',
  );
  // At this very moment, not a little later: the process ends here.
  const phases = new Map<string, string[]>();
  for (const { operation, phase, change } of trail.list())
    if (change === 'add-key-credential') phases.set(operation, [...(phases.get(operation) ?? []), phase]);
  const open = [...phases.values()].filter((each) => each.length === 1);
  expect(open).toEqual([]);
  expect([...phases.values()].filter((each) => each.at(-1) === 'done')).toHaveLength(published(here));
  expect(published(here)).toBe(begun);
  expect(names.map((name) => engine.leases.holder(engine.store.find(name).id))).toEqual(names.map(() => null));
  // The next run completes what was begun.
  await rotateAllDue(engine, allDue, alone(here), () => undefined);
  expect(published(here)).toBe(names.length);
});

it('a verification of all that is stopped waits for what is under way, and blames no credential for it', async () => {
  const here = await dueOnes(['a', 'b', 'c']);
  const { engine } = here.services;
  const before = engine.store.list();
  const stop = new AbortController();
  const outcomes: VerifyOutcome[] = [];
  const onProgress = () => stop.abort(new Error('Ctrl+C'));
  await expect(verifyAll(engine, { ...alone(here), onProgress, signal: stop.signal }, (outcome) => outcomes.push(outcome))).rejects.toThrow(
    'Ctrl+C',
  );
  expect(outcomes).toEqual([]);
  expect(engine.store.list()).toEqual(before);
  expect(before.map(({ id }) => engine.leases.holder(id))).toEqual([null, null, null]);
});
