import { isUsedHereOnly } from '../../../main/credential/index.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { confirmHandover, exportCertificate, markUsedHereOnly, pfxHandOut } from '../../../main/registration/verbs/index.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import type { Run } from '../../../main/registration/engine.ts';
import { rotate, rotateBack } from '../../../main/registration/verbs/rotate.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { harness, tenantOf } from './harness.ts';
import { alone, publishedIn, recordOf, rotateAlone, serverKey, states, tokenFault, unattended } from './rotation-harness.ts';

const confirm = (here: Parameters<typeof recordOf>[0]) =>
  confirmHandover(here.services.engine, 'Contoso archive', recordOf(here).certificate?.thumbprint);

describe('unattended', () => {
  it('publishes and proves a new certificate beside the old one, and stops at the handover', async () => {
    const here = await harness();
    await here.connect();
    const old = recordOf(here).certificate;
    const done = await rotateAlone(here);
    expect(done.plan.map(({ change }) => change)).toEqual(['add-key-credential']);
    expect(done.proof).toMatchObject({ ok: true, state: 'set-up' });
    expect(done.timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven']);
    const record = recordOf(here);
    expect(publishedIn(here)).toEqual([old?.thumbprint, record.certificate?.thumbprint]);
    expect(record.earlierCertificates).toMatchObject([{ thumbprint: old?.thumbprint, keyId: old?.keyId, handover: null }]);
    expect(record.certificate).toMatchObject({ keySize: old?.keySize, keyId: tenantOf(here).applications[0]?.keyCredentials?.[1]?.keyId });
    const lifetime = (certificate: typeof old) => Date.parse(certificate?.notAfter ?? '') - Date.parse(certificate?.notBefore ?? '');
    expect(lifetime(record.certificate)).toBe(lifetime(old));
    expect(
      here.services.trail
        .list({ credentialId: record.id })
        .filter(({ actor }) => actor.startsWith('application '))
        .map(({ phase }) => phase),
    ).toEqual(['intent', 'done']);
  });

  it('asked again, begins nothing and removes nothing while the handover is open, however long that lasts', async () => {
    const here = await harness();
    await here.connect();
    await rotateAlone(here);
    const before = publishedIn(here);
    const again = await rotateAlone(here, { overlapDays: 0 });
    expect(again.plan).toEqual([]);
    expect(publishedIn(here)).toEqual(before);
    expect(states(recordOf(here))).toEqual(['created', 'published', 'proven']);
  });

  it('removes the old key credential after handover and overlap, and forgets its key', async () => {
    const here = await harness();
    await here.connect();
    const { certificate: old, id } = recordOf(here);
    await rotateAlone(here);
    expect(confirm(here)).toMatchObject({ certificate: { handover: { profile: { id: 'mailstore-guide' } } } });
    expect((await rotateAlone(here)).plan).toEqual([]);
    const last = await rotateAlone(here, { overlapDays: 0 });
    expect(last.plan).toMatchObject([{ change: 'remove-key-credential', removes: true }]);
    expect(last.timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven', 'handed-over', 'old-removed']);
    expect(publishedIn(here)).toEqual([recordOf(here).certificate?.thumbprint]);
    expect(recordOf(here).earlierCertificates).toEqual([]);
    expect((await here.keychain.accounts()).some((account) => account.includes(old?.thumbprint ?? 'none'))).toBe(false);
    expect((await here.keychain.accounts()).some((account) => account.startsWith(id))).toBe(true);
  });

  it('ends as published while Microsoft still replicates after all backoff, writes no PFX, and is proven by the next run', async () => {
    const here = await harness();
    await here.connect();
    here.server.world.knobs.replication = 3_600_000;
    const path = join(here.directory, 'late.pfx');
    const handOut = pfxHandOut(here.services.engine, { path, folder: false, password: 'secret', encryption: 'modern', mark: '' });
    const early = await rotateAlone(here, { handOut });
    expect(early.proof?.state).toBe('waiting-replication');
    expect(early.timeline.map(({ state }) => state)).toEqual(['created', 'published']);
    expect(existsSync(path)).toBe(false);
    here.server.world.state.inTokensAt = {};
    expect((await rotateAlone(here, { handOut })).timeline.at(-1)?.state).toBe('proven');
    expect(existsSync(path)).toBe(true);
  });

  it('takes over what a lost answer left published, without a second one', async () => {
    const here = await harness();
    await here.connect();
    here.server.faultOn(({ path }) => path.endsWith('/addKey'), 'drop-after-write');
    const done = await rotateAlone(here);
    expect(done.proof?.ok).toBe(true);
    expect(publishedIn(here)).toHaveLength(2);
    expect(recordOf(here).certificate?.keyId).toBe(tenantOf(here).applications[0]?.keyCredentials?.[1]?.keyId);
  });

  it('waits for a token while Microsoft replicates', async () => {
    const here = await harness();
    await here.connect();
    const { world } = here.server;
    world.knobs.replication = 3_600_000;
    let pauses = 0;
    const onProgress: Run['onProgress'] = (event) => {
      if (event.kind !== 'pause' || event.waitingFor !== 'token') return;
      pauses += 1;
      if (pauses === 3) world.state.inTokensAt = {};
    };
    const done = await rotate(here.services.engine, unattended, { ...alone(here), onProgress });
    expect(done.proof).toMatchObject({ ok: true });
    expect(pauses).toBe(3);
  });
});

describe('with an administrator', () => {
  it('adds by the plan that was shown, and changes nothing but key credentials', async () => {
    const here = await harness();
    await here.connect();
    const [application] = tenantOf(here).applications;
    if (application?.web == null) throw new Error('no application');
    application.web.redirectUris = [];
    const shown: unknown[] = [];
    const run = { ...here.run(), confirm: (preview: unknown) => Promise.resolve(void shown.push(preview)).then(() => true) };
    const done = await rotate(here.services.engine, { ...unattended, unattended: false }, run);
    expect(shown).toMatchObject([{ changes: [{ change: { change: 'add-key-credential' } }] }]);
    expect(done.timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven']);
    expect(tenantOf(here).applications[0]?.web?.redirectUris).toEqual([]);
    expect(done.proof?.state).toBe('needs-attention');
  });

  it('declined changes nothing, here and there', async () => {
    const here = await harness();
    await here.connect();
    const before = { record: recordOf(here), published: publishedIn(here) };
    await expect(
      rotate(here.services.engine, { ...unattended, unattended: false }, { ...here.run(), confirm: () => Promise.resolve(false) }),
    ).rejects.toMatchObject({ code: 'input.declined' });
    expect({ record: recordOf(here), published: publishedIn(here) }).toEqual(before);
  });

  it('completes what an unattended run began after every certificate has ended', async () => {
    const here = await harness();
    await here.connect();
    const { certificate, id } = recordOf(here);
    if (certificate === null) throw new Error('no certificate');
    here.services.engine.store.change(id, () => ({
      certificate: { ...certificate, notAfter: '2026-11-01T00:00:00Z', notBefore: '2025-08-01T00:00:00Z' },
    }));
    const done = await rotate(here.services.engine, { ...unattended, unattended: false }, here.run());
    expect(done.proof?.ok).toBe(true);
    expect(publishedIn(here)).toContain(recordOf(here).certificate?.thumbprint);
  });

  it('publishes a new certificate where the key of the current one is gone', async () => {
    const here = await harness();
    await here.connect();
    await rotateAlone(here);
    const { certificate, id } = recordOf(here);
    await here.services.engine.secrets.forget({ credentialId: id, thumbprint: certificate?.thumbprint ?? '' });
    const done = await rotate(here.services.engine, { ...unattended, unattended: false }, here.run());
    expect(done.proof?.ok).toBe(true);
    expect(publishedIn(here)).toHaveLength(3);
  });
});

/** From now on no token is issued for the new key, whoever looks. */
function withoutTokens(here: Parameters<typeof recordOf>[0]): void {
  const { certificate } = recordOf(here);
  const known = tenantOf(here).applications[0]?.keyCredentials?.find(
    ({ customKeyIdentifier }) => customKeyIdentifier === certificate?.thumbprint,
  );
  here.server.world.state.inTokensAt[`key:${known?.keyId ?? ''}`] = Number.MAX_SAFE_INTEGER;
}

it('an old key credential stays while the new key gets no token, also after handover and overlap, and the run says what it found', async () => {
  const here = await harness();
  await here.connect();
  await rotateAlone(here);
  confirm(here);
  withoutTokens(here);
  const done = await rotateAlone(here, { overlapDays: 0 });
  expect(done.proof).toMatchObject({ ok: false });
  expect(done.plan).toEqual([]);
  expect(publishedIn(here)).toHaveLength(2);
});

describe('an old certificate that has ended', () => {
  const endOld = (here: Parameters<typeof recordOf>[0]) => {
    const { id, earlierCertificates } = recordOf(here);
    here.services.engine.store.change(id, () => ({
      earlierCertificates: earlierCertificates.map((each) => ({ ...each, notAfter: '2026-01-01T00:00:00Z' })),
    }));
  };

  it.each([true, false])('goes without a handover, and the rotation stays open for it (unattended: %s)', async (alonely) => {
    const here = await harness();
    await here.connect();
    await rotateAlone(here);
    endOld(here);
    const done = await rotate(here.services.engine, { ...unattended, unattended: alonely }, alonely ? alone(here) : here.run());
    expect(done.timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven', 'old-removed']);
    expect(publishedIn(here)).toEqual([recordOf(here).certificate?.thumbprint]);
    confirm(here);
    expect(states(recordOf(here)).at(-1)).toBe('handed-over');
  });

  it('stays while the new key gets no token', async () => {
    const here = await harness();
    await here.connect();
    await rotateAlone(here);
    endOld(here);
    withoutTokens(here);
    await rotate(here.services.engine, { ...unattended, unattended: false }, here.run());
    expect(publishedIn(here)).toHaveLength(2);
  });
});

describe('a key that no other software uses', () => {
  it('is replaced and removed without a handover, after the overlap', async () => {
    const here = await harness();
    await here.connect();
    markUsedHereOnly(here.services.engine, 'Contoso archive');
    expect((await rotateAlone(here)).timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven']);
    const done = await rotateAlone(here, { overlapDays: 0 });
    expect(done.timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven', 'old-removed']);
    expect(publishedIn(here)).toHaveLength(1);
  });

  it('is one no longer when a PFX was exported', async () => {
    const here = await harness();
    await here.connect();
    markUsedHereOnly(here.services.engine, 'Contoso archive');
    await exportCertificate(here.services.engine, {
      credential: 'Contoso archive',
      format: 'pfx',
      path: join(here.directory, 'a.pfx'),
      force: false,
      password: 'secret',
      encryption: 'modern',
    });
    expect(isUsedHereOnly(recordOf(here))).toBe(false);
    await rotateAlone(here, { overlapDays: 0 });
    await rotateAlone(here, { overlapDays: 0 });
    expect(publishedIn(here)).toHaveLength(2);
  });

  it('is one no longer from the moment a PFX is to be written, not only after', async () => {
    const here = await harness();
    await here.connect();
    markUsedHereOnly(here.services.engine, 'Contoso archive');
    const handOut = pfxHandOut(here.services.engine, {
      path: join(here.directory, 'a.pfx'),
      folder: false,
      password: 'secret',
      encryption: 'modern',
      mark: '',
    });
    await rotateAlone(here, { overlapDays: 0, handOut });
    expect(publishedIn(here)).toHaveLength(2);
    expect(isUsedHereOnly(recordOf(here))).toBe(false);
  });
});

describe('custody external', () => {
  it('publishes the server’s new certificate beside the old one, and removes the old one only after the confirmation', async () => {
    const here = await harness();
    const [first, second] = [await ours('first'), await ours('second')];
    await here.connect({ custody: 'external', certificate: first.certificate });
    confirm(here);
    await repair(
      here.services.engine,
      { credential: 'Contoso archive', certificate: second.certificate, keySize: 3072, lifetime: { months: 15 }, planOnly: false },
      here.run(),
    );
    expect(publishedIn(here)).toEqual([first.certificate.thumbprint, second.certificate.thumbprint]);
    expect(states(recordOf(here))).toEqual(['created', 'published']);
    const again = () => rotate(here.services.engine, { ...unattended, unattended: false, overlapDays: 0 }, here.run());
    expect((await again()).plan).toEqual([]);
    expect(publishedIn(here)).toHaveLength(2);
    expect(confirm(here).state).toBe('confirmed');
    expect((await again()).timeline.map(({ state }) => state)).toEqual(['created', 'published', 'handed-over', 'old-removed']);
    expect(publishedIn(here)).toEqual([second.certificate.thumbprint]);
  });

  it('cannot make a certificate itself, and does nothing unattended', async () => {
    const here = await harness();
    await here.connect({ custody: 'external', certificate: (await ours('only')).certificate });
    await expect(rotate(here.services.engine, { ...unattended, unattended: false }, here.run())).rejects.toMatchObject({
      code: 'rotation.certificate-needed',
      kind: 'waiting',
    });
    await expect(rotateAlone(here)).rejects.toMatchObject({ code: 'rotation.certificate-needed' });
    await expect(rotateBack(here.services.engine, 'Contoso archive', alone(here))).rejects.toMatchObject({
      code: 'rotation.roll-back-external',
    });
    expect(() => markUsedHereOnly(here.services.engine, 'Contoso archive')).toThrow(
      expect.objectContaining({ code: 'handover.key-elsewhere' }),
    );
  });
});

describe('roll back', () => {
  it('makes the old certificate the current one, proves it, and writes nothing in the tenant', async () => {
    const here = await harness();
    await here.connect();
    const old = recordOf(here).certificate;
    confirm(here);
    await rotateAlone(here);
    const published = publishedIn(here);
    const done = await rotateBack(here.services.engine, 'Contoso archive', alone(here));
    expect(done.credential.certificate?.thumbprint).toBe(old?.thumbprint);
    expect(done.proof?.ok).toBe(true);
    expect(done.timeline.at(-1)?.state).toBe('rolled-back');
    expect(publishedIn(here)).toEqual(published);
    await expect(rotateBack(here.services.engine, 'Contoso archive', alone(here))).rejects.toMatchObject({
      code: 'rotation.nothing-to-roll-back',
    });
  });

  it('leaves the other one published until the server is known to use the old one, and begins nothing before it is gone', async () => {
    const here = await harness();
    await here.connect();
    await rotateAlone(here);
    await rotateBack(here.services.engine, 'Contoso archive', alone(here));
    confirm(here);
    const done = await rotateAlone(here, { overlapDays: 0 });
    expect(done.plan.map(({ change }) => change)).toEqual(['remove-key-credential']);
    expect(publishedIn(here)).toEqual([recordOf(here).certificate?.thumbprint]);
    expect((await rotateAlone(here)).timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven']);
  });

  it('is refused once the old one is removed, here or there, and then changes nothing', async () => {
    const here = await harness();
    await here.connect();
    await expect(rotateBack(here.services.engine, 'Contoso archive', alone(here))).rejects.toMatchObject({
      code: 'rotation.nothing-to-roll-back',
    });
    await rotateAlone(here);
    const [application] = tenantOf(here).applications;
    if (application?.keyCredentials == null) throw new Error('no application');
    application.keyCredentials = application.keyCredentials.slice(1);
    const before = recordOf(here);
    await expect(rotateBack(here.services.engine, 'Contoso archive', alone(here))).rejects.toMatchObject({ code: 'rotation.old-unusable' });
    expect(recordOf(here)).toEqual(before);
  });
});

it('the archive server’s key works until its own handover, and after it until it is removed', async () => {
  const here = await harness();
  await here.connect();
  const server = await serverKey(here);
  const works = () => tokenFault(here.services, recordOf(here), server.certificate, server.pem);
  await rotateAlone(here);
  expect(await works()).toBeNull();
  confirm(here);
  await rotateAlone(here);
  expect(await works()).toBeNull();
  await rotateAlone(here, { overlapDays: 0 });
  expect(await works()).toMatchObject({ code: 'token.key-not-found' });
});
