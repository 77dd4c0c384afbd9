import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startPracticeArchiveServer, type Console, type PracticeArchiveServer } from '../../../main/practice/mailstore/index.ts';
import { connectArgs, workplace, type Document } from './command-line.ts';

const place = workplace();
const redirectUri = 'https://mailstore.example.com:8462/oidc/signin';
const external = (name: string, ...more: string[]) =>
  connectArgs(name, '--custody', 'external', ...more).filter((arg) => arg !== '--key-size' && arg !== '2048');

interface Checked {
  readonly code: number | null;
  readonly state: unknown;
  /** Result and code of each check of the server. */
  readonly checks: Record<string, string>;
  readonly document: Document;
}

function checkedOf({ code, document }: { readonly code: number | null; readonly document: Document }): Checked {
  const proof = document['proof'] as { readonly state: string; readonly checks: readonly Record<string, string>[] };
  const named = proof.checks.filter(({ check }) => check?.startsWith('server-'));
  return {
    code,
    document,
    state: proof.state,
    checks: Object.fromEntries(named.map((each) => [each['check'] ?? '', `${each['result']} ${each['code']?.replace(/^check\./, '')}`])),
  };
}

interface Linked {
  readonly data: string;
  readonly archive: PracticeArchiveServer;
  readonly console: Console;
  readonly verify: () => Promise<Checked>;
  readonly json: (...args: string[]) => Promise<Checked>;
}

/** A practice MailStore that this data directory knows as “Archive”. */
async function linked(data: string, kind: 'server' | 'spe' = 'server'): Promise<Linked> {
  const archive = await startPracticeArchiveServer({ kind, tenants: place().server.origin, instances: ['contoso'] });
  onTestFinished(() => archive.close());
  const { url, user, password, sha256 } = archive.describe();
  const file = join(place().folder, `${data}-password`);
  writeFileSync(file, password);
  await place().cli(data, 'server', 'add', 'Archive', '--address', url, '--user', user, '--password-file', file, '--pin', sha256);
  const json: Linked['json'] = async (...args) => checkedOf(await place().json(data, ...args));
  return {
    data,
    archive,
    json,
    console: archive.console(kind === 'server' ? '' : 'contoso'),
    verify: () => json('verify', data),
  };
}

const idsOf = ({ document }: Checked) => document['credential'] as { readonly clientId: string; readonly tenantId: string };

/** G4–G9 and G16 by hand in MailStore, and its certificate on disk. */
async function created({ console, data }: Linked, registered: Checked): Promise<{ readonly id: number; readonly cer: string }> {
  const { clientId, tenantId } = idsOf(registered);
  const id = await console.createCredential({ name: 'Contoso', clientId, tenantId });
  const cer = join(place().folder, `${data}.cer`);
  writeFileSync(cer, console.downloadCertificate(id));
  return { id, cer };
}

const mailbox = 'test.mailbox@contoso.example';

describe.each(['server', 'spe'] as const)('with the key of a %s', (kind) => {
  it('the whole guide, both halves: until it is proven that it archived', async () => {
    const here = await linked(`journey-${kind}`, kind);
    const where = kind === 'server' ? ['--mailstore', 'Archive'] : ['--mailstore', 'archive', '--instance', 'contoso'];
    const uri = kind === 'server' ? redirectUri : 'https://mailstore.example.com/contoso/oidc/signin';
    const registered = await here.json(...external(here.data, ...where));
    expect(registered).toMatchObject({
      code: 10,
      state: 'waiting-certificate',
      checks: { 'server-credential': 'not-testable server-credential.not-yet' },
    });
    const { id, cer } = await created(here, registered);
    expect((await here.verify()).checks).toMatchObject({
      'server-credential': 'passed server-credential.passed',
      'server-certificate': 'not-testable server-certificate.waiting',
    });
    const published = await here.json(...external(here.data, ...where, '--certificate', cer));
    expect(published.checks).toEqual({
      'server-credential': 'passed server-credential.passed',
      'server-certificate': 'passed server-certificate.passed',
      'server-selected': 'failed server-selected.other-type',
      'server-redirect-uri': 'failed server-redirect-uri.none',
      'server-archiving': 'not-testable server-archiving.no-profile',
    });
    expect(published.code).toBe(5);
    here.console.selectInDirectoryServices(id, { redirectUrl: `${uri}/` });
    const profile = here.console.createProfile({ name: 'M365', mailbox, credentialId: id });
    expect((await here.verify()).checks).toMatchObject({
      'server-selected': 'passed server-selected.passed',
      'server-redirect-uri': 'failed server-redirect-uri.other',
      'server-archiving': 'not-testable server-archiving.no-run',
    });
    here.console.selectInDirectoryServices(id, { redirectUrl: uri });
    expect(await here.verify()).toMatchObject({ checks: { 'server-redirect-uri': 'passed server-redirect-uri.passed' } });
    await here.console.runProfile(profile);
    const proven = await here.verify();
    expect(proven).toMatchObject({ code: 0, state: 'proven', checks: { 'server-archiving': 'passed server-archiving.passed' } });
    expect(JSON.stringify(proven.document)).toContain('archived 12 messages');
  });
});

