import { describe, expect, it } from 'vitest';
import type { PracticeRequest } from '../../../main/practice/world.ts';
import { connect } from '../../../main/registration/verbs/connect.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { defaults, harness, kindly, tenantOf, type Harness } from './harness.ts';
import { alone, blindProfile, publishedIn, recordOf, rotateAlone, states, unattended } from './rotation-harness.ts';

const window = 10 * 60_000;
const isAddKey = ({ path }: PracticeRequest) => path.endsWith('/addKey');

/** Counts the requests that fit, and does something before each request is carried out. */
function watch({ server }: Harness, fits: (request: PracticeRequest) => boolean, before: (request: PracticeRequest) => void = () => {}) {
  let seen = 0;
  server.faultOn((request) => {
    if (fits(request)) seen += 1;
    before(request);
    return false;
  }, 'slow');
  return () => seen;
}

/** What replication does to reads: so many looks at the application do not show the keys that came after this one. */
function keysBehind(here: Harness, looks: number): void {
  const [application] = tenantOf(here).applications;
  if (application === undefined) throw new Error('no application');
  let hidden: NonNullable<typeof application.keyCredentials> = [];
  let left = looks;
  const before = new Set(application.keyCredentials?.map(({ keyId }) => keyId));
  here.server.faultOn(({ method, path }) => {
    const [current] = tenantOf(here).applications;
    if (current === undefined) return false;
    current.keyCredentials = [...(current.keyCredentials ?? []), ...hidden];
    hidden = [];
    const added = current.keyCredentials.filter(({ keyId }) => !before.has(keyId));
    if (added.length === 0 || left === 0 || method !== 'GET' || !path.includes('/applications(appId=')) return false;
    left -= 1;
    hidden = added;
    current.keyCredentials = current.keyCredentials.filter(({ keyId }) => before.has(keyId));
    return false;
  }, 'slow');
}

/** Milliseconds that the run has paused so far. */
const paused = ({ events }: Harness) => events.reduce((sum, event) => sum + (event.kind === 'pause' ? event.ms : 0), 0);

describe('a key that was added, and whose answer was lost', () => {
  it.each([true, false])('is looked for until a read shows it, and never sent a second time (unattended: %s)', async (alonely) => {
    const here = await harness();
    await here.connect();
    const adds = watch(here, isAddKey);
    here.server.faultOn(isAddKey, 'drop-after-write');
    keysBehind(here, 4);
    const run = alonely ? alone(here) : here.run();
    const done = await rotate(here.services.engine, { ...unattended, unattended: alonely }, run);
    expect(adds()).toBe(1);
    expect(publishedIn(here)).toHaveLength(2);
    expect(done.proof?.ok).toBe(true);
    expect(recordOf(here).certificate?.keyId).toBe(tenantOf(here).applications[0]?.keyCredentials?.[1]?.keyId);
  });

  it('is looked for by a token where the application cannot be read', async () => {
    const here = await harness();
    await here.connect({ profile: blindProfile });
    const adds = watch(here, isAddKey);
    const { state, knobs } = here.server.world;
    knobs.replication = 3_600_000;
    here.server.faultOn(isAddKey, 'drop-after-write');
    let tokens = 0;
    watch(
      here,
      ({ path }) => path.endsWith('/token') && adds() > 0,
      ({ path }) => {
        if (path.endsWith('/token') && adds() > 0 && (tokens += 1) === 6) state.inTokensAt = {};
      },
    );
    await rotateAlone(here);
    expect(tokens).toBeGreaterThan(6);
    expect(adds()).toBe(1);
    expect(publishedIn(here)).toHaveLength(2);
    expect(states(recordOf(here))).toEqual(['created', 'published', 'proven']);
  });

  it('is sent again, once, when the replication window has passed without it', async () => {
    // Microsoft's clock goes with that of this computer: a proof of possession says when it was made.
    const here = await harness();
    await here.connect();
    const { engine } = here.services;
    const before = paused(here);
    const at: number[] = [];
    watch(here, isAddKey, (request) => {
      if (isAddKey(request)) at.push(paused(here) - before);
    });
    here.server.faultOn(isAddKey, 'drop-before');
    const done = await rotate(engine, unattended, alone(here));
    expect(at).toHaveLength(2);
    expect(at[1]).toBeGreaterThanOrEqual(window);
    expect(done.proof?.ok).toBe(true);
    expect(publishedIn(here)).toHaveLength(2);
  });

  it('is looked for by the next run too: that one does not know whether it was executed either', async () => {
    const here = await harness();
    await here.connect();
    const adds = watch(here, isAddKey);
    const stop = new AbortController();
    here.server.faultOn(isAddKey, 'drop-after-write');
    keysBehind(here, 6);
    watch(
      here,
      () => false,
      ({ path }) => {
        if (adds() === 1 && path.includes('/applications(appId=')) stop.abort();
      },
    );
    await expect(rotate(here.services.engine, unattended, { ...alone(here), signal: stop.signal })).rejects.toThrow();
    const next = await here.open();
    const done = await rotate(next.engine, unattended, alone(here));
    expect(adds()).toBe(1);
    expect(publishedIn(here)).toHaveLength(2);
    expect(done.proof?.ok).toBe(true);
  });
});

/** What of the tenant a request makes, to be hidden from reads for a while. */
const made = {
  '/servicePrincipals': 'servicePrincipals',
  '/appRoleAssignedTo': 'appRoleAssignments',
  '/oauth2PermissionGrants': 'oauth2PermissionGrants',
} as const;

/** What replication does to reads: so many looks do not show what was made of this kind since now. */
function listBehind(here: Harness, kind: (typeof made)[keyof typeof made], looks: number): void {
  const tenant = tenantOf(here);
  const before = new Set(tenant[kind].map(({ id }) => id));
  const hide = (list: { id: string }[]) => list.splice(0, list.length, ...list.filter(({ id }) => before.has(id)));
  let hidden: { id: string }[] = [];
  let left = looks;
  here.server.faultOn(({ path }) => {
    const list: { id: string }[] = tenant[kind];
    list.push(...hidden);
    hidden = [];
    if (!path.endsWith('$batch') || left === 0 || list.length === before.size) return false;
    left -= 1;
    hidden = list.filter(({ id }) => !before.has(id));
    hide(list);
    return false;
  }, 'slow');
}

describe('what a connect makes', () => {
  const posts = Object.keys(made) as (keyof typeof made)[];

  it.each(posts)('POST …%s whose answer was lost is not sent again while reads are behind', async (end) => {
    const here = await harness({ knobs: kindly });
    const { engine } = here.services;
    const fits = ({ method, path }: PracticeRequest) => method === 'POST' && path.endsWith(end);
    const sent: string[] = [];
    watch(here, fits, (request) => {
      if (fits(request)) sent.push(JSON.stringify(request.body));
    });
    here.server.faultOn(fits, 'drop-after-write', { times: 2 });
    listBehind(here, made[end], 4);
    const done = await connect(engine, defaults, here.run());
    expect(done.proof?.ok).toBe(true);
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(sent).size).toBe(sent.length);
  });
});
