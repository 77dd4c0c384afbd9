import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CredentialRow, Input } from '../../preload/contract.ts';
import { startPracticeArchiveServer } from '../../main/practice/mailstore/index.ts';
import { desk, type Desk } from './desk.ts';

const redirectUri = 'https://mailstore.example.com:8462/oidc/signin';

const draft: Input<'setup:begin'>['draft'] = {
  id: null,
  name: 'Contoso',
  clientId: '',
  tenant: '',
  custody: 'external',
  fqdn: 'mailstore.example.com',
  port: '8462',
  userSignIn: true,
  server: 'mailstore-server',
  instance: '',
  profile: 'mailstore-guide',
  cloud: 'global',
};

async function value<T>(outcome: Promise<{ readonly ok: boolean; readonly value?: T; readonly fault?: unknown }>): Promise<T> {
  const answered = await outcome;
  if (!answered.ok) throw new Error(JSON.stringify(answered.fault));
  return answered.value as T;
}

const evidenceIn = ({ sheet }: CredentialRow) => Object.keys(sheet).filter((step) => sheet[step]?.by === 'evidence');

/** A window with a practice MailStore beside it, which it knows as “Archive”. */
async function withArchive(here: Desk, more: Partial<Input<'server:add'>> = {}) {
  const archive = await startPracticeArchiveServer({ kind: 'server', tenants: here.here.server.origin });
  onTestFinished(() => archive.close());
  const { url, user, password, sha256 } = archive.describe();
  const typed = { name: 'Archive', address: url, user, password, keepPassword: true, pin: null, ...more };
  const unknown = await value(here.request('server:add', typed));
  const added = await value(here.request('server:add', { ...typed, pin: sha256 }));
  if (!('server' in added)) throw new Error('the certificate was accepted');
  return { archive, unknown, server: added.server, console: archive.console(), password };
}

describe('a server', () => {
  it('is shown by its certificate first, kept once that is accepted, tested, changed and removed', async () => {
    const here = await desk();
    const { unknown, server, archive, password } = await withArchive(here);
    const { sha256, url } = archive.describe();
    expect(unknown).toMatchObject({ certificate: { host: '127.0.0.1', port: Number(new URL(url).port), sha256, expected: null } });
    expect(archive.calls.filter(({ authorized }) => !authorized).map((each) => each.function)).toEqual(['get-metadata']);
    expect(server).toMatchObject({ name: 'Archive', kind: 'server', address: url, sha256, password: 'kept' });
    expect(await value(here.request('server:list', null))).toEqual({ servers: [server], forbidden: false, keepsPasswords: true });
    await archive.swapCertificate();
    const changed = await value(here.request('server:test', { id: server.id }));
    expect(changed).toMatchObject({ certificate: { expected: sha256, sha256: archive.describe().sha256 } });
    const again = await value(here.request('server:set', { id: server.id, name: 'Archiv', pin: archive.describe().sha256 }));
    expect(again).toMatchObject({ server: { name: 'Archiv', sha256: archive.describe().sha256 } });
    expect(JSON.stringify(here.emitted)).not.toContain(password);
    expect(await value(here.request('server:show', { id: server.id, instance: null }))).toMatchObject({
      archives: [{ instance: null, credentials: [], redirectUri: null, lastRun: null }],
    });
    await value(here.request('server:remove', { id: server.id }));
    expect(await value(here.request('server:list', null))).toMatchObject({ servers: [] });
  });

  it('whose password is not to be kept is asked for it in each session', async () => {
    const here = await desk();
    const { server, console, password } = await withArchive(here, { keepPassword: false });
    expect(server.password).toBe('session');
    expect([...(await here.here.services.keychain.accounts())].filter((account) => account.startsWith('server/'))).toEqual([]);
    expect(await here.request('server:test', { id: server.id })).toMatchObject({ ok: true });
    const wrong = await here.request('server:password', { id: server.id, password: `${password}!` });
    expect(wrong).toMatchObject({ ok: false, fault: { code: 'server.login-refused' } });
    expect(await here.request('server:password', { id: server.id, password })).toMatchObject({
      ok: true,
      value: { server: { password: 'session' } },
    });
    expect(console).toBeDefined();
  });
});

it('of an SPE is shown by one instance, or by each', async () => {
  const here = await desk();
  const archive = await startPracticeArchiveServer({ kind: 'spe', tenants: here.here.server.origin, instances: ['alpha', 'beta'] });
  onTestFinished(() => archive.close());
  await archive.console('beta').createCredential({ name: 'Beta', clientId: randomUUID(), tenantId: randomUUID() });
  archive.instance('alpha').status = 'stopped';
  const { url, user, password, sha256 } = archive.describe();
  const typed = { name: 'Hosting', address: url, user, password, keepPassword: true, pin: sha256 };
  const added = await value(here.request('server:add', typed));
  if (!('server' in added)) throw new Error('the certificate was accepted');
  const show = (instance: string | null) => here.request('server:show', { id: added.server.id, instance });
  expect(await value(show('BETA'))).toMatchObject({ archives: [{ instance: 'beta', credentials: [{ name: 'Beta', credential: null }] }] });
  expect(await show('alpha')).toMatchObject({ ok: false, fault: { code: 'server.instance-stopped' } });
  expect(await value(show(null))).toMatchObject({
    archives: [{ instance: 'alpha', fault: { code: 'server.instance-stopped' } }, { instance: 'beta' }],
  });
});

