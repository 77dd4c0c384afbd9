import { withFacts } from '../../../main/credential/index.ts';
import { describe, expect, it } from 'vitest';
import { shiftedClock, systemClock } from '../../../main/clock.ts';
import { confirmHandover } from '../../../main/registration/verbs/index.ts';
import { connect } from '../../../main/registration/verbs/connect.ts';
import type { Run } from '../../../main/registration/engine.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { rotate, rotateBack } from '../../../main/registration/verbs/rotate.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { defaults, harness, tenantOf, type Harness } from './harness.ts';
import { alone, day, publishedIn, recordOf, rotateAlone, serverKey, tokenFault, unattended } from './rotation-harness.ts';

const mend = (here: Harness, accepted: readonly string[] = [], how: Partial<Run> = {}) =>
  repair(
    here.services.engine,
    { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false },
    here.run(undefined, { accepted, ...how }),
  );
const handOver = (here: Harness, agoDays = 0) => {
  const { id, certificate } = confirmHandover(here.services.engine, 'Contoso archive', recordOf(here).certificate?.thumbprint);
  const handover = certificate?.handover ?? null;
  if (certificate === null || handover === null) throw new Error('not handed over');
  const earlier = (at: string) => new Date(Date.parse(at) - agoDays * day).toISOString();
  const { rotation } = recordOf(here);
  const timeline = rotation?.timeline.map((step) => ({ ...step, at: earlier(step.at) })) ?? [];
  here.services.engine.store.change(id, (record) => ({
    ...withFacts(record, certificate.thumbprint, { handover: { ...handover, confirmedAt: earlier(handover.confirmedAt) } }),
    rotation: rotation && { ...rotation, timeline },
  }));
};
const keyIdOf = (here: Harness, thumbprint: string | undefined) =>
  tenantOf(here).applications[0]?.keyCredentials?.[publishedIn(here).indexOf(thumbprint ?? '')]?.keyId ?? 'none';
const leftovers = ({ findings }: { readonly findings: readonly { finding: string; id: string; text: string; acceptable: boolean }[] }) =>
  findings.filter(({ finding }) => finding === 'leftover-key-credential');

/** The end of the entry in the tenant, as Microsoft tells it; the certificate itself cannot be made to expire. */
function endEntry(here: Harness, thumbprint: string | undefined, end: string): void {
  const entry = tenantOf(here).applications[0]?.keyCredentials?.[publishedIn(here).indexOf(thumbprint ?? '')];
  if (entry === undefined) throw new Error('no such entry');
  Object.assign(entry, { startDateTime: '2024-01-01T00:00:00Z', endDateTime: end });
}

async function rotated() {
  const here = await harness();
  await here.connect();
  const old = await serverKey(here);
  await rotateAlone(here);
  const current = await serverKey(here);
  return { here, old, current, id: `leftover-key-credential:${keyIdOf(here, old.certificate.thumbprint)}` };
}