describe('what is wrong in MailStore', () => {
  /** Proven, with MailStore's key. */
  async function proven(data: string) {
    const here = await linked(data);
    const registered = await here.json(...external(data, '--mailstore', 'Archive'));
    const { id, cer } = await created(here, registered);
    here.console.selectInDirectoryServices(id, { redirectUrl: redirectUri });
    await here.json(...external(data, '--mailstore', 'Archive', '--certificate', cer));
    const profile = here.console.createProfile({ name: 'M365', mailbox, credentialId: id });
    await here.console.runProfile(profile);
    expect((await here.verify()).state).toBe('proven');
    return { ...here, id, profile };
  }

  it('another certificate is told with both thumbprints, and its runs say nothing about ours', async () => {
    const here = await proven('other-certificate');
    await here.console.createCertificate(here.id);
    await here.console.runProfile(here.profile);
    const checked = await here.verify();
    expect(checked).toMatchObject({
      code: 5,
      state: 'needs-attention',
      checks: {
        'server-certificate': 'failed server-certificate.other',
        'server-archiving': 'not-testable server-archiving.other-certificate',
      },
    });
    const [held] = here.archive.instance().credentials;
    expect(JSON.stringify(checked.document)).toContain(`MailStore’s certificate`);
    expect(JSON.stringify(checked.document)).toContain(held?.certificate.thumbprint);
  });

  it('failing runs, a run that archived nothing, and another one selected', async () => {
    const here = await proven('failing');
    here.archive.conduct.newMessages = 0;
    await here.console.runProfile(here.profile);
    // What was archived before stays evidence; a run with nothing is none.
    expect((await here.verify()).checks['server-archiving']).toBe('passed server-archiving.passed');
    const [tenant] = place().server.world.state.tenants;
    const granted = tenant?.appRoleAssignments.splice(0) ?? [];
    await here.console.runProfile(here.profile);
    await here.console.runProfile(here.profile);
    expect(await here.verify()).toMatchObject({ code: 5, checks: { 'server-archiving': 'failed server-archiving.failing' } });
    tenant?.appRoleAssignments.push(...granted);
    const other = await here.console.createCredential({ name: 'Other', clientId: crypto.randomUUID(), tenantId: crypto.randomUUID() });
    here.console.selectInDirectoryServices(other, { redirectUrl: redirectUri });
    expect((await here.verify()).checks).toMatchObject({
      'server-selected': 'failed server-selected.other',
      'server-archiving': 'not-testable server-archiving.several',
    });
    here.console.deleteCredential(here.id);
    expect((await here.verify()).checks).toMatchObject({ 'server-credential': 'failed server-credential.missing' });
  });

  it('a server that is away takes nothing back', async () => {
    const here = await proven('away');
    await here.archive.close();
    const checked = await here.verify();
    expect(checked.state).toBe('proven');
    expect(new Set(Object.values(checked.checks))).toEqual(new Set(['not-testable fault.server.unreachable']));
  });

  it('a new certificate needs a run that started after MailStore showed it', async () => {
    const here = await proven('renewed');
    await here.console.createCertificate(here.id);
    const cer = join(place().folder, 'renewed-2.cer');
    writeFileSync(cer, here.console.downloadCertificate(here.id));
    const repaired = await place().json('renewed', 'repair', 'renewed', '--yes', '--certificate', cer);
    expect(repaired.code, repaired.stdout).toBeLessThan(11);
    expect((await here.verify()).checks).toMatchObject({
      'server-certificate': 'passed server-certificate.passed',
      'server-archiving': 'not-testable server-archiving.no-run',
    });
    await here.console.runProfile(here.profile);
    expect((await here.verify()).checks['server-archiving']).toBe('passed server-archiving.passed');
  });
});

