import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startPracticeArchiveServer, type PracticeArchiveServer } from '../../../main/practice/mailstore/index.ts';
import { openDatabase, practiceKeychain } from '../../../main/vault/index.ts';
import { systemClock } from '../../../main/clock.ts';
import { inside, workplace, type Document } from './command-line.ts';

const place = workplace();
let files = 0;

/** A file with the password of a server. */
function passwordFile(password: string): string {
  const path = join(place().folder, `server-password-${(files += 1)}`);
  writeFileSync(path, password);
  return path;
}

async function started(kind: 'server' | 'spe', instances: readonly string[] = []): Promise<PracticeArchiveServer> {
  const server = await startPracticeArchiveServer({ kind, tenants: place().server.origin, instances });
  onTestFinished(() => server.close());
  return server;
}

const addArgs = (name: string, server: PracticeArchiveServer, pin: boolean) => {
  const { url, user, password, sha256 } = server.describe();
  const pinned = pin ? ['--pin', sha256] : [];
  return ['server', 'add', name, '--address', url, '--user', user, '--password-file', passwordFile(password), ...pinned];
};

const faultOf = ({ document }: { readonly document: Document }) => document['fault'] as { readonly code: string; readonly message: string };
const keychain = (data: string) => practiceKeychain(join(place().data(data), 'practice'));

describe('server add', () => {
  it.each([
    ['server', []],
    ['spe', ['contoso', 'fabrikam']],
  ] as const)('keeps a %s once it answered, and its password in the keychain alone', async (kind, instances) => {
    const data = `add-${kind}`;
    const server = await started(kind, instances);
    const { url, sha256, password } = server.describe();
    const added = await place().json(data, ...addArgs('Archive', server, true));
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.document).toEqual({
      server: { name: 'Archive', kind, version: '26.1.0.30112', address: url, sha256, instances: [...instances] },
    });
    const [account = ''] = await keychain(data).accounts();
    expect([account.startsWith('server/'), await keychain(data).get(account)]).toEqual([true, password]);
    const database = openDatabase(join(place().data(data), 'practice'), { clock: systemClock });
    onTestFinished(() => database.close());
    const everything = database.read((connection) =>
      JSON.stringify([connection.prepare('SELECT * FROM server').all(), connection.prepare('SELECT * FROM audit').all()]),
    );
    expect(everything).not.toContain(password);
    expect(everything).toContain('add-server');
  });

  it('without the pin and without a terminal ends 2 and names the SHA-256; nothing was sent and nothing is kept', async () => {
    const server = await started('server');
    const refused = await place().json('untrusted', ...addArgs('Archive', server, false));
    expect([refused.code, faultOf(refused).code]).toEqual([2, 'server.certificate-untrusted']);
    expect(faultOf(refused).message).toContain(server.describe().sha256);
    expect(server.calls).toEqual([]);
    expect((await place().json('untrusted', 'server', 'list')).document).toEqual({ servers: [] });
  });

  it('asks at a terminal: only a yes keeps it', async () => {
    const server = await started('server');
    const args = [...addArgs('Archive', server, false), ...place().at('asked')];
    const declined = await inside(args, { answers: ['no'] });
    expect([declined.code, server.calls.length]).toEqual([2, 0]);
    expect(declined.stderr).toContain(server.describe().sha256);
    const accepted = await inside(args, { answers: ['yes'] });
    expect(accepted).toMatchObject({ code: 0 });
    expect((await place().json('asked', 'server', 'list')).document).toMatchObject({
      servers: [{ name: 'Archive', sha256: server.describe().sha256, user: 'admin', lastContact: expect.stringMatching(/Z$/) }],
    });
  });

  it.each<[string, (server: PracticeArchiveServer) => string[], number, string]>([
    [
      'a wrong password',
      (server) => [...addArgs('X', server, true).slice(0, -4), '--password-file', passwordFile('no'), '--pin', server.describe().sha256],
      3,
      'server.login-refused',
    ],
    ['a pin that is none', (server) => [...addArgs('X', server, false), '--pin', 'AB'], 2, 'input.option.value-invalid'],
    ['another certificate', (server) => [...addArgs('X', server, false), '--pin', 'AB'.repeat(32)], 5, 'server.certificate-changed'],
    ['no user', () => ['server', 'add', 'X', '--address', 'https://127.0.0.1:1'], 2, 'input.option.missing'],
    ['an address that is none', () => ['server', 'add', 'X', '--address', 'http://127.0.0.1', '--user', 'u'], 2, 'server.address-invalid'],
    [
      'an address beyond this computer',
      () => ['server', 'add', 'X', '--address', 'https://192.0.2.1', '--user', 'u', '--password-file', passwordFile('p')],
      2,
      'server.practice-address',
    ],
    [
      'nothing there',
      () => ['server', 'add', 'X', '--address', 'https://127.0.0.1:1', '--user', 'u', '--password-file', passwordFile('p')],
      9,
      'server.unreachable',
    ],
    ['an option of another action', (server) => [...addArgs('X', server, true), '--save', 'f'], 2, 'input.option.conflict'],
    ['another action', () => ['server', 'start', 'X'], 2, 'input.option.value-invalid'],
    ['no name', () => ['server', 'add'], 2, 'input.argument.missing'],
    ['a name with list', () => ['server', 'list', 'X'], 2, 'input.argument.excess'],
  ])('%s ends in words and keeps nothing', async (_what, args, code, fault) => {
    const server = await started('server');
    const refused = await place().json('refused', ...args(server));
    expect([refused.code, faultOf(refused).code]).toEqual([code, fault]);
    expect((await place().json('refused', 'server', 'list')).document).toEqual({ servers: [] });
  });

  it('a name that is taken is refused before anything is sent', async () => {
    const server = await started('server');
    await place().cli('twice', ...addArgs('Archive', server, true));
    const before = server.calls.length;
    const refused = await place().json('twice', ...addArgs('ARCHIVE', server, true));
    expect([refused.code, faultOf(refused).code, server.calls.length - before]).toEqual([2, 'server.name-taken', 0]);
  });
});

