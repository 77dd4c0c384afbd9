import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import { rotate, rotateBack } from '../../../main/registration/verbs/rotate.ts';
import type { PracticeFaultKind } from '../../../main/practice/index.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { archiveServer, crashing, isCrash, validAndKnown, type ArchiveServer } from './archive-server.ts';
import { harness, tenantOf, type Harness } from './harness.ts';
import { alone, publishedIn, recordIn, recordOf, states, unattended } from './rotation-harness.ts';

/** How a run ends before its end, at its n-th request, or the n-th time it keeps something. */
type Interruption =
  | { readonly kind: PracticeFaultKind; readonly at: number; readonly lasting: boolean }
  | { readonly kind: 'stopped'; readonly at: number }
  | { readonly kind: 'crash'; readonly at: number; readonly after: boolean };

type Action =
  | { readonly do: 'rotate'; readonly unattended: boolean; readonly overlapDays: number; readonly interruption: Interruption | null }
  | { readonly do: 'hand over' }
  | { readonly do: 'roll back' };

const at = fc.integer({ min: 1, max: 12 });
const network = fc.constantFrom<PracticeFaultKind>(
  'status:503',
  '503-after-write',
  '504-after-write',
  'drop-before',
  'drop-after-write',
  '401-challenge',
);
const interruption: fc.Arbitrary<Interruption> = fc.oneof(
  fc.record({ kind: network, at, lasting: fc.boolean() }),
  fc.record({ kind: fc.constant('stopped' as const), at }),
  fc.record({ kind: fc.constant('crash' as const), at: fc.integer({ min: 1, max: 5 }), after: fc.boolean() }),
);
const rotation = fc.record({
  do: fc.constant('rotate' as const),
  unattended: fc.boolean(),
  overlapDays: fc.constantFrom(0, 7),
  interruption: fc.option(interruption, { freq: 5 }),
});
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: rotation },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hand over' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('roll back' as const) }) },
);

interface Scene {
  readonly here: Harness;
  readonly server: ArchiveServer;
  readonly foreign: readonly unknown[];
}

