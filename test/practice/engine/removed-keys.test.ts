import { describe, expect, it } from 'vitest';
import { rotationText } from '../../../main/cli/rotation-text.ts';
import { confirmHandover } from '../../../main/registration/verbs/index.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { rotate, rotateBack } from '../../../main/registration/verbs/rotate.ts';
import { harness, tenantOf, type Harness } from './harness.ts';
import { alone, blindProfile, publishedIn, recordOf, rotateAlone, serverKey, states, tokenFault, unattended } from './rotation-harness.ts';

const confirm = (here: Harness) => confirmHandover(here.services.engine, 'Contoso archive', recordOf(here).certificate?.thumbprint);
const kept = async ({ keychain }: Harness, thumbprint: string) =>
  (await keychain.accounts()).some((account) => account.includes(thumbprint));

function keysIn(here: Harness) {
  const [application] = tenantOf(here).applications;
  if (application?.keyCredentials == null) throw new Error('no application');
  return application.keyCredentials;
}

/** Microsoft’s token servers know a removed key for a while longer: they see it, and Microsoft Graph does not. */
function stillAccepted(here: Harness, thumbprint: string): { readonly end: () => void } {
  let over = false;
  const entry = keysIn(here).find(({ customKeyIdentifier }) => customKeyIdentifier === thumbprint);
  if (entry === undefined) throw new Error('no such entry');
  let removed = false;
  here.server.faultOn(({ path }) => {
    const [application] = tenantOf(here).applications;
    if (application === undefined) return false;
    const rest = keysIn(here).filter(({ keyId }) => keyId !== entry.keyId);
    const isToken = path.endsWith('/token');
    if (!removed) removed = rest.length === keysIn(here).length;
    else application.keyCredentials = isToken && !over ? [...rest, entry] : rest;
    return false;
  }, 'slow');
  return { end: () => void (over = true) };
}

describe.each([
  { unattended: true, profile: undefined },
  { unattended: true, profile: blindProfile },
  { unattended: false, profile: undefined },
])('a removed key that Microsoft still accepts (unattended: $unattended, profile: $profile.id)', ({ unattended: alonely, profile }) => {
  it('is not called removed, keeps its key here, and is finished by a later run', async () => {
    const here = await harness();
    await here.connect(profile === undefined ? {} : { profile });
    const old = await serverKey(here);
    await rotateAlone(here);
    confirm(here);
    const accepted = stillAccepted(here, old.certificate.thumbprint);
    const again = () =>
      rotate(here.services.engine, { ...unattended, unattended: alonely, overlapDays: 0 }, alonely ? alone(here) : here.run());
    const first = await again();
    expect(first.timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven', 'handed-over', 'removing']);
    expect(recordOf(here).earlierCertificates.map(({ thumbprint }) => thumbprint)).toEqual([old.certificate.thumbprint]);
    expect(await kept(here, old.certificate.thumbprint)).toBe(true);
    expect(rotationText(recordOf(here), here.services.engine.texts)).toContain('Microsoft still accepts');
    await expect(rotateBack(here.services.engine, 'Contoso archive', alone(here))).rejects.toMatchObject({
      code: 'rotation.nothing-to-roll-back',
    });
    accepted.end();
    const last = await again();
    expect(last.plan).toEqual([]);
    expect(last.timeline.map(({ state }) => state).slice(-2)).toEqual(['removing', 'old-removed']);
    expect(recordOf(here).earlierCertificates).toEqual([]);
    expect(await kept(here, old.certificate.thumbprint)).toBe(false);
    expect(await tokenFault(here.services, recordOf(here), old.certificate, old.pem)).toMatchObject({ code: 'token.key-not-found' });
  });
});

describe('a key credential that the tenant knows by another keyId', () => {
  const renamed = '99999999-9999-4999-8999-999999999999';
  const rename = (here: Harness) => {
    const [application] = tenantOf(here).applications;
    if (application !== undefined) application.keyCredentials = keysIn(here).map((entry) => ({ ...entry, keyId: renamed }));
  };

  it('is not taken for removed where Microsoft finds nothing under ours, and an administrator’s run finishes', async () => {
    const here = await harness();
    await here.connect({ profile: blindProfile });
    const old = await serverKey(here);
    rename(here);
    await rotateAlone(here);
    confirm(here);
    const done = await rotateAlone(here, { overlapDays: 0 });
    expect(done.plan).toEqual([]);
    expect(states(recordOf(here))).toEqual(['created', 'published', 'proven', 'handed-over']);
    expect(publishedIn(here)).toContain(old.certificate.thumbprint);
    expect(recordOf(here).earlierCertificates).toMatchObject([{ thumbprint: old.certificate.thumbprint, keyId: null }]);
    expect(await kept(here, old.certificate.thumbprint)).toBe(true);
    expect(rotationText(recordOf(here), here.services.engine.texts)).toContain('without --unattended');
    await rotate(here.services.engine, { ...unattended, unattended: false, overlapDays: 0 }, here.run());
    expect(states(recordOf(here)).at(-1)).toBe('old-removed');
    expect(publishedIn(here)).toEqual([recordOf(here).certificate?.thumbprint]);
  });

  it('is removed by that one, once a look at the application has told it', async () => {
    const here = await harness();
    await here.connect({ profile: blindProfile });
    rename(here);
    await here.connect({ profile: blindProfile });
    expect(recordOf(here).certificate?.keyId).toBe(renamed);
    await rotateAlone(here);
    confirm(here);
    await rotateAlone(here, { overlapDays: 0 });
    expect(states(recordOf(here)).at(-1)).toBe('old-removed');
    expect(publishedIn(here)).toEqual([recordOf(here).certificate?.thumbprint]);
  });
});

it('a leftover that was ticked keeps its key here until Microsoft refuses it', async () => {
  const here = await harness();
  await here.connect();
  const old = await serverKey(here);
  await rotateAlone(here);
  confirm(here);
  const earlier = (at: string) => new Date(Date.parse(at) - 8 * 86_400_000).toISOString();
  here.services.engine.store.change(recordOf(here).id, ({ certificate, rotation }) => ({
    certificate: certificate && {
      ...certificate,
      handover: certificate.handover && { ...certificate.handover, confirmedAt: earlier(certificate.handover.confirmedAt) },
    },
    rotation: rotation && { ...rotation, timeline: rotation.timeline.map((step) => ({ ...step, at: earlier(step.at) })) },
  }));
  const ticked = `leftover-key-credential:${keysIn(here)[0]?.keyId ?? ''}`;
  const accepted = stillAccepted(here, old.certificate.thumbprint);
  const mend = () =>
    repair(
      here.services.engine,
      { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false },
      here.run(undefined, { accepted: [ticked] }),
    );
  expect((await mend()).plan).toMatchObject([{ change: 'remove-key-credential' }]);
  expect(await kept(here, old.certificate.thumbprint)).toBe(true);
  accepted.end();
  expect((await mend()).plan).toEqual([]);
  expect(recordOf(here).earlierCertificates).toEqual([]);
  expect(await kept(here, old.certificate.thumbprint)).toBe(false);
});
