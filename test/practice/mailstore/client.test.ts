import { describe, expect, it, test } from 'vitest';
import { summaryOf } from '../../../main/mailstore/index.ts';
import { archive, setUp } from './archive.ts';
import { connected, faultOf, requestTo } from './connected.ts';
import { connectToServer } from '../../../main/mailstore/index.ts';

const day = 86_400_000;

describe.each([
  ['server', null],
  ['spe', 'contoso'],
] as const)('of a %s', (kind, instance) => {
  it('are read: kind, version, instances, credentials, directory services, profiles, runs', async () => {
    const made = await setUp({ kind, instances: ['contoso', 'fabrikam'] });
    const console = made.server.console(instance ?? '');
    const connection = await connected(made.server, { now: () => made.here.clock.now() });
    expect([connection.kind, connection.version]).toEqual([kind, '26.1.0.30112']);
    expect(await connection.instances()).toEqual(
      kind === 'server'
        ? []
        : [
            { id: 'contoso', status: 'running', version: null },
            { id: 'fabrikam', status: 'running', version: null },
          ],
    );
    const held = made.server.instance(instance ?? '').credentials[0];
    expect(await connection.credentials(instance)).toEqual([
      {
        id: made.id,
        name: 'Contoso',
        type: 'Office365_Modern',
        clientId: made.registered.application.appId,
        tenantId: made.here.tenant.id,
        thumbprint: held?.certificate.thumbprint,
        notAfter: held?.certificate.notAfter,
      },
    ]);
    expect(await connection.directoryServices(instance)).toEqual({
      type: 'office365OpenIDConnect',
      credentialId: made.id,
      redirectUri: 'https://mailstore.example.com:8462/oidc/signin',
      deletesUsers: false,
    });
    expect(await connection.profiles(instance)).toEqual([{ id: made.profile, name: 'M365', microsoft365: true, ews: false }]);
    expect(await connection.runs(instance)).toEqual([]);
    await console.runProfile(made.profile);
    const [run] = await connection.runs(instance);
    expect(run).toEqual({
      id: 1,
      profileId: made.profile,
      profileName: 'M365',
      result: 'succeeded',
      itemsArchived: 12,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      completedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
    });
    expect(await connection.report(instance, 1)).toMatch(/12 archived/);
    expect(await connection.dryRun(instance)).toMatchObject({ practice: expect.any(Number) });
  });
});

test('a server of the Service Provider Edition without a run and without directory services is read too', async () => {
  const { server } = await archive({ kind: 'spe', instances: ['contoso'] });
  const connection = await connected(server);
  expect(await connection.credentials('contoso')).toEqual([]);
  expect(await connection.directoryServices('contoso')).toEqual({
    type: 'internal',
    credentialId: null,
    redirectUri: null,
    deletesUsers: true,
  });
  expect(summaryOf(await connection.runs('contoso'))).toEqual({ last: null, failingSince: null });
});

describe('the runs', () => {
  it('are asked further back while all of them fail, day by day where the server cannot do more', async () => {
    const made = await setUp({ kind: 'server', conduct: { refusesLongWindows: true } });
    const { clock } = made.here;
    const console = made.server.console();
    await console.runProfile(made.profile);
    clock.advance(20 * day);
    await console.createCertificate(made.id);
    for (let index = 0; index < 3; index += 1) {
      await console.runProfile(made.profile);
      clock.advance(day);
    }
    const connection = await connected(made.server, { now: () => clock.now() });
    const runs = await connection.runs(null);
    expect(new Set(runs.map(({ id }) => id))).toEqual(new Set([1, 2, 3, 4]));
    const summary = summaryOf(runs);
    expect(summary).toMatchObject({ last: { id: 4, result: 'failed' }, failingSince: runs.find(({ id }) => id === 2)?.completedAt });
  });

  it('of ten thousand are read', async () => {
    const { server } = await archive({ kind: 'server' });
    const now = Date.now();
    server.instance().runs.push(
      ...Array.from({ length: 10_000 }, (_, index) => ({
        id: index + 1,
        profileId: index % 7 === 0 ? null : 3,
        profileName: index % 7 === 0 ? null : 'M365',
        result: index % 2 === 0 ? 'completedWithErrors' : 'failed',
        itemsArchived: 0,
        startedAt: now - (10_000 - index) * 1000,
        completedAt: now - (10_000 - index) * 1000 + 500,
        report: '',
      })),
    );
    const connection = await connected(server);
    expect(await connection.runs(null)).toHaveLength(10_000);
  });
});

test('a restart between two calls is not noticed', async () => {
  const { server } = await archive({ kind: 'server' });
  const connection = await connected(server);
  server.restart();
  expect(await connection.credentials(null)).toEqual([]);
});

