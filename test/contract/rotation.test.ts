import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CredentialRow } from '../../preload/contract.ts';
import { toCer } from '../../main/certificates/index.ts';
import { ours } from '../unit/certificates/samples.ts';
import { desk, draft, follow, type Desk } from './desk.ts';

async function ready(custody: 'keyring' | 'external' = 'keyring') {
  const here = await desk();
  const chosen = async () => {
    const { certificate } = await ours('MailStore');
    const path = join(here.here.directory, `${certificate.thumbprint}.cer`);
    writeFileSync(path, toCer(certificate));
    here.paths.push(path);
    const kept = await here.request('certificate:choose', null);
    if (!kept.ok || kept.value === null) throw new Error('not chosen');
    return { certificate: kept.value.certificate, thumbprint: certificate.thumbprint };
  };
  const first = custody === 'external' ? await chosen() : null;
  const ended = (await here.setUp({ draft: { ...draft, custody }, certificate: first?.certificate ?? null })).at(-1);
  if (ended?.kind !== 'ended') throw new Error('not set up');
  const { id } = ended.report.credential;
  const row = async (): Promise<CredentialRow> => {
    const listed = await here.request('credentials:list', { deleted: false });
    const found = listed.ok ? listed.value.find((each) => each.id === id) : undefined;
    if (found === undefined) throw new Error('not listed');
    return found;
  };
  const keys = () => here.here.server.world.state.tenants[0]?.applications[0]?.keyCredentials ?? [];
  return { here, id, row, keys, chosen };
}

const begin =
  (here: Desk, id: string, overlapDays = '0') =>
  () =>
    here.request('rotation:begin', { id, overlapDays });

