import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { grant } from '../identity/simulation.ts';
import { archive, publish, send, setUp } from './archive.ts';

const day = 86_400_000;
const everything = { fromIncluding: '2000-01-01T00:00:00', toExcluding: '2100-01-01T00:00:00', timeZoneID: '$Local' };

describe('the credential', () => {
  it('is told as recorded: ids, thumbprint and end of the certificate that is given out, and no more', async () => {
    const { invoke, server, id, registered, here } = await setUp({ kind: 'server' });
    const der = server.console().downloadCertificate(id);
    const certificate = new X509Certificate(der);
    const { body } = await invoke('GetCredentials');
    expect(body?.['result']).toEqual([
      {
        ID: id,
        Type: 'Office365_Modern',
        Description: 'Contoso',
        Settings: {
          ApplicationId: registered.application.appId,
          TenantId: here.tenant.id,
          CertificateThumbprint: createHash('sha1').update(der).digest('hex').toUpperCase(),
          CertificateExpirationDate: new Date(certificate.validTo).toISOString().replace('.000Z', 'Z'),
        },
      },
    ]);
    const months = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / day / 30.44;
    expect(Math.round(months)).toBe(15);
  });

  it('gets another key at once when its certificate is made anew', async () => {
    const { invoke, server, id } = await setUp({ kind: 'spe', instances: ['contoso'] });
    const told = async () => JSON.stringify((await invoke('GetCredentials', { instanceID: 'contoso' })).body?.['result']);
    const before = await told();
    await server.console('contoso').createCertificate(id);
    expect(await told()).not.toBe(before);
  });

  it('is the one that directory services name', async () => {
    const { invoke, id } = await setUp({ kind: 'server' });
    expect((await invoke('GetDirectoryServicesConfiguration')).body?.['result']).toEqual({
      type: 'office365OpenIDConnect',
      credentialId: id,
      licensedExchangeOnlineUsersOnly: true,
      enabledUsersOnly: true,
      groups: null,
      redirectUrl: 'https://mailstore.example.com:8462/oidc/signin',
      deleteUsers: false,
    });
    const fresh = await archive({ kind: 'server' });
    expect((await fresh.invoke('GetDirectoryServicesConfiguration')).body?.['result']).toEqual({ type: 'internal' });
  });
});