/** A connected tenant, its server with the first key, and a key credential of somebody else in the same application. */
async function scene(): Promise<Scene> {
  const here = await harness();
  await here.connect();
  const [application] = tenantOf(here).applications;
  const { der, notBefore, notAfter } = (await ours('somebody else')).certificate;
  const entry = {
    keyId: randomUUID(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    displayName: 'CN=somebody else',
    startDateTime: notBefore,
    endDateTime: notAfter,
    ...JSON.parse(JSON.stringify({ key: Buffer.from(der).toString('base64') })),
  };
  application?.keyCredentials?.push(entry);
  return { here, server: await archiveServer(here), foreign: [structuredClone(entry)] };
}

/** Nothing of ours is published whose key is not kept: it could never be used. */
function expectKept({ here, foreign }: Scene): void {
  const kept = [...here.keychain.entries.keys()];
  const own = keysOf(here).filter((entry) => !foreign.some((each) => Object(each).keyId === entry.keyId));
  for (const { customKeyIdentifier } of own) expect(kept.some((account) => account.includes(String(customKeyIdentifier)))).toBe(true);
}

const keysOf = (here: Harness) => tenantOf(here).applications[0]?.keyCredentials ?? [];

/** What has to hold at every moment, also in the middle of a run. */
function expectServed({ here, server, foreign }: Scene): void {
  expect(publishedIn(here)).toContain(server.thumbprint());
  expect(keysOf(here)).toEqual(expect.arrayContaining([...foreign]));
}

async function expectSafe(all: Scene, services = all.here.services): Promise<void> {
  expectServed(all);
  expect(await all.server.test()).toBeNull();
  expect(await validAndKnown(all.here, services)).not.toEqual([]);
}

/** Only what an interruption can be expected to end in; anything else is a mistake of ours. */
function expectInterrupted(error: unknown): void {
  if (isCrash(error) || (error instanceof Error && error.name === 'AbortError')) return;
  if (!(error instanceof Fault) || error.kind === 'bug') throw error;
}

async function rotateOnce(all: Scene, wish: Extract<Action, { do: 'rotate' }>): Promise<void> {
  const { here } = all;
  const { interruption: end } = wish;
  const stopped = new AbortController();
  let requests = 0;
  let failed: unknown = null;
  let over = false;
  here.server.faultOn(
    ({ path }) => {
      if (over || path.startsWith('/practice/')) return false;
      requests += 1;
      try {
        expectServed(all);
        expectKept(all);
      } catch (error) {
        failed ??= error;
      }
      if (end === null || end.kind === 'crash') return false;
      if (end.kind === 'stopped') {
        if (requests === end.at) stopped.abort();
        return false;
      }
      return end.lasting ? requests >= end.at : requests === end.at;
    },
    end === null || end.kind === 'crash' || end.kind === 'stopped' ? 'drop-before' : end.kind,
    { times: Number.POSITIVE_INFINITY, retryAfter: 0 },
  );
  const services = await here.open();
  const engine = end?.kind === 'crash' ? crashing(services.engine, end.at, end.after) : services.engine;
  const who = wish.unattended ? alone(here) : here.run();
  await rotate(
    engine,
    { ...unattended, unattended: wish.unattended, overlapDays: wish.overlapDays },
    { ...who, signal: stopped.signal },
  ).catch(expectInterrupted);
  over = true;
  if (failed !== null) throw failed;
}

async function act(all: Scene, wish: Action): Promise<void> {
  const { here, server } = all;
  if (wish.do === 'rotate') await rotateOnce(all, wish);
  else if (wish.do === 'hand over') await server.handOver(here.services);
  else await rotateBack(here.services.engine, 'Contoso archive', alone(here)).catch(expectInterrupted);
  await expectSafe(all);
}

/** The same commands, undisturbed, as an administrator gives them until all is done. */
async function expectCompleted(all: Scene): Promise<void> {
  const { here, server } = all;
  for (let round = 0; round < 3 && !states(recordOf(here)).includes('old-removed'); round += 1) {
    await rotate(here.services.engine, { ...unattended, overlapDays: 0 }, alone(here));
    await expectSafe(all);
    expect(await server.handOver(here.services)).toBe(true);
    await rotate(here.services.engine, { ...unattended, overlapDays: 0 }, alone(here));
    await expectSafe(all);
  }
  // The server may have been handed the key before an interrupted run could prove it.
  const reached = states(recordOf(here));
  expect(reached).toEqual(expect.arrayContaining(['proven', 'handed-over']));
  expect(reached.at(-1)).toBe('old-removed');
  expect(keysOf(here)).toHaveLength(2);
  expect(server.thumbprint()).toBe(recordIn(here.services).certificate?.thumbprint);
}

it(
  'whatever interrupts rotations, the server’s key works, a valid certificate is known, nothing foreign is touched, and running again completes',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 5 }), async (actions) => {
        const all = await scene();
        for (const each of actions) await act(all, each);
        await expectCompleted(all);
      }),
      {
        numRuns: 12,
        endOnFailure: true,
        ...(process.env['ROTATION_RUNS'] === undefined ? {} : { numRuns: Number(process.env['ROTATION_RUNS']) }),
      },
    );
  },
);

it('a handover that comes before our own proof is proven by the token that lets the old key go, in this order', async () => {
  const all = await scene();
  const attended = { do: 'rotate', unattended: false, overlapDays: 0 } as const;
  await act(all, { ...attended, interruption: { kind: 'drop-before', at: 12, lasting: true } });
  await act(all, { do: 'hand over' });
  await act(all, { ...attended, interruption: null });
  expect(states(recordOf(all.here))).toEqual(['created', 'published', 'handed-over', 'proven', 'old-removed']);
});

/** Requests of one unattended rotation: two tokens of the old key, what is published before and after, addKey, and the proof. */
const requestsOfOne = 8;

it.each(Array.from({ length: requestsOfOne }, (_, index) => index + 1))(
  'stopped or cut off at request %i of an unattended rotation, and run again',
  async (number) => {
    const all = await scene();
    for (const end of [{ kind: 'stopped', at: number } as const, { kind: 'drop-after-write', at: number, lasting: true } as const]) {
      await act(all, { do: 'rotate', unattended: true, overlapDays: 7, interruption: end });
    }
    await expectCompleted(all);
  },
);