describe('server show', () => {
  let server: PracticeArchiveServer;
  let spe: PracticeArchiveServer;
  const clientId = '11111111-2222-4333-8444-555555555555';
  beforeAll(async () => {
    const tenants = place().server.origin;
    server = await startPracticeArchiveServer({ kind: 'server', tenants });
    spe = await startPracticeArchiveServer({ kind: 'spe', tenants, instances: ['contoso', 'stopped'] });
    spe.instance('stopped').status = 'stopped';
    const tenantId = place().server.world.state.tenants[0]?.id ?? '';
    for (const console of [server.console(), spe.console('contoso')]) {
      const id = await console.createCredential({ name: 'Contoso', clientId, tenantId });
      console.selectInDirectoryServices(id, { redirectUrl: 'https://mailstore.example.com:8462/oidc/signin' });
      await console.runProfile(console.createProfile({ name: 'M365', mailbox: 'sales@contoso.example', credentialId: id }));
    }
    await place().cli('show', 'track', '--name', 'Contoso', '--tenant', tenantId, '--client-id', clientId);
    await place().cli('show', ...addArgs('Server', server, true));
    await place().cli('show', ...addArgs('Provider', spe, true));
    return async () => {
      await server.close();
      await spe.close();
    };
  });

  const archive = (of: PracticeArchiveServer, instance?: string) => {
    const [held] = of.instance(instance).credentials;
    return {
      credentials: [
        {
          id: 1,
          name: 'Contoso',
          type: 'Office365_Modern',
          clientId,
          tenantId: place().server.world.state.tenants[0]?.id,
          thumbprint: held?.certificate.thumbprint,
          notAfter: held?.certificate.notAfter,
          selected: true,
          credential: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      ],
      redirectUri: 'https://mailstore.example.com:8462/oidc/signin',
      runs: {
        last: { id: 1, result: 'failed', itemsArchived: 0, completedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) },
        failingSince: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      },
    };
  };

  it('tells of a Server', async () => {
    const { code, document } = await place().json('show', 'server', 'show', 'server');
    expect([code, document]).toEqual([0, { server: expect.objectContaining({ name: 'Server', kind: 'server' }), ...archive(server) }]);
  });

  it('tells of each instance of a Service Provider Edition, and why one says nothing', async () => {
    const { code, document } = await place().json('show', 'server', 'show', 'Provider');
    expect(code).toBe(0);
    expect(document).toEqual({
      server: expect.objectContaining({ name: 'Provider', kind: 'spe', instances: ['contoso', 'stopped'] }),
      instances: [
        { instance: 'contoso', ...archive(spe, 'contoso') },
        { instance: 'stopped', fault: expect.objectContaining({ code: 'server.instance-stopped' }) },
      ],
    });
  });

  it('tells of one instance', async () => {
    const one = await place().json('show', 'server', 'show', 'Provider', '--instance', 'Contoso');
    expect(one.document).toEqual({ server: expect.objectContaining({ name: 'Provider' }), ...archive(spe, 'contoso') });
  });

  it.each([
    [['show', 'Provider', '--instance', 'nobody'], 2, 'server.instance-unknown'],
    [['show', 'Provider', '--instance', 'stopped'], 5, 'server.instance-stopped'],
    [['show', 'Server', '--instance', 'contoso'], 2, 'server.instance-none'],
    [['show', 'Nobody'], 2, 'server.unknown'],
  ] as const)('%j ends in words', async (args, code, fault) => {
    const refused = await place().json('show', 'server', ...args);
    expect([refused.code, faultOf(refused).code]).toEqual([code, fault]);
  });

  it('says it in words too', async () => {
    const { stdout } = await place().cli('show', 'server', 'show', 'Provider');
    expect(stdout).toMatch(
      /Provider +MailStore SPE[^]*contoso\n +Contoso +11111111[^]*selected[^]*Last run: failed, 0 messages[^]*stopped\n.*not running/,
    );
  });

  it('each use of the password stands in the trail', async () => {
    const { document } = await place().json('show', 'audit');
    const changes = (document['entries'] as Document[]).map((entry) => [entry['change'], entry['target']]);
    expect(changes).toEqual(
      expect.arrayContaining([
        ['ask-server', 'Server'],
        ['ask-server', 'Provider'],
        ['add-server', 'Server'],
      ]),
    );
  });

  it('test --save writes what is offered and how answers are made, and no value', async () => {
    const file = join(place().folder, 'shapes.json');
    const tested = await place().json('show', 'server', 'test', 'Provider', '--save', file);
    expect(tested).toMatchObject({ code: 0, document: { saved: file } });
    const text = readFileSync(file, 'utf8');
    const recording = JSON.parse(text) as { metadata: Document[]; answers: Document[] };
    expect(recording.metadata).toContainEqual({ name: 'GetCredentials', args: [{ name: 'instanceID', type: 'string', nullable: false }] });
    expect(recording.answers).toContainEqual({
      function: 'GetCredentials',
      arguments: ['instanceID'],
      result: [
        {
          ID: 'number',
          Type: 'text: other',
          Description: 'text: other',
          Settings: {
            ApplicationId: 'text: GUID',
            TenantId: 'text: GUID',
            CertificateThumbprint: 'text: 40 upper-case hex digits',
            CertificateExpirationDate: 'text: time with Z',
          },
        },
      ],
    });
    for (const value of [clientId, 'contoso', 'mailstore.example.com', 'M365', spe.describe().password])
      expect(text.toLowerCase()).not.toContain(value);
  });
});

