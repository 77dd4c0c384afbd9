import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PracticeKnobs } from '../../../main/practice/index.ts';
import { confirmHandover, remove } from '../../../main/registration/verbs/index.ts';
import type { Run } from '../../../main/registration/engine.ts';
import { connect } from '../../../main/registration/verbs/connect.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { restore } from '../../../main/registration/verbs/restore.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { defaults, harness, tenantOf, writtenIn, type Harness } from './harness.ts';
import { publishedIn, recordOf, rotateAlone, states } from './rotation-harness.ts';

const seeds = [1, 2, 3] as const;

/** How often a request was sent whose path ends like this. */
function counted({ server }: Harness, end: string): () => number {
  let seen = 0;
  server.faultOn(({ path }) => {
    if (path.endsWith(end)) seen += 1;
    return false;
  }, 'slow');
  return () => seen;
}

describe('connect in a practice tenant that is unkind', () => {
  // One request in ten: of three in ten, some would be throttled six times in a row, and the engine then says so and ends.
  it.each<[string, Partial<PracticeKnobs>]>([
    ['items of a batch and requests are throttled, some without Retry-After', { throttle: 0.1 }],
    ['token requests are throttled', { throttleTokens: 0.2 }],
    ['updates are not visible for a minute, and flicker', { updates: 60_000 }],
    ['everything is so at once', { throttle: 0.1, throttleTokens: 0.1, updates: 60_000, replication: 30_000 }],
  ])('ends with the proof where %s', async (_what, knobs) => {
    for (const seed of [1, 2]) {
      const here = await harness({ livedIn: true, knobs: { seed, ...knobs } });
      const { engine } = here.services;
      expect((await connect(engine, defaults, here.run())).proof).toMatchObject({ ok: true, state: 'set-up' });
      expect((await connect(engine, defaults, here.run())).plan).toEqual([]);
    }
  });
});