describe('a file that is not the certificate that MailStore holds', () => {
  /** Registered, created in MailStore, and the file of the certificate that it had before it made another one. */
  async function outdated(data: string) {
    const here = await linked(data);
    const registered = await here.json(...external(data, '--mailstore', 'Archive'));
    const { id, cer } = await created(here, registered);
    const [held] = here.archive.instance().credentials;
    const given = held?.certificate.thumbprint ?? '';
    const renewed = join(place().folder, `${data}-renewed.cer`);
    const renew = async () => {
      await here.console.createCertificate(id);
      writeFileSync(renewed, here.console.downloadCertificate(id));
      return here.archive.instance().credentials[0]?.certificate.thumbprint ?? '';
    };
    return { ...here, cer, given, renew, renewed };
  }
  const faultOf = (document: Document) => document['fault'] as { readonly code: string; readonly message: string };

  it('is refused with both thumbprints before it is published, by connect and repair', async () => {
    const here = await outdated('other-file');
    const held = await here.renew();
    const published = () => JSON.stringify(place().server.world.state.tenants.map(({ applications }) => applications));
    for (const args of [external('other-file', '--certificate', here.cer), ['repair', 'other-file', '--yes', '--certificate', here.cer]]) {
      const before = published();
      const { code, document } = await place().json('other-file', ...args);
      expect([code, faultOf(document).code], args.join(' ')).toEqual([2, 'server.other-certificate']);
      expect(faultOf(document).message).toContain(held);
      expect(faultOf(document).message).toContain(here.given);
      expect(published()).toBe(before);
    }
    expect((await here.json(...external('other-file', '--certificate', here.renewed))).checks).toMatchObject({
      'server-certificate': 'passed server-certificate.passed',
    });
  });

  it.each<[string, (here: Awaited<ReturnType<typeof outdated>>) => unknown]>([
    ['has-none', ({ archive, console }) => console.editCredential(archive.instance().credentials[0]?.id ?? 0, { clientId: randomUUID() })],
    ['is-away', ({ archive }) => archive.close()],
    ['decides-nothing', ({ data }) => place().json(data, 'edit', data, '--no-mailstore')],
  ])('is published where the server %s', async (data, meanwhile) => {
    const here = await outdated(data);
    await here.renew();
    await meanwhile(here);
    const { document } = await place().json(data, 'repair', data, '--yes', '--certificate', here.cer);
    expect(document).toMatchObject({ credential: { certificate: { thumbprint: here.given } } });
  });
});

describe('a link', () => {
  it.each([
    [['--mailstore', 'Nobody'], 'server.unknown'],
    [['--mailstore', 'Archive', '--instance', 'contoso'], 'input.instance.none'],
  ] as const)('with %j is refused before anybody signs in', async (args, code) => {
    const here = await linked('refused-link');
    const before = place().state();
    const { code: ended, document } = await place().json('refused-link', ...connectArgs('refused', ...args));
    expect([ended, document['fault']]).toEqual([2, expect.objectContaining({ code })]);
    expect(place().state()).toBe(before);
    await here.archive.close();
  });

  it('is left behind by no sign-in that fails', async () => {
    const here = await linked('no-sign-in');
    const failed = await place().json('no-sign-in', ...external('no-sign-in', '--mailstore', 'Archive'), '--tenant', randomUUID());
    expect(failed.code).not.toBe(0);
    expect((await place().json('no-sign-in', 'list')).document).toMatchObject({ credentials: [] });
    const database = new DatabaseSync(join(place().data('no-sign-in'), 'practice', 'keyring.sqlite'), { readOnly: true });
    onTestFinished(() => database.close());
    expect(database.prepare('SELECT credential_id FROM server_link').all()).toEqual([]);
    // The server stays, and the next sign-in links with it.
    const linkedNow = await here.json(...external('no-sign-in', '--mailstore', 'Archive'));
    expect(linkedNow.checks).toMatchObject({ 'server-credential': 'not-testable server-credential.not-yet' });
    expect(database.prepare('SELECT credential_id FROM server_link').all()).toHaveLength(1);
  });

  it('is made and taken away by edit, and nothing else with it', async () => {
    const here = await linked('edited');
    expect((await here.json(...external('edited'))).checks).toEqual({});
    const edit = (...args: string[]) => place().json('edited', 'edit', 'edited', ...args);
    for (const [args, code] of [
      [['--mailstore', 'Nobody'], 'server.unknown'],
      [['--mailstore', 'Archive', '--instance', 'contoso'], 'server.instance-none'],
      [['--instance', 'contoso'], 'input.option.missing'],
      [['--mailstore', 'Archive', '--customer', 'Contoso'], 'input.option.conflict'],
      [['--no-mailstore', '--name', 'Other'], 'input.option.conflict'],
      [['--no-mailstore', '--instance', 'contoso'], 'input.option.conflict'],
    ] as const)
      expect((await edit(...args)).document['fault'], args.join(' ')).toMatchObject({ code });
    expect((await edit('--mailstore', 'archive')).code).toBe(0);
    expect((await here.verify()).checks).toMatchObject({ 'server-credential': 'not-testable server-credential.not-yet' });
    expect(await edit('--no-mailstore')).toMatchObject({ code: 0, document: { credential: { name: 'edited', customer: '' } } });
    expect((await here.verify()).checks).toEqual({});
    // Where there is none, none is left.
    expect((await edit('--no-mailstore')).code).toBe(0);
  });

  it('with a key of ours: MailStore has nothing yet, and is told when it has another certificate', async () => {
    const here = await linked('ours');
    const registered = await here.json(...connectArgs('ours', '--mailstore', 'Archive'));
    expect(registered.checks).toMatchObject({ 'server-credential': 'not-testable server-credential.not-yet' });
    await created(here, registered);
    expect((await here.verify()).checks).toMatchObject({ 'server-certificate': 'failed server-certificate.other' });
    const removed = await place().json('ours', 'server', 'remove', 'Archive', '--yes');
    expect(removed.code).toBe(0);
    expect((await here.verify()).checks).toEqual({});
  });
});