describe('server set', () => {
  it('answers a changed certificate and a changed password', async () => {
    const server = await started('server');
    await place().cli('set', ...addArgs('Archive', server, true));
    await server.swapCertificate();
    const changed = await place().json('set', 'server', 'show', 'Archive');
    expect([changed.code, faultOf(changed).code]).toEqual([5, 'server.certificate-changed']);
    const { sha256, user } = server.describe();
    expect(faultOf(changed).message).toContain(sha256);
    expect((await place().json('set', 'server', 'set', 'Archive', '--pin', sha256.toLowerCase())).document).toMatchObject({
      server: { sha256 },
    });
    server.users.splice(0, 1, { name: user, password: 'another', mayUseApi: true, mfa: false });
    expect((await place().json('set', 'server', 'show', 'Archive')).code).toBe(3);
    expect((await place().cli('set', 'server', 'set', 'Archive', '--password-file', passwordFile('another'))).code).toBe(0);
    expect((await place().json('set', 'server', 'show', 'Archive')).code).toBe(0);
    expect((await place().json('set', 'server', 'set', 'Archive', '--new-name', 'Other')).document).toMatchObject({
      server: { name: 'Other' },
    });
  });

  it('keeps nothing that does not answer, and sends no password to another address', async () => {
    const [server, other] = [await started('server'), await started('server')];
    await place().cli('moved', ...addArgs('Archive', server, true));
    const before = (await place().json('moved', 'server', 'list')).document;
    const { url, sha256 } = other.describe();
    const without = await place().json('moved', 'server', 'set', 'Archive', '--address', url, '--pin', sha256);
    expect([without.code, faultOf(without).code, other.calls]).toEqual([8, 'server.password-missing', []]);
    const wrong = await place().json(
      'moved',
      'server',
      'set',
      'Archive',
      '--address',
      url,
      '--pin',
      sha256,
      '--password-file',
      passwordFile('no'),
    );
    expect([wrong.code, faultOf(wrong).code]).toEqual([3, 'server.login-refused']);
    expect((await place().json('moved', 'server', 'list')).document).toEqual(before);
    expect((await place().json('moved', 'server', 'set', 'Archive')).code).toBe(2);
  });
});