describe('while reads are behind, one verb directly after the other', () => {
  it.each(seeds)('an unattended rotation publishes once, removes once, and verifies in between (seed %i)', async (seed) => {
    const here = await harness({ knobs: { seed } });
    const [adds, removals] = [counted(here, '/addKey'), counted(here, '/removeKey')];
    await here.connect();
    for (const times of [1, 2]) {
      const done = await rotateAlone(here);
      expect(done.plan.map(({ change }) => change)).toEqual(['add-key-credential']);
      expect(done.proof).toMatchObject({ ok: true });
      expect((await verify(here.services.engine, 'Contoso archive', { signIn: false }, here.run())).proof?.state).not.toBe(
        'needs-attention',
      );
      confirmHandover(here.services.engine, 'Contoso archive', recordOf(here).certificate?.thumbprint);
      await rotateAlone(here, { overlapDays: 0 });
      // What Microsoft still accepts, the next run looks for.
      while (states(recordOf(here)).at(-1) === 'removing') await rotateAlone(here, { overlapDays: 0 });
      expect(states(recordOf(here)).at(-1)).toBe('old-removed');
      expect([adds(), removals()]).toEqual([times, times]);
      expect(publishedIn(here)).toEqual([recordOf(here).certificate?.thumbprint]);
      expect(recordOf(here).earlierCertificates).toEqual([]);
    }
  });

  it.each(seeds)('a registration is deleted, restored and connected again (seed %i)', async (seed) => {
    const here = await harness({ knobs: { seed } });
    await here.connect();
    const { engine } = here.services;
    const principal = recordOf(here).servicePrincipalId;
    const deletion = { credential: 'Contoso archive', purge: false, deleteRegistration: true, confirmName: 'Contoso archive' };
    for (const file of ['first.json', 'second.json']) {
      await remove(engine, { ...deletion, exportTo: join(here.directory, file) }, here.run());
      expect(writtenIn(here).applications).toEqual([]);
      const restored = await restore(engine, 'Contoso archive', here.run());
      expect(restored.proof).toMatchObject({ ok: true });
      expect(restored.plan.map(({ change }) => change)).not.toContain('create-service-principal');
      expect(recordOf(here).servicePrincipalId).toBe(principal);
      const { applications, deletedApplications, deletedServicePrincipals } = writtenIn(here);
      expect(applications).toHaveLength(1);
      expect([deletedApplications, deletedServicePrincipals]).toEqual([[], []]);
    }
    expect((await here.connect()).plan).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'a deletion whose answer was lost is done by the next run, whatever is still seen (seed %i)',
    async (seed) => {
      const here = await harness({ knobs: { seed } });
      await here.connect();
      const { engine } = here.services;
      const deletion = { credential: 'Contoso archive', purge: false, deleteRegistration: true, confirmName: 'Contoso archive' };
      here.server.faultOn(({ method, path }) => method === 'DELETE' && path.includes('/applications/'), 'drop-after-write', { times: 1 });
      await expect(remove(engine, { ...deletion, exportTo: join(here.directory, 'first.json') }, here.run())).rejects.toMatchObject({
        code: expect.stringMatching(/^service\./),
      });
      expect(recordOf(here).deletedAt).toBeNull();
      await remove(engine, { ...deletion, exportTo: join(here.directory, 'second.json') }, here.run());
      expect(engine.store.find('Contoso archive', { deleted: true }).deletedAt).not.toBeNull();
      expect(writtenIn(here)).toMatchObject({ applications: [], deletedApplications: [{}] });
    },
  );

  it('all goes as it went before with the same seed, and otherwise with another', async () => {
    const course = async (seed: number) => {
      const here = await harness({ knobs: { seed } });
      await here.connect();
      await rotateAlone(here);
      return here.events.map((event) => (event.kind === 'pause' ? `${event.waitingFor} ${event.ms}` : event.kind));
    };
    const first = await course(1);
    expect(first.filter((each) => /^(?:replication|token) /.test(each)).length).toBeGreaterThan(4);
    expect(await course(1)).toEqual(first);
    expect(await course(2)).not.toEqual(first);
  });

  it.each(seeds)('a role that was just granted and is not seen is waited for, not told as missing (seed %i)', async (seed) => {
    const here = await harness({ knobs: { seed } });
    await here.connect();
    const seen = await verify(here.services.engine, 'Contoso archive', { signIn: true }, here.run());
    expect(seen.proof?.checks.filter(({ result }) => result === 'failed')).toEqual([]);
  });
});

/** Another product wrote in the application some seconds ago: one replica knows of it, another does not. */
async function written(here: Harness): Promise<string> {
  const tenant = tenantOf(here);
  const [before] = tenant.applications;
  if (before === undefined) throw new Error('no application');
  const { der, thumbprint, notBefore, notAfter } = (await ours('Backup product')).certificate;
  const entry = {
    keyId: randomUUID(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    displayName: 'CN=Backup product',
    startDateTime: notBefore,
    endDateTime: notAfter,
    customKeyIdentifier: thumbprint,
    key: Buffer.from(der).toString('base64'),
  };
  const web = { ...before.web, redirectUris: [...(before.web?.redirectUris ?? []), 'https://other.example.com/cb'] };
  tenant.applications = [{ ...before, web, keyCredentials: [...(before.keyCredentials ?? []), entry] }];
  const now = here.clock.now().getTime();
  tenant.unreplicated = [{ collection: 'applications', id: before.id, before, sometimesFrom: now, alwaysFrom: now + 20_000 }];
  return thumbprint;
}

describe('a list that has to be written as a whole while reads of it disagree', () => {
  it.each([1, 2, 3, 4, 5, 6])('keeps what somebody else has just put there, once a read has shown it (seed %i)', async (seed) => {
    const here = await harness({ knobs: { seed } });
    const [first, second] = [await ours('first'), await ours('second')];
    await here.connect({ custody: 'external', certificate: first.certificate });
    const foreign = await written(here);
    // The look that the plan is made for shows it, or somebody declines: what no look has shown, nobody can keep.
    const confirm: Run['confirm'] = ({ findings }) => Promise.resolve(findings.some(({ finding }) => finding === 'foreign-key-credential'));
    const isMended = () =>
      repair(
        here.services.engine,
        { credential: 'Contoso archive', certificate: second.certificate, keySize: 3072, lifetime: { months: 15 }, planOnly: false },
        here.run(undefined, { confirm }),
      ).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'input.declined' });
          return false;
        },
      );
    while (!(await isMended())) expect(publishedIn(here)).not.toContain(second.certificate.thumbprint);
    expect(publishedIn(here)).toEqual(expect.arrayContaining([first.certificate.thumbprint, foreign, second.certificate.thumbprint]));
    expect(writtenIn(here).applications[0]?.web?.redirectUris).toContain('https://other.example.com/cb');
  });

  it.each(seeds)('is written without an entry that somebody has removed and reads still show (seed %i)', async (seed) => {
    const here = await harness({ knobs: { seed } });
    const [first, second] = [await ours('first'), await ours('second')];
    await here.connect({ custody: 'external', certificate: first.certificate });
    const foreign = await written(here);
    const tenant = tenantOf(here);
    here.clock.pass(20_000);
    const [before] = tenant.applications;
    if (before === undefined) throw new Error('no application');
    const left = before.keyCredentials?.filter(({ customKeyIdentifier }) => customKeyIdentifier !== foreign) ?? [];
    tenant.applications = [{ ...before, keyCredentials: left }];
    const now = here.clock.now().getTime();
    tenant.unreplicated = [{ collection: 'applications', id: before.id, before, sometimesFrom: now + 10_000, alwaysFrom: now + 20_000 }];
    await repair(
      here.services.engine,
      { credential: 'Contoso archive', certificate: second.certificate, keySize: 3072, lifetime: { months: 15 }, planOnly: false },
      here.run(),
    );
    expect(publishedIn(here)).toEqual([first.certificate.thumbprint, second.certificate.thumbprint]);
  });
});