describe('a rotation', () => {
  it('with our key goes from beside the old one over the handover to its removal', async () => {
    const { here, id, row, keys } = await ready();
    const old = (await row()).certificate?.thumbprint ?? '';
    expect((await row()).rotation).toBeNull();
    const seen = await follow(here, begin(here, id));
    expect(seen.find(({ kind }) => kind === 'preview')).toMatchObject({ plan: [{ change: 'add-key-credential', removes: false }] });
    expect(seen.at(-1)).toMatchObject({
      kind: 'ended',
      report: { credential: { id, rotation: { next: 'handover', canRollBack: true, from: { thumbprint: old } } }, proof: { ok: true } },
    });
    expect(keys()).toHaveLength(2);
    expect((await row()).rotation?.timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven']);

    expect(await here.request('handover:confirm', { id, thumbprint: here.current(id) })).toMatchObject({
      ok: true,
      value: { rotation: { next: 'remove' } },
    });
    const removed = await follow(here, begin(here, id, ''));
    expect(removed.find(({ kind }) => kind === 'preview')).toMatchObject({ plan: [{ change: 'remove-key-credential', removes: true }] });
    expect(await row()).toMatchObject({ rotation: { next: 'nothing', canRollBack: false } });
    expect(keys()).toHaveLength(1);
  });

  it('to a certificate that a policy shortens says so in the plan and at the end', async () => {
    const { here, id, keys } = await ready();
    const [application] = here.here.server.world.state.tenants[0]?.applications ?? [];
    const policies = here.here.server.world.state.tenants[0]?.applicationPolicies ?? {};
    policies[application?.id ?? ''] = {
      id: 'p',
      displayName: 'Archive only',
      isEnabled: true,
      applicationRestrictions: { keyCredentials: [{ restrictionType: 'asymmetricKeyLifetime', state: 'enabled', maxLifetime: 'P100D' }] },
    };
    const seen = await follow(here, begin(here, id));
    const findings = [
      expect.objectContaining({
        finding: 'lifetime-clamped',
        acceptable: false,
        text: expect.stringContaining('“Archive only” (p) allows certificates of at most 100 days') as unknown,
      }),
    ];
    expect(seen.find(({ kind }) => kind === 'preview')).toMatchObject({ findings });
    expect(seen.at(-1)).toMatchObject({ kind: 'ended', report: { findings: expect.arrayContaining(findings) as unknown } });
    expect(keys()).toHaveLength(2);
  });

  it('stays with both certificates for the overlap', async () => {
    const { here, id, row } = await ready();
    await follow(here, begin(here, id, '7'));
    expect(await here.request('handover:confirm', { id, thumbprint: here.current(id) })).toMatchObject({
      ok: true,
      value: { rotation: { next: 'wait', overlapDays: 7 } },
    });
    const until = Date.parse((await row()).rotation?.removableFrom ?? '') - here.here.services.engine.clock.now().getTime();
    expect(until / 86_400_000).toBeCloseTo(7, 1);
  });

  it('is rolled back without a sign-in, and the new certificate stays until the handover of the old one', async () => {
    const { here, id, row, keys } = await ready();
    const old = (await row()).certificate?.thumbprint;
    await follow(here, begin(here, id));
    expect(await here.request('rotation:roll-back', { id })).toMatchObject({
      ok: true,
      value: { credential: { certificate: { thumbprint: old }, rotation: { canRollBack: false } }, proof: { ok: true } },
    });
    expect(keys()).toHaveLength(2);
    expect(await here.request('rotation:roll-back', { id })).toMatchObject({ ok: false, fault: { code: 'rotation.nothing-to-roll-back' } });
  });

  it('needs no handover where no other software uses the key', async () => {
    const { here, id } = await ready();
    await follow(here, begin(here, id));
    expect(await here.request('handover:used-here-only', { id })).toMatchObject({
      ok: true,
      value: { usedHereOnly: true, rotation: { next: 'remove' } },
    });
  });

  it('makes the new certificate live as long as was asked for, and refuses what is no validity before anybody signs in', async () => {
    const { here, id, row, keys } = await ready();
    const rotation = (lifetime: string) => () => here.request('rotation:begin', { id, overlapDays: '0', lifetime });
    expect(await rotation('soon')()).toMatchObject({ ok: false, fault: { code: expect.stringMatching(/^input\./) } });
    expect(keys()).toHaveLength(1);
    await follow(here, rotation('6'));
    const certificate = (await row()).certificate;
    const days = (Date.parse(certificate?.notAfter ?? '') - Date.parse(certificate?.notBefore ?? '')) / 86_400_000;
    expect(days).toBeGreaterThan(178);
    expect(days).toBeLessThan(186);
  });

  it.each(['-1', '1.5', 'seven', '99999', '3651'])(
    'with an overlap of “%s” days is refused before anybody signs in',
    async (overlapDays) => {
      const { here, id, keys } = await ready();
      expect(await here.request('rotation:begin', { id, overlapDays })).toMatchObject({
        ok: false,
        fault: { code: 'rotation.overlap-invalid' },
      });
      expect(keys()).toHaveLength(1);
    },
  );

  it('with MailStore’s key signs in first, and publishes what MailStore then makes beside the old one', async () => {
    const { here, id, row, keys, chosen } = await ready('external');
    const old = (await row()).certificate?.thumbprint;
    let thumbprint = '';
    const seen = await follow(here, begin(here, id), true, (step, run) => {
      if (step.kind !== 'certificate-wanted') return;
      void chosen().then((made) => {
        ({ thumbprint } = made);
        return here.request('rotation:certificate', { run, certificate: made.certificate });
      });
    });
    expect(seen.map(({ kind }) => kind).filter((kind) => kind !== 'line')).toEqual(['signed-in', 'certificate-wanted', 'preview', 'ended']);
    expect(await row()).toMatchObject({
      certificate: { thumbprint },
      rotation: { next: 'handover', canRollBack: false, from: { thumbprint: old } },
    });
    expect(keys()).toHaveLength(2);
  });

  it('with the certificate that is already there is refused before it is published, and cancelled while one is waited for', async () => {
    const { here, id, row, keys } = await ready('external');
    const same = join(here.here.directory, `${(await row()).certificate?.thumbprint ?? ''}.cer`);
    const give = async (run: string) => {
      here.paths.push(same);
      const kept = await here.request('certificate:choose', null);
      if (kept.ok && kept.value !== null) await here.request('rotation:certificate', { run, certificate: kept.value.certificate });
    };
    const seen = await follow(here, begin(here, id), true, (step, run) => {
      if (step.kind !== 'certificate-wanted') return;
      void give(run);
    });
    expect(seen.at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'import.already-there' } });
    const cancelled = await follow(here, begin(here, id), true, (step, run) => {
      if (step.kind === 'certificate-wanted') void here.request('run:cancel', { run });
    });
    expect(cancelled.at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'interrupted' } });
    expect(keys()).toHaveLength(1);
    expect((await row()).rotation).toBeNull();
  });
});
