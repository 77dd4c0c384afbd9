import { recordOf } from './rotation-harness.ts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { confirmHandover, remove, restore } from '../../../main/registration/verbs/index.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { profileById } from '../../../main/servers/index.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { harness, tenantOf } from './harness.ts';

describe('custody external', () => {
  it('registers everything else, waits for the certificate, and is completed by the same command', async () => {
    const here = await harness();
    const waiting = await here.connect({ custody: 'external' });
    expect(waiting.credential).toMatchObject({ state: 'waiting-certificate', certificate: null, custody: 'external' });
    expect(waiting.credential.clientId).toMatch(/^[0-9a-f-]{36}$/);
    expect(waiting.proof?.ok).toBe(false);
    expect(await here.keychain.accounts()).toEqual([]);
    const { certificate } = await ours('MailStore');
    const done = await here.connect({ custody: 'external', certificate });
    expect(done.plan.map((each) => each.change)).toEqual(['add-key-credential']);
    expect(done.proof).toMatchObject({ ok: true, state: 'set-up' });
    expect(done.credential.certificate?.thumbprint).toBe(certificate.thumbprint);
    expect(done.proof?.checks.find((each) => each.check === 'token-graph')?.result).toBe('not-testable');
  });

  it('says without an administrator that nothing can be seen, and is confirmed by the administrator’s word', async () => {
    const here = await harness();
    const { certificate } = await ours('MailStore');
    await here.connect({ custody: 'external', certificate });
    const { proof: before } = recordOf(here);
    const alone = await verify(here.services.engine, 'Contoso archive', { signIn: false }, here.run());
    expect(before?.checks.some(({ result }) => result === 'passed')).toBe(true);
    expect(recordOf(here).proof).toEqual(before);
    expect(alone.proof?.checks.every((each) => each.result === 'not-testable')).toBe(true);
    expect(alone.proof?.state).toBe('set-up');
    expect(() => confirmHandover(here.services.engine, 'Contoso archive', 'A'.repeat(40))).toThrow(
      expect.objectContaining({ code: 'handover.other-thumbprint' }),
    );
    expect(confirmHandover(here.services.engine, 'Contoso archive', certificate.thumbprint.toLowerCase())).toMatchObject({
      state: 'confirmed',
      certificate: { thumbprint: certificate.thumbprint, handover: { profile: { id: 'mailstore-guide', version: 1 } } },
    });
    // A verification looks once: what is known everywhere by then.
    here.clock.pass(here.server.world.knobs.updates);
    const seen = await verify(here.services.engine, 'Contoso archive', { signIn: true }, here.run());
    expect(seen.proof).toMatchObject({ ok: true, state: 'confirmed' });
  });

  it('can be taken over from a key of ours, whose certificate stays until the handover', async () => {
    const here = await harness();
    await here.connect();
    const { certificate } = await ours('MailStore');
    const switched = await here.connect({ custody: 'external', certificate });
    expect(switched.credential).toMatchObject({ custody: 'external', certificate: { thumbprint: certificate.thumbprint } });
    expect(tenantOf(here).applications[0]?.keyCredentials).toHaveLength(2);
  });
});

describe('another profile for a stored credential', () => {
  it('adds what it needs and leaves what was granted', async () => {
    const here = await harness();
    await here.connect({ profile: profileById('directory-only') });
    const more = await here.connect({ profile: profileById('mailstore-graph') });
    expect(more.plan.map((each) => each.change)).toEqual(['require-permission', 'require-permission', 'grant-role', 'grant-role']);
    expect((await here.connect({ profile: null })).credential.profile).toBe('mailstore-graph');
  });
});

describe('consent', () => {
  it('that the signed-in administrator may not give is waited for, and completed by one who may', async () => {
    const here = await harness();
    const first = await here.connect({}, here.run(here.account('Cloud Application Administrator')));
    expect(first.credential.state).toBe('waiting-consent');
    expect(here.events).toContainEqual(expect.objectContaining({ kind: 'signed-in', mayConsent: false }));
    expect(here.events).toContainEqual(expect.objectContaining({ kind: 'change', outcome: 'refused' }));
    const alone = await verify(here.services.engine, 'Contoso archive', { signIn: false }, here.run());
    expect(alone.proof?.state).toBe('waiting-consent');
    const looked = await verify(
      here.services.engine,
      'Contoso archive',
      { signIn: true },
      here.run(here.account('Cloud Application Administrator')),
    );
    expect(looked.proof?.state).toBe('waiting-consent');
    const done = await here.connect({}, here.run(here.account('Privileged Role Administrator')));
    expect(done.proof?.ok).toBe(true);
  });
});

describe('an expired certificate of somebody else', () => {
  it('that makes Microsoft refuse the update is named, and goes only when accepted', async () => {
    const here = await harness();
    await here.connect({ name: 'first' });
    const [application] = tenantOf(here).applications;
    const [key] = application?.keyCredentials ?? [];
    if (application === undefined || key === undefined) throw new Error('no key');
    const expired = {
      ...key,
      ...JSON.parse(JSON.stringify({ key: Buffer.from((await ours('old')).certificate.der).toString('base64') })),
      keyId: '0d4f1f3e-9a67-4c53-8f5e-2a2f6a9a1b11',
      displayName: 'CN=old',
      startDateTime: '2024-01-01T00:00:00Z',
      endDateTime: '2025-01-01T00:00:00Z',
    };
    application.keyCredentials = [key, expired];
    const request = { name: 'adopted', clientId: application.appId, redirectUri: 'https://second.example.com/oidc/signin' };
    await expect(here.connect(request)).rejects.toMatchObject({
      code: 'registration.foreign-key-refused',
      params: { entries: `expired-key-credential:${expired.keyId}` },
    });
    expect(application.keyCredentials).toHaveLength(2);
    const done = await here.connect(request, here.run(undefined, { accepted: [`expired-key-credential:${expired.keyId}`] }));
    expect(done.plan).toContainEqual(expect.objectContaining({ change: 'remove-key-credential', removes: true }));
    expect(tenantOf(here).applications[0]?.keyCredentials?.map((each) => each.keyId)).not.toContain(expired.keyId);
    expect(tenantOf(here).applications[0]?.keyCredentials).toContainEqual(expect.objectContaining({ keyId: key.keyId }));
  });
});