describe('a run of a profile', () => {
  const lastRow = async ({ invoke }: Awaited<ReturnType<typeof setUp>>) => {
    const { body } = await invoke('GetWorkerResults', everything);
    const rows = body?.['result'];
    return Array.isArray(rows) ? rows.at(-1) : undefined;
  };

  it.each<[string, Parameters<typeof setUp>[1]]>([
    ['Microsoft Graph', [['graph', 'Mail.ReadWrite']]],
    [
      'EWS',
      [
        ['graph', 'Directory.Read.All'],
        ['exchange', 'full_access_as_app'],
      ],
    ],
  ])('archives by %s with the key that MailStore made', async (_what, roles) => {
    const made = await setUp({ kind: 'server' }, roles);
    expect(await made.finish('RunProfile', { id: String(made.profile) })).toMatchObject({ statusCode: 'succeeded', percentProgress: 100 });
    expect(await lastRow(made)).toEqual({
      id: 1,
      userName: 'admin',
      profileId: made.profile,
      profileName: 'M365',
      result: 'succeeded',
      itemsArchived: 12,
      startTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      completeTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      machineName: 'MS01',
    });
  });

  it.each<[string, (made: Awaited<ReturnType<typeof setUp>>) => Promise<void> | void, RegExp]>([
    [
      'whose certificate is not published',
      async ({ server, id }) => server.console().createCertificate(id),
      /^Requesting Microsoft Graph API token failed: AADSTS700027: .*The key was not found/s,
    ],
    ['where no certificate is published at all', ({ registered }) => void (registered.application.keyCredentials = []), /AADSTS700026/],
    ['whose certificate has expired', ({ here }) => here.clock.advance(500 * day), /AADSTS700027: .*The key used is expired/s],
    ['without consent', ({ here }) => void here.tenant.appRoleAssignments.splice(0), /\(403\) ErrorAccessDenied/],
    ['with another tenant’s id', ({ server, id }) => server.console().editCredential(id, { tenantId: crypto.randomUUID() }), /AADSTS90002/],
    [
      'with an unknown application',
      ({ server, id }) => server.console().editCredential(id, { clientId: crypto.randomUUID() }),
      /AADSTS700016/,
    ],
  ])('%s fails with what Entra says', async (_what, spoil, reason) => {
    const made = await setUp({ kind: 'server' });
    await spoil(made);
    await made.finish('RunProfile', { id: String(made.profile) });
    expect(await lastRow(made)).toMatchObject({ result: 'failed', itemsArchived: 0 });
    expect((await made.invoke('GetWorkerResultReport', { id: '1' })).body?.['result']).toMatch(reason);
  });

  it('by EWS fails where Exchange Online blocks it, and where the mailbox is unknown', async () => {
    const made = await setUp({ kind: 'server', conduct: { ewsBlocked: true } }, [
      ['graph', 'Directory.Read.All'],
      ['exchange', 'full_access_as_app'],
    ]);
    const console = made.server.console();
    expect((await console.runProfile(made.profile)).report).toBe('The remote server returned an error: (403) Forbidden.');
    made.server.conduct.ewsBlocked = false;
    const nobody = console.createProfile({ name: 'Nobody', mailbox: 'nobody@contoso.example', credentialId: made.id });
    expect((await console.runProfile(nobody)).report).toMatch(/no mailbox/);
  });

  const rights = {
    EWS: ['exchange', 'full_access_as_app'],
    Graph: ['graph', 'Mail.Read'],
    IMAP: ['exchange', 'IMAP.AccessAsApp'],
  } as const;
  const protocols = ['EWS', 'Graph', 'IMAP'] as const;

  it.each(protocols)('by %s archives with the permission for it, and with no other', async (protocol) => {
    const mailbox = 'test.mailbox@contoso.example';
    const run = async (...roles: NonNullable<Parameters<typeof setUp>[1]>) => {
      const made = await setUp({ kind: 'server' }, [['graph', 'Directory.Read.All'], ...roles]);
      const console = made.server.console();
      return console.runProfile(console.createProfile({ name: 'M365', mailbox, credentialId: made.id, protocol }));
    };
    expect(await run(rights[protocol])).toMatchObject({ result: 'succeeded', itemsArchived: 12 });
    const others = protocols.filter((each) => each !== protocol).map((each) => rights[each]);
    const refused = await run(...others);
    expect(refused).toMatchObject({ result: 'failed', itemsArchived: 0 });
    expect(refused.report).toMatch(protocol === 'IMAP' ? /^AUTHENTICATE failed/ : /\(403\) ErrorAccessDenied/);
  });

  it.each(protocols)('by %s fails where the mailbox is unknown', async (protocol) => {
    const [resource, role] = rights[protocol];
    const made = await setUp({ kind: 'server' }, [
      ['graph', 'Directory.Read.All'],
      [resource, role],
    ]);
    const console = made.server.console();
    const nobody = console.createProfile({ name: 'Nobody', mailbox: 'nobody@contoso.example', credentialId: made.id, protocol });
    expect((await console.runProfile(nobody)).result).toBe('failed');
  });

  it('works again once the new certificate is published', async () => {
    const made = await setUp({ kind: 'server' });
    const console = made.server.console();
    await console.createCertificate(made.id);
    expect((await console.runProfile(made.profile)).result).toBe('failed');
    publish(made, made.registered, made.id);
    expect(await console.runProfile(made.profile)).toMatchObject({ result: 'succeeded', itemsArchived: 12 });
  });

  it('is told in the zone of the server, in the window that was asked for', async () => {
    const made = await setUp({ kind: 'server', conduct: { zone: -300, refusesLongWindows: true } });
    const run = await made.server.console().runProfile(made.profile);
    const local = new Date(run.completedAt - 300 * 60_000).toISOString().slice(0, 19);
    const until = new Date(run.completedAt - 299 * 60_000).toISOString().slice(0, 19);
    const ask = async (fromIncluding: string, toExcluding: string) =>
      (await made.invoke('GetWorkerResults', { ...everything, fromIncluding, toExcluding })).body;
    expect((await ask(local, until))?.['result']).toMatchObject([{ id: run.id, completeTime: local }]);
    expect((await ask('2020-01-01T00:00:00', '2020-01-31T00:00:00'))?.['result']).toEqual([]);
    expect((await ask('2020-01-01T00:00:00', local))?.['error']).toMatchObject({ message: 'Nullable object must have a value.' });
  });
});