describe('the sheet of a credential in a server', () => {
  it('ticks itself by what MailStore shows, to the handover that nobody had to confirm', async () => {
    const here = await desk();
    const { server, console, archive } = await withArchive(here);
    const [ended] = (await here.setUp({ draft, certificate: null })).slice(-1);
    if (ended?.kind !== 'ended') throw new Error(JSON.stringify(ended));
    const { id, clientId, tenantId } = ended.report.credential;
    const linked = await value(here.request('server:link', { credential: id, server: server.id, instance: null }));
    expect(linked.inServer).toEqual({ id: server.id, name: 'Archive', instance: null });
    const ask = () => value(here.request('server:ask', { credential: id }));
    expect(evidenceIn((await ask()).credential)).toEqual([]);

    const held = await console.createCredential({ name: 'Contoso', clientId: clientId ?? '', tenantId });
    const made = await ask();
    expect(made).toMatchObject({ made: { first: true }, wouldSwitchDirectory: true, fault: null });
    expect(evidenceIn(made.credential)).toEqual(['credential']);
    const path = join(here.here.directory, 'mailstore.cer');
    writeFileSync(path, console.downloadCertificate(held));
    here.paths.push(path);
    const chosen = await value(here.request('certificate:choose', null));
    expect(chosen?.facts.thumbprint).toBe(made.made?.thumbprint);
    await here.setUp({ draft: { ...draft, id, clientId: clientId ?? '', tenant: tenantId }, certificate: chosen?.certificate ?? null });
    console.selectInDirectoryServices(held, { redirectUrl: `${redirectUri}/` });
    const wrong = await ask();
    expect(wrong.checks.find(({ check }) => check === 'server-redirect-uri')).toMatchObject({ result: 'failed' });
    expect(evidenceIn(wrong.credential).toSorted()).toEqual(['certificate', 'credential', 'selected']);
    console.selectInDirectoryServices(held, { redirectUrl: redirectUri });
    const profile = console.createProfile({ name: 'M365', mailbox: 'test.mailbox@contoso.example', credentialId: held });
    expect((await ask()).wouldSwitchDirectory).toBe(false);
    await console.runProfile(profile);
    const proven = (await ask()).credential;
    expect(evidenceIn(proven).toSorted()).toEqual(['certificate', 'credential', 'redirect-uri', 'selected', 'test']);
    expect(proven).toMatchObject({
      state: 'proven',
      handover: { word: 'server', by: 'Archive', server: { name: 'Archive', archived: { items: 12 } } },
    });
    const { history } = await value(here.request('credential:read', { id }));
    expect(history.filter(({ change }) => change === 'server-handover')).toHaveLength(1);
    const { version } = here.here.services.engine.store.find(id);
    await ask();
    expect(here.here.services.engine.store.find(id).version).toBe(version);
    const confirmed = await value(here.request('handover:confirm', { id, thumbprint: here.current(id) }));
    expect(confirmed.handover).toMatchObject({ word: 'administrator', server: { archived: { items: 12 } } });
    expect((await value(here.request('server:unlink', { credential: id }))).inServer).toBeUndefined();
    expect(await here.request('server:ask', { credential: id })).toMatchObject({ ok: false, fault: { code: 'server.not-linked' } });
    expect(archive.calls.filter((each) => /^(Set|Create|Delete|Run)/.test(each.function))).toEqual([]);
  });

  it('knows the credential by its ids, whatever it is called, and which of two with the same ones counts', async () => {
    const here = await desk();
    const { server, console } = await withArchive(here);
    const [ended] = (await here.setUp({ draft, certificate: null })).slice(-1);
    if (ended?.kind !== 'ended') throw new Error(JSON.stringify(ended));
    const { id, clientId, tenantId } = ended.report.credential;
    await value(here.request('server:link', { credential: id, server: server.id, instance: null }));
    const entry = { name: 'Contoso', clientId: clientId ?? '', tenantId };
    const first = await console.createCredential(entry);
    const found = async () => (await value(here.request('server:ask', { credential: id }))).checks[0];
    expect(await found()).toMatchObject({ check: 'server-credential', result: 'passed' });
    console.editCredential(first, { name: 'Renamed' });
    expect(await found()).toMatchObject({ result: 'passed', evidence: expect.stringContaining('Renamed') });
    const second = await console.createCredential(entry);
    expect(await found()).toMatchObject({ evidence: expect.stringContaining('2 credentials') });
    console.selectInDirectoryServices(second, { redirectUrl: redirectUri });
    expect(await found()).toMatchObject({ result: 'passed' });
  });

  it('says why the server says nothing, and takes no tick back', async () => {
    const here = await desk();
    const { server, console, archive } = await withArchive(here);
    const [ended] = (await here.setUp({ draft, certificate: null })).slice(-1);
    if (ended?.kind !== 'ended') throw new Error(JSON.stringify(ended));
    const { id, clientId, tenantId } = ended.report.credential;
    await value(here.request('server:link', { credential: id, server: server.id, instance: null }));
    const held = await console.createCredential({ name: 'Contoso', clientId: clientId ?? '', tenantId });
    await value(here.request('server:ask', { credential: id }));
    const users = await value(here.request('server:test-users', { credential: id }));
    expect(users).toMatchObject({ check: { check: 'user-synchronisation', result: 'not-testable' }, answer: null });
    console.selectInDirectoryServices(held, { redirectUrl: redirectUri, deleteUsers: true });
    expect((await value(here.request('server:test-users', { credential: id }))).check.evidence).toContain('delete users');
    expect(archive.calls.filter((each) => each.function.startsWith('Sync'))).toEqual([]);
    console.selectInDirectoryServices(held, { redirectUrl: redirectUri });
    // The certificate is not published.
    expect((await value(here.request('server:test-users', { credential: id }))).check).toMatchObject({ result: 'failed' });
    await archive.close();
    const away = await value(here.request('server:ask', { credential: id }));
    expect(away).toMatchObject({ checks: [], fault: { code: 'server.unreachable' } });
    expect(evidenceIn(away.credential)).toEqual(['credential']);
  });
});