describe('removing', () => {
  const removal = (here: { directory: string }) => ({
    credential: 'Contoso archive',
    purge: false,
    deleteRegistration: true,
    confirmName: 'Contoso archive',
    exportTo: join(here.directory, 'export.json'),
  });

  it('with the registration writes an export first, and restore brings application and service principal back', async () => {
    const here = await harness();
    await here.connect();
    await remove(here.services.engine, removal(here), here.run());
    expect(tenantOf(here).applications).toEqual([]);
    expect(tenantOf(here).deletedServicePrincipals).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(here.directory, 'export.json'), 'utf8'))).toMatchObject({
      application: { displayName: 'MailStore Server' },
    });
    const back = await restore(here.services.engine, 'Contoso archive', here.run());
    expect(back.proof?.ok).toBe(true);
    expect(tenantOf(here).applications).toHaveLength(1);
  });

  it('with the registration is asked for once, with what goes, and no is no', async () => {
    const here = await harness();
    await here.connect();
    const asked: unknown[] = [];
    const declining = { ...here.run(), confirm: (preview: unknown) => Promise.resolve(void asked.push(preview)).then(() => false) };
    await expect(remove(here.services.engine, removal(here), declining)).rejects.toMatchObject({ code: 'input.declined' });
    expect(asked).toMatchObject([
      { tenant: { displayName: 'Contoso' }, changes: [{ change: { change: 'delete-application' }, removes: true }] },
    ]);
    expect(tenantOf(here).applications).toHaveLength(1);
    expect(existsSync(join(here.directory, 'export.json'))).toBe(false);
    expect(here.services.engine.store.list()).toHaveLength(1);
  });

  it('with the registration stays so where its restoration ends before it wrote anything', async () => {
    const here = await harness();
    await here.connect();
    await remove(here.services.engine, removal(here), here.run());
    const bin = () => here.services.engine.store.list({ deleted: true }).map(({ deletedAt }) => deletedAt);
    const before = bin();
    expect(before).toHaveLength(1);
    await expect(
      restore(here.services.engine, 'Contoso archive', { ...here.run(), confirm: () => Promise.resolve(false) }),
    ).rejects.toMatchObject({ code: 'input.declined' });
    expect(bin()).toEqual(before);
    expect(here.services.engine.store.list()).toEqual([]);
    expect((await restore(here.services.engine, 'Contoso archive', here.run())).proof?.ok).toBe(true);
    // Restored, and deleted from the list alone: no registration is missed any more.
    await remove(here.services.engine, { ...removal(here), deleteRegistration: false }, here.run());
    const silent = { ...here.run(), openBrowser: () => Promise.reject(new Error('nobody signs in')) };
    expect((await restore(here.services.engine, 'Contoso archive', silent)).proof?.ok).toBe(true);
  });

  it('is refused for adopted applications, for other keys inside, and without the name', async () => {
    const here = await harness();
    await here.connect();
    await expect(remove(here.services.engine, { ...removal(here), confirmName: 'contoso archive' }, here.run())).rejects.toMatchObject({
      code: 'removal.name-not-confirmed',
    });
    const [application] = tenantOf(here).applications;
    await here.connect({ name: 'adopted', clientId: application?.appId ?? '' });
    await expect(
      remove(here.services.engine, { ...removal(here), credential: 'adopted', confirmName: 'adopted' }, here.run()),
    ).rejects.toMatchObject({ code: 'removal.adopted' });
    await expect(remove(here.services.engine, removal(here), here.run())).rejects.toMatchObject({ code: 'removal.foreign-keys' });
    expect(tenantOf(here).applications).toHaveLength(1);
  });

  it('of the credential alone keeps its key for 30 days', async () => {
    const here = await harness();
    await here.connect();
    await remove(here.services.engine, { ...removal(here), deleteRegistration: false }, here.run());
    expect(here.services.engine.store.list()).toEqual([]);
    expect(await here.keychain.accounts()).not.toEqual([]);
    expect((await restore(here.services.engine, 'Contoso archive', here.run())).proof?.ok).toBe(true);
    await remove(here.services.engine, { ...removal(here), deleteRegistration: false, purge: true }, here.run());
    expect(await here.keychain.accounts()).toEqual([]);
    expect(here.services.engine.store.list({ deleted: true })).toEqual([]);
  });
});

describe('what is written down', () => {
  it('holds no key, no token and no assertion', async () => {
    const here = await harness();
    await here.connect();
    await repair(
      here.services.engine,
      { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false },
      here.run(),
    );
    await here.services.close();
    const secrets = await Promise.all((await here.keychain.accounts()).map((account) => here.keychain.get(account)));
    const files = readdirSync(here.directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const text = readFileSync(join(file.parentPath, file.name), 'latin1');
      expect(text, file.name).not.toMatch(/eyJ[\w-]+\.eyJ/);
      expect(text, file.name).not.toContain('PRIVATE KEY');
      for (const secret of secrets) expect(text.includes((secret ?? '').slice(60, 200)), file.name).toBe(false);
    }
  });
});