describe('the synchronisation of users', () => {
  it('reads the tenant and stores nothing as a dry run; without the argument it is real', async () => {
    const { finish, server } = await setUp({ kind: 'server' });
    const before = server.instance().users.length;
    expect(await finish('SyncUsersWithDirectoryServices', { dryRun: 'true' })).toMatchObject({ statusCode: 'succeeded' });
    expect(server.instance().users).toHaveLength(before);
    expect(await finish('SyncUsersWithDirectoryServices')).toMatchObject({ statusCode: 'succeeded' });
    expect(server.instance().users.length).toBeGreaterThan(before);
  });

  it('fails with what Graph says where the role is missing', async () => {
    const made = await setUp({ kind: 'server' }, []);
    expect(await made.finish('SyncUsersWithDirectoryServices', { dryRun: 'true' })).toMatchObject({
      statusCode: 'failed',
      error: { message: expect.stringContaining('Authorization_RequestDenied') },
    });
    grant(made.here, made.registered, 'graph', 'Directory.Read.All');
    expect(await made.finish('SyncUsersWithDirectoryServices', { dryRun: 'true' })).toMatchObject({ statusCode: 'succeeded' });
  });
});

describe('a long call', () => {
  const poll = (token: unknown, more: Record<string, string> = {}) =>
    new URLSearchParams({ token: String(token), lastKnownStatusVersion: '9', millisecondsTimeout: '50', ...more }).toString();

  test('begins with a token, and needs all three arguments to be asked for', async () => {
    const made = await setUp({ kind: 'server' });
    const { url, ...login } = made.server.describe();
    const { body } = await made.invoke('RunProfile', { id: String(made.profile) });
    expect(body).toMatchObject({ statusCode: 'running', statusVersion: 1, result: null });
    const bare = await send(`${url}/api/get-status`, { login, body: `token=${String(body?.['token'])}` });
    expect(bare.body?.['error']).toMatchObject({ message: 'Missing API argument lastKnownStatusVersion.' });
    expect((await send(`${url}/api/get-status`, { login, body: poll(body?.['token']) })).body).toMatchObject({ token: body?.['token'] });
  });

  test('is unknown after a restart', async () => {
    const made = await setUp({ kind: 'server' });
    const { url, ...login } = made.server.describe();
    const { body } = await made.invoke('RunProfile', { id: String(made.profile) });
    made.server.restart();
    const answers = [
      await send(`${url}/api/get-status`, { login, body: poll(body?.['token']) }),
      await send(`${url}/api/cancel-async`, { login, body: poll(body?.['token']) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  test('that is cancelled ends as cancelled', async () => {
    const made = await setUp({ kind: 'server' });
    const { url, ...login } = made.server.describe();
    const { body } = await made.invoke('RunProfile', { id: String(made.profile) });
    const token = String(body?.['token']);
    expect((await send(`${url}/api/cancel-async`, { login, body: `token=${token}` })).body).toMatchObject({ statusCode: 'succeeded' });
    const ended = await send(`${url}/api/get-status`, {
      login,
      body: poll(token, { lastKnownStatusVersion: '1', millisecondsTimeout: '5000' }),
    });
    expect(ended.body).toMatchObject({ statusCode: 'cancelled' });
  });
});

test('another certificate for TLS is told, and ends the connections', async () => {
  const { server, invoke } = await archive({ kind: 'server' });
  const before = server.describe().sha256;
  await server.swapCertificate();
  expect(server.describe().sha256).not.toBe(before);
  expect((await invoke('GetServerInfo')).status).toBe(200);
});