describe('a long call', () => {
  const busy = async () => {
    const made = await setUp({ kind: 'server' });
    const aborter = new AbortController();
    const connection = await connected(made.server, { signal: aborter.signal });
    const asked = (name: string) => made.server.calls.filter((call) => call.function === name).length;
    /** The tenant holds its answers, so that the call stays open until `release`. */
    const held: (() => void)[] = [];
    let holding = true;
    made.here.server.world.knobs.latency = 1;
    const { clock } = made.here;
    const sleep = clock.sleep.bind(clock);
    Object.assign(clock, { sleep: (ms: number) => (holding ? new Promise<void>((resolve) => held.push(resolve)) : sleep(ms)) });
    const release = () => {
      holding = false;
      for (const go of held.splice(0)) go();
    };
    return { made, connection, aborter, asked, release };
  };
  const until = async (condition: () => boolean) => {
    await expect.poll(condition).toBe(true);
  };

  it('is polled to its end', async () => {
    const { connection, asked, release } = await busy();
    const result = connection.dryRun(null);
    await until(() => asked('get-status') > 0);
    release();
    expect(await result).toMatchObject({ practice: expect.any(Number) });
  });

  it('is cancelled there when it is given up here', async () => {
    const { connection, aborter, asked, release } = await busy();
    const result = faultOf(connection.dryRun(null));
    await until(() => asked('get-status') > 0);
    aborter.abort();
    expect((await result).code).toBe('interrupted');
    await until(() => asked('cancel-async') === 1);
    release();
  });

  it('ends in words when the server restarts in the middle', async () => {
    const { made, connection, asked, release } = await busy();
    const result = faultOf(connection.dryRun(null));
    await until(() => asked('get-status') > 0);
    made.server.restart();
    expect(['server.restarted', 'server.unreachable']).toContain((await result).code);
    release();
  });

  it('stops at the first 401, and asks nothing more', async () => {
    const { made, connection, asked, release } = await busy();
    const result = faultOf(connection.dryRun(null));
    await until(() => asked('get-status') > 0);
    made.server.users.splice(0, 1);
    const before = asked('get-status');
    expect((await result).code).toBe('server.login-refused');
    expect([asked('get-status') - before <= 1, asked('cancel-async')]).toEqual([true, 0]);
    release();
  });
});

describe('what is wrong is told', () => {
  it.each<[string, Parameters<typeof archive>[0], (server: Awaited<ReturnType<typeof archive>>['server']) => void, string]>([
    ['a wrong password, with 401', { kind: 'server' }, ({ users }) => users.splice(0, 1), 'server.login-refused'],
    [
      'a wrong password, as an envelope',
      { kind: 'server', conduct: { badLogin: 'envelope' } },
      ({ users }) => users.splice(0, 1),
      'server.login-refused',
    ],
    ['a wrong password at the Service Provider Edition', { kind: 'spe' }, ({ users }) => users.splice(0, 1), 'server.login-refused'],
    ['a status that nobody knows', { kind: 'server', conduct: { nextStatusCode: 'postponed' } }, () => undefined, 'server.status-unknown'],
  ])('%s', async (_what, options, spoil, code) => {
    const { server } = await archive(options);
    const request = requestTo(server);
    spoil(server);
    expect((await faultOf(connectToServer(request))).code).toBe(code);
  });

  it('a user with a second factor, or without the right', async () => {
    const { server } = await archive({ kind: 'server' });
    server.users.push({ name: 'mfa', password: 'pässwörd:1', mayUseApi: true, mfa: true });
    server.users.push({ name: 'auditor', password: 'pässwörd:1', mayUseApi: false, mfa: false });
    const as = (user: string) => faultOf(connectToServer(requestTo(server, { user, password: 'pässwörd:1' })));
    expect([(await as('mfa')).code, (await as('auditor')).code]).toEqual(['server.login-refused', 'server.not-permitted']);
  });

  it('a name and a password with any characters are taken', async () => {
    const { server } = await archive({ kind: 'server' });
    server.users.push({ name: 'müller', password: 'pässwörd:€ 1', mayUseApi: true, mfa: false });
    expect((await connected(server, { user: 'müller', password: 'pässwörd:€ 1' })).kind).toBe('server');
  });

  it('a version without the credential functions: nothing is sent', async () => {
    const { server } = await archive({ kind: 'server', conduct: { dialect: 'before-credentials' } });
    const connection = await connected(server);
    expect(await faultOf(connection.credentials(null))).toMatchObject({
      code: 'server.function-missing',
      params: { function: 'GetCredentials', version: '26.1.0.30112' },
    });
    expect(server.calls.map((call) => call.function)).not.toContain('GetCredentials');
  });

  it('an instance that is stopped, with MailStore’s own words and without a stack trace', async () => {
    const { server } = await archive({ kind: 'spe', instances: ['stopped'] });
    server.instance('stopped').status = 'stopped';
    const connection = await connected(server);
    const fault = await faultOf(connection.credentials('stopped'));
    expect(fault).toMatchObject({ code: 'server.call-failed', params: { detail: 'Instance stopped is not running.' } });
    expect(JSON.stringify(fault)).not.toContain('System.Exception');
  });

  it('directory services that delete users: not even a dry run', async () => {
    const made = await setUp({ kind: 'server' });
    made.server.console().selectInDirectoryServices(made.id, { redirectUrl: 'https://x/oidc/signin', deleteUsers: true });
    const connection = await connected(made.server);
    expect((await faultOf(connection.dryRun(null))).code).toBe('server.synchronisation-deletes');
    expect(made.server.calls.map((call) => call.function)).not.toContain('SyncUsersWithDirectoryServices');
  });
});