describe('a superseded certificate that is still in the tenant', () => {
  it('is none while a rotation goes on: before the handover and in the overlap it is neither told nor offered', async () => {
    const { here, old, id } = await rotated();
    for (const _ of ['before the handover', 'in the overlap']) {
      expect(leftovers(await verify(here.services.engine, 'Contoso archive', { signIn: true }, here.run()))).toEqual([]);
      expect((await mend(here, [id])).plan).toEqual([]);
      expect(
        (await rotate(here.services.engine, { ...unattended, unattended: false, overlapDays: 7 }, here.run(undefined, { accepted: [id] })))
          .plan,
      ).toEqual([]);
      expect(publishedIn(here)).toHaveLength(2);
      expect(await tokenFault(here.services, recordOf(here), old.certificate, old.pem)).toBeNull();
      handOver(here);
    }
  });

  it('goes when it is ticked after handover and overlap, with its key, and no other time', async () => {
    const { here, old, current, id } = await rotated();
    handOver(here, 8);
    const planned = await repair(
      here.services.engine,
      { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: true },
      here.run(),
    );
    expect(leftovers(planned)).toEqual([
      {
        finding: 'leftover-key-credential',
        id,
        acceptable: true,
        text: expect.stringContaining(
          `${old.certificate.thumbprint}, valid until ${old.certificate.notAfter.slice(0, 10)}. It stays unless`,
        ),
      },
    ]);
    // Confirming everything is no tick.
    expect((await mend(here)).plan).toEqual([]);
    expect(publishedIn(here)).toHaveLength(2);
    const done = await mend(here, [id]);
    expect(done.plan).toMatchObject([{ change: 'remove-key-credential', step: 'key-credential', removes: true }]);
    expect(done.proof?.ok).toBe(true);
    expect(leftovers(done)).toEqual([]);
    expect(publishedIn(here)).toEqual([current.certificate.thumbprint]);
    expect(recordOf(here)).toMatchObject({
      earlierCertificates: [],
      rotation: { timeline: expect.arrayContaining([expect.objectContaining({ state: 'old-removed' })]) },
    });
    expect((await here.keychain.accounts()).filter((account) => account.includes(old.certificate.thumbprint))).toEqual([]);
    // The same command goes through a second time.
    expect((await mend(here, [id])).plan).toEqual([]);
  });

  it('is ticked in the plan, which is shown where there is nothing else to do and somebody can tick', async () => {
    const { here, current, id } = await rotated();
    handOver(here, 8);
    const accepted: string[] = [];
    const shown: unknown[] = [];
    const confirm: Run['confirm'] = ({ changes, findings }) => {
      shown.push(changes);
      accepted.push(...findings.filter(({ acceptable }) => acceptable).map((finding) => finding.id));
      return Promise.resolve(true);
    };
    await mend(here, [], { confirm: () => Promise.reject(new Error('nothing is to do')) });
    const done = await connect(here.services.engine, defaults, here.run(undefined, { confirm, accepted, showsFindings: true }));
    expect(shown).toEqual([[]]);
    expect(accepted).toEqual([id]);
    expect(done.plan).toMatchObject([{ change: 'remove-key-credential' }]);
    expect(publishedIn(here)).toEqual([current.certificate.thumbprint]);
  });

  it('that was rolled back waits for the handover of the old one anew', async () => {
    const { here, old, current } = await rotated();
    handOver(here, 30);
    await rotateBack(here.services.engine, 'Contoso archive', alone(here));
    const id = `leftover-key-credential:${keyIdOf(here, current.certificate.thumbprint)}`;
    const seen = await verify(here.services.engine, 'Contoso archive', { signIn: true }, here.run());
    expect(leftovers(seen)).toEqual([
      expect.objectContaining({ id, acceptable: false, text: expect.stringMatching(/until you have confirmed/) }),
    ]);
    expect((await mend(here, [id, `leftover-key-credential:${keyIdOf(here, old.certificate.thumbprint)}`])).plan).toEqual([]);
    expect(publishedIn(here)).toHaveLength(2);
    handOver(here, 0);
    const overlapping = await verify(here.services.engine, 'Contoso archive', { signIn: true }, here.run());
    expect(leftovers(overlapping)).toEqual([
      expect.objectContaining({ id, acceptable: false, text: expect.stringMatching(/until the overlap is over, on \d{4}-\d\d-\d\d/) }),
    ]);
    here.services.engine.store.change(recordOf(here).id, () => ({
      rotation: { ...(recordOf(here).rotation ?? { from: '', to: '', timeline: [], pfx: null }), overlapDays: 0 },
    }));
    expect((await mend(here, [id])).plan).toMatchObject([{ change: 'remove-key-credential' }]);
    expect(publishedIn(here)).toEqual([old.certificate.thumbprint]);
  });

  it('stays while the current one is not in the tenant', async () => {
    const { here, current, id } = await rotated();
    handOver(here, 8);
    const [application] = tenantOf(here).applications;
    if (application?.keyCredentials === undefined || application.keyCredentials === null) throw new Error('no application');
    application.keyCredentials = application.keyCredentials.filter(
      (_, index) => publishedIn(here)[index] !== current.certificate.thumbprint,
    );
    const done = await mend(here, [id]);
    // Published again first; then the tick counts, in a request of its own.
    expect(done.plan.map(({ change }) => change)).toEqual(['add-key-credential', 'remove-key-credential']);
    const writes = here.services.trail.list({ credentialId: recordOf(here).id }).filter(({ phase }) => phase === 'done');
    expect(writes.slice(-2).map(({ change }) => change)).toEqual(expect.arrayContaining(['add-key-credential', 'remove-key-credential']));
    expect(publishedIn(here)).toEqual([current.certificate.thumbprint]);
  });
});

