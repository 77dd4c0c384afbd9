import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compareKeys, forgetUnneeded } from '../../../main/credential/keys/index.ts';
import { profileById } from '../../../main/servers/index.ts';
import { confirmHandover } from '../../../main/registration/verbs/index.ts';
import { connect } from '../../../main/registration/verbs/connect.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { defaults, harness, tenantOf, type Harness } from './harness.ts';
import { alone, publishedIn, recordOf, rotateAlone, unattended } from './rotation-harness.ts';

const mend = (here: Harness, accepted: readonly string[] = [], planOnly = false) =>
  repair(
    here.services.engine,
    { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly },
    here.run(undefined, { accepted }),
  );

const keysIn = (here: Harness) => tenantOf(here).applications[0]?.keyCredentials ?? [];

describe('a published certificate whose key is in the keychain', () => {
  it('is ours where an older store does not know it: not foreign, not deletable, and its key is needed', async () => {
    const here = await harness();
    await here.connect();
    const older = recordOf(here);
    await rotateAlone(here);
    const newest = recordOf(here).certificate;
    const entry = keysIn(here)[1];
    // What a restored backup brings back, with a trail that ends earlier too.
    const { certificate, earlierCertificates, rotation, proof, state } = older;
    here.services.engine.store.change(older.id, () => ({ certificate, earlierCertificates, rotation, proof, state }));
    // Even ended it is not offered for removal.
    Object.assign(entry ?? {}, { startDateTime: '2024-01-01T00:00:00Z', endDateTime: '2026-01-01T00:00:00Z' });
    const ids = [`expired-key-credential:${entry?.keyId ?? ''}`, `leftover-key-credential:${entry?.keyId ?? ''}`];
    const done = await mend(here, ids);
    expect(done.plan).toEqual([]);
    expect(done.findings.filter(({ finding }) => finding.endsWith('key-credential'))).toMatchObject([
      { finding: 'own-key-credential', acceptable: false },
    ]);
    const seen = await verify(here.services.engine, 'Contoso archive', { signIn: true }, here.run());
    expect(seen.findings.map(({ finding }) => finding)).toContain('own-key-credential');
    const key = { credentialId: older.id, thumbprint: newest?.thumbprint ?? '' };
    await expect(compareKeys(here.services.engine)).resolves.toMatchObject({ unneeded: [] });
    await expect(forgetUnneeded(here.services.engine, [key])).resolves.toEqual({ forgotten: [], kept: [key] });
    expect(publishedIn(here)).toContain(newest?.thumbprint);
  });

  it('of another credential of the list, in the same application, is not foreign either', async () => {
    const here = await harness();
    await here.connect();
    const { engine } = here.services;
    const other = { ...defaults, name: 'Second archive', clientId: recordOf(here).clientId };
    await connect(engine, other, here.run());
    const findings = (await mend(here)).findings.filter(({ finding }) => finding.endsWith('key-credential'));
    expect(findings).toMatchObject([{ finding: 'own-key-credential' }]);
    expect(findings[0]?.text).toContain('for another credential');
  });
});

describe('a certificate that stands in the application twice', () => {
  const uploadAgain = (here: Harness) => {
    const [application] = tenantOf(here).applications;
    const [entry] = keysIn(here);
    if (application === undefined || entry === undefined) throw new Error('no entry');
    // The one that was uploaded by hand comes first.
    application.keyCredentials = [{ ...entry, keyId: randomUUID() }, ...keysIn(here)];
  };

  it.each([true, false])('is healed: the entry that is not stored here goes (own keys get a token: %s)', async (own) => {
    const here = await harness();
    await here.connect();
    const { certificate } = recordOf(here);
    uploadAgain(here);
    expect((await verify(here.services.engine, 'Contoso archive', { signIn: true }, here.run())).proof?.ok).toBe(false);
    if (!own) for (const { keyId } of keysIn(here)) here.server.world.state.inTokensAt[`key:${keyId}`] = Number.MAX_SAFE_INTEGER;
    const done = await mend(here);
    expect(done.plan).toMatchObject([{ change: 'remove-key-credential', removes: true }]);
    expect(done.plan[0]?.reason).toContain('second key credential');
    expect(keysIn(here).map(({ keyId }) => keyId)).toEqual([certificate?.keyId]);
    expect(recordOf(here).certificate).toMatchObject({ thumbprint: certificate?.thumbprint, keyId: certificate?.keyId });
  });

  it('is healed by an unattended rotation as well', async () => {
    const here = await harness();
    await here.connect();
    const { certificate } = recordOf(here);
    await rotateAlone(here);
    confirmHandover(here.services.engine, 'Contoso archive', recordOf(here).certificate?.thumbprint);
    const [application] = tenantOf(here).applications;
    const current = keysIn(here)[1];
    if (application !== undefined && current !== undefined)
      application.keyCredentials = [...keysIn(here), { ...current, keyId: randomUUID() }];
    await rotateAlone(here, { overlapDays: 0 });
    expect(publishedIn(here)).toEqual([recordOf(here).certificate?.thumbprint]);
    expect(publishedIn(here)).not.toContain(certificate?.thumbprint);
  });
});

it('a permission outside the profile is told by its name, with a warning where a server that was handed over may need it', async () => {
  const here = await harness();
  await here.connect();
  confirmHandover(here.services.engine, 'Contoso archive', recordOf(here).certificate?.thumbprint);
  await here.connect({ profile: profileById('mailstore-graph') });
  const finding = (await mend(here, [], true)).findings.find((each) => each.finding === 'foreign-grant');
  expect(finding?.text).toContain('full_access_as_app of Office 365 Exchange Online');
  expect(finding?.text).toContain('mailstore-guide');
  const done = await mend(here, [finding?.id ?? '']);
  expect(done.plan).toMatchObject([
    { change: 'revoke-role', reason: 'Revoke the permission full_access_as_app of Office 365 Exchange Online' },
  ]);
});

describe('small things of the first connect', () => {
  it('names the application to Microsoft by its id, also while reads do not show it yet', async () => {
    const here = await harness({ knobs: { replication: 30_000 } });
    const { engine } = here.services;
    const bodies: unknown[] = [];
    here.server.faultOn(({ method, path, body }) => {
      if (method === 'POST' && path.endsWith('/servicePrincipals')) bodies.push(Reflect.get(Object(body), 'appId'));
      return false;
    }, 'slow');
    await connect(engine, defaults, here.run());
    expect(bodies.length).toBeGreaterThan(1);
    expect(new Set(bodies)).toEqual(new Set([recordOf(here).clientId]));
  });

  it('cuts no character of a key name in half', async () => {
    const name = `${'😀'.repeat(29)}ab${'😀'.repeat(29)}`;
    const here = await harness();
    await here.connect({ name: 'Contoso archive', appName: name });
    const [application] = tenantOf(here).applications;
    const shown = String(keysIn(here)[0]?.displayName);
    expect(application?.displayName).toBe(name);
    expect(shown.isWellFormed()).toBe(true);
    expect(shown.length).toBeLessThanOrEqual(90);
    expect(`CN=${name}`.startsWith(shown)).toBe(true);
    expect([...new Intl.Segmenter('en').segment(`CN=${name}`)].map(({ index }) => index).concat(`CN=${name}`.length)).toContain(
      shown.length,
    );
    await rotate(here.services.engine, unattended, alone(here));
    expect(publishedIn(here)).toHaveLength(2);
  });
});