describe('server remove', () => {
  it('forgets it with its password, once somebody said so', async () => {
    const server = await started('server');
    await place().cli('remove', ...addArgs('Archive', server, true));
    expect((await place().json('remove', 'server', 'remove', 'Archive')).code).toBe(2);
    const declined = await inside(['server', 'remove', 'Archive', ...place().at('remove')], { answers: ['no'] });
    expect(declined.code).toBe(2);
    expect((await place().json('remove', 'server', 'remove', 'archive', '--yes')).document).toEqual({ removed: 'Archive' });
    expect([await keychain('remove').accounts(), (await place().json('remove', 'server', 'list')).document]).toEqual([[], { servers: [] }]);
  });
});

describe('keys', () => {
  it('knows the passwords of servers, and calls none of them a key that is left over', async () => {
    const server = await started('server');
    await place().cli('passwords', ...addArgs('Archive', server, true));
    expect((await place().json('passwords', 'keys')).document).toEqual({ unneeded: [], unsettled: [], missing: [] });
    const [account = ''] = await keychain('passwords').accounts();
    await keychain('passwords').delete(account);
    const stranger = 'server/c0ffee00-0000-4000-8000-000000000000';
    await keychain('passwords').set(stranger, 'left over');
    const passwords = { missing: ['Archive'], unneeded: [stranger.slice('server/'.length)] };
    expect((await place().json('passwords', 'keys')).document).toEqual({ unneeded: [], unsettled: [], missing: [], passwords });
    expect((await place().cli('passwords', 'keys')).stdout).toMatch(/password is missing:\n {2}Archive\n[^]*in no list:\n {2}c0ffee00/);
    expect((await place().json('passwords', 'server', 'show', 'Archive')).document).toMatchObject({
      fault: { code: 'server.password-missing' },
    });
    const { password } = server.describe();
    expect((await place().json('passwords', 'server', 'show', 'Archive', '--password-file', passwordFile(password))).code).toBe(0);
    expect((await place().json('passwords', 'keys', '--forget', '--yes')).document).toEqual({
      forgotten: [],
      kept: [],
      passwords: passwords.unneeded,
    });
    expect(await keychain('passwords').accounts()).toEqual([]);
  });
});