describe('an expired certificate of ours that is still in the tenant', () => {
  it('is offered before any handover, and goes only when it is ticked', async () => {
    const { here, old, current, id } = await rotated();
    endEntry(here, old.certificate.thumbprint, '2025-06-01T00:00:00Z');
    const seen = await verify(here.services.engine, 'Contoso archive', { signIn: true }, here.run());
    expect(leftovers(seen)).toEqual([
      expect.objectContaining({
        id,
        acceptable: true,
        text: expect.stringMatching(/has expired[^]*expired 2025-06-01[^]*unless you accept/),
      }),
    ]);
    expect((await mend(here)).plan).toEqual([]);
    expect((await mend(here, [id])).plan).toMatchObject([{ change: 'remove-key-credential' }]);
    expect(publishedIn(here)).toEqual([current.certificate.thumbprint]);
    expect(recordOf(here).earlierCertificates).toEqual([]);
  });

  it('is validated by Microsoft’s time, not by a clock of this computer that is years ahead', async () => {
    const { here, id } = await rotated();
    const { engine: ahead } = await here.open(shiftedClock(systemClock, -900 * day));
    const shown: boolean[] = [];
    const how = here.run(undefined, {
      accepted: [id],
      showsFindings: true,
      confirm: ({ findings }) => Promise.resolve(void shown.push(...findings.map(({ acceptable }) => acceptable))).then(() => true),
    });
    const done = await repair(
      ahead,
      { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false },
      how,
    );
    expect(done.plan).toEqual([]);
    expect(leftovers(done)).toEqual([]);
    expect(shown).toEqual([]);
    expect(publishedIn(here)).toHaveLength(2);
  });

  it('is named by the id that removes it where Microsoft refuses an update for it', async () => {
    const { here, old, id } = await rotated();
    endEntry(here, old.certificate.thumbprint, '2025-06-01T00:00:00Z');
    const [application] = tenantOf(here).applications;
    const [entry] = application?.keyCredentials ?? [];
    const foreign = '0d4f1f3e-9a67-4c53-8f5e-2a2f6a9a1b11';
    const { der } = (await ours('stranger')).certificate;
    application?.keyCredentials?.push({ ...entry, keyId: foreign, key: Buffer.from(der).toString('base64') });
    const ticked = `expired-key-credential:${foreign}`;
    // No key of ours gets a token, so the administrator writes the whole collection.
    for (const { keyId } of application?.keyCredentials ?? []) here.server.world.state.inTokensAt[`key:${keyId}`] = Number.MAX_SAFE_INTEGER;
    await expect(mend(here, [ticked])).rejects.toMatchObject({
      code: 'registration.foreign-key-refused',
      params: { entries: `${id}, ${ticked}` },
    });
    expect((await mend(here, [ticked, id])).plan.map(({ change }) => change)).toEqual(['remove-key-credential', 'remove-key-credential']);
  });
});

describe('whose it is', () => {
  it('is told by the hash of the certificate: one of another credential, or without its key, is never ours', async () => {
    const { here, old } = await rotated();
    handOver(here, 8);
    const { der } = (await ours('stranger')).certificate;
    const [application] = tenantOf(here).applications;
    const [entry] = application?.keyCredentials ?? [];
    if (application === undefined || entry === undefined) throw new Error('no entry');
    // Under the name and keyId that ours had.
    application.keyCredentials = [...(application.keyCredentials ?? []).slice(1), { ...entry, key: Buffer.from(der).toString('base64') }];
    const id = `leftover-key-credential:${entry.keyId ?? ''}`;
    const done = await mend(here, [id]);
    expect(done.plan).toEqual([]);
    expect(leftovers(done)).toEqual([]);
    expect(done.findings).toContainEqual(expect.objectContaining({ finding: 'foreign-key-credential', acceptable: false }));
    expect(publishedIn(here)).toHaveLength(2);
    expect(publishedIn(here)).not.toContain(old.certificate.thumbprint);
  });

  it('of the server’s key is told too, and waits for the handover', async () => {
    const here = await harness();
    const { certificate: first } = await ours('MailStore');
    await here.connect({ custody: 'external', certificate: first });
    const { certificate: next } = await ours('MailStore again');
    await here.connect({ custody: 'external', certificate: next });
    const id = `leftover-key-credential:${keyIdOf(here, first.thumbprint)}`;
    expect((await mend(here, [id])).plan).toEqual([]);
    expect(publishedIn(here)).toHaveLength(2);
    handOver(here, 8);
    expect((await mend(here, [id])).plan).toMatchObject([{ change: 'remove-key-credential' }]);
    expect(publishedIn(here)).toEqual([next.thumbprint]);
  });
});
