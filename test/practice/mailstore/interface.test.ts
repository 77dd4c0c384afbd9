import { describe, expect, it, test } from 'vitest';
import { archive, send } from './archive.ts';

const results = { fromIncluding: '2026-11-01T00:00:00', toExcluding: '2026-12-01T00:00:00', timeZoneID: '$Local' };

describe('the transport', () => {
  it('answers with a byte order mark, as Microsoft-HTTPAPI, not to be kept', async () => {
    const { invoke } = await archive({ kind: 'server' });
    const { status, text, headers, body } = await invoke('GetServerInfo');
    expect([status, text.charCodeAt(0)]).toEqual([200, 0xfeff]);
    expect(headers).toMatchObject({
      server: 'Microsoft-HTTPAPI/2.0',
      'cache-control': 'no-cache, no-store',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(body).toEqual({
      error: null,
      token: null,
      statusVersion: 2,
      statusCode: 'succeeded',
      percentProgress: null,
      statusText: null,
      result: { version: '26.1.0.30112', machineName: 'MS01' },
      logOutput: null,
    });
  });

  it.each<[string, Parameters<typeof send>[1] & object, number]>([
    ['a body without its length', { headers: { 'transfer-encoding': 'chunked' }, body: 'a=b' }, 411],
    ['JSON', { headers: { 'content-type': 'application/json' }, body: '{}' }, 415],
    ['GET', { method: 'GET' }, 405],
  ])('refuses %s', async (_what, options, status) => {
    const { server } = await archive({ kind: 'server' });
    const { url, ...login } = server.describe();
    const headers: Record<string, string> = { ...options.headers };
    const answer = await send(`${url}/api/invoke/GetServerInfo`, { login, ...options, headers });
    expect(answer.status).toBe(status);
  });

  it('listens on the loopback address, with a self-signed certificate that it names', async () => {
    const { server } = await archive({ kind: 'spe', instances: ['contoso', 'fabrikam'] });
    expect(server.describe()).toEqual({
      kind: 'spe',
      url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      user: 'admin',
      password: expect.stringMatching(/^.{16}$/),
      sha256: expect.stringMatching(/^[0-9A-F]{64}$/),
      instances: ['contoso', 'fabrikam'],
    });
  });
});

describe('the login', () => {
  it('is not asked for get-metadata by the Server, and is by the Service Provider Edition', async () => {
    const [server, spe] = [await archive({ kind: 'server' }), await archive({ kind: 'spe' })];
    const ask = (made: typeof server) => send(`${made.server.describe().url}/api/get-metadata`);
    expect((await ask(server)).status).toBe(200);
    expect((await ask(spe)).status).toBe(401);
  });

  it.each<['401' | 'envelope', number, string | undefined]>([
    ['401', 401, undefined],
    ['envelope', 200, 'failed'],
  ])('with a wrong password is refused as %s', async (badLogin, status, statusCode) => {
    const { server } = await archive({ kind: 'server', conduct: { badLogin } });
    const answer = await send(`${server.describe().url}/api/invoke/GetServerInfo`, { login: { user: 'admin', password: 'other' } });
    expect([answer.status, answer.body?.['statusCode']]).toEqual([status, statusCode]);
  });

  it.each([
    ['without the privilege', { mayUseApi: false, mfa: false }, 403],
    ['with a second factor', { mayUseApi: true, mfa: true }, 401],
  ])('of a user %s is refused', async (_who, rights, status) => {
    const { server } = await archive({ kind: 'server' });
    server.users.push({ name: 'müller', password: 'pässwörd:1', ...rights });
    const answer = await send(`${server.describe().url}/api/invoke/GetServerInfo`, {
      login: { user: 'müller', password: 'pässwörd:1' },
    });
    expect(answer.status).toBe(status);
  });
});

describe('the arguments', () => {
  it.each<[string, Record<string, string>, string]>([
    ['GetUserInfo', {}, 'Missing API argument userName.'],
    ['GetUserInfo', { username: 'admin' }, 'Missing API argument userName.'],
    ['GetServerInfo', { more: '1' }, 'Unknown API argument more.'],
    ['SyncUsersWithDirectoryServices', { dryRun: 'True' }, 'Argument dryRun: String was not recognized as a valid Boolean.'],
    ['GetProfiles', { raw: 'false' }, 'Only raw profiles are supported.'],
    ['GetWorkerResults', { ...results, profileID: '0' }, 'Argument profileID: Input string was not in a correct format.'],
    ['GetWorkerResults', { ...results, profileID: '' }, 'Argument profileID: Input string was not in a correct format.'],
    ['GetWorkerResults', { ...results, userName: '' }, 'Argument userName must not be empty.'],
    ['GetWorkerResults', { ...results, fromIncluding: '2026-11-01T00:00:00Z' }, 'String was not recognized as a valid DateTime.'],
    ['GetWorkerResults', { ...results, toExcluding: '2026-11-01T00:00:00.5' }, 'String was not recognized as a valid DateTime.'],
    ['RunProfile', { id: '7' }, 'The profile was not found.'],
    ['GetWorkerResultReport', { id: '7' }, 'The worker result was not found.'],
  ])('of %s with %j are refused', async (name, form, message) => {
    const { invoke } = await archive({ kind: 'server' });
    const { status, body } = await invoke(name, form);
    expect([status, body?.['statusCode']]).toEqual([200, 'failed']);
    expect(body?.['error']).toMatchObject({ message });
  });

  it.each<[string, Record<string, string>]>([
    ['GetServiceConfiguration', {}],
    ['CreateProfile', { properties: '{}', raw: 'true' }],
    ['GetWorkerResults', { ...results, timeZoneID: 'UTC' }],
  ])('what %s with %j would do is refused in its own voice', async (name, form) => {
    const { invoke } = await archive({ kind: 'server' });
    const { status, body } = await invoke(name, form);
    expect([status, body?.['error']]).toEqual([
      501,
      expect.objectContaining({ message: expect.stringMatching(/^The practice MailStore/) }),
    ]);
  });
});

describe('the functions', () => {
  const names = async (kind: 'server' | 'spe', dialect: 'new' | 'old' | 'before-credentials') => {
    const { server } = await archive({ kind, conduct: { dialect } });
    const { url, ...login } = server.describe();
    const { text } = await send(`${url}/api/get-metadata`, { login });
    const list: { name: string; args: { name: string }[] }[] = JSON.parse(text.slice(1));
    return list;
  };

  it('are those of the version and the product', async () => {
    const has = async (...[kind, dialect]: Parameters<typeof names>) => {
      const listed = (await names(kind, dialect)).map(({ name }) => name);
      return ['GetServerInfo', 'GetEnvironmentInfo', 'GetCredentials', 'CreateCredential'].map((name) => listed.includes(name));
    };
    expect(await has('server', 'new')).toEqual([true, false, true, false]);
    expect(await has('spe', 'new')).toEqual([false, true, true, true]);
    expect(await has('spe', 'old')).toEqual([false, true, true, false]);
    expect(await has('server', 'before-credentials')).toEqual([true, false, false, false]);
  });

  it('of an instance begin with its name', async () => {
    const listed = await names('spe', 'new');
    const args = (name: string) => listed.find((each) => each.name === name)?.args.map((arg) => arg.name);
    expect(args('GetCredentials')).toEqual(['instanceID']);
    expect(args('SyncUsersWithDirectoryServices')).toEqual(['instanceID', 'dryRun']);
    expect(args('GetEnvironmentInfo')).toEqual([]);
  });

  it('are not found where they are not listed', async () => {
    const { invoke } = await archive({ kind: 'server', conduct: { dialect: 'before-credentials' } });
    expect([(await invoke('GetCredentials')).status, (await invoke('getserverinfo')).status]).toEqual([404, 404]);
  });

  test('an instance that is unknown, stopped, or closed to the service provider refuses', async () => {
    const { invoke, server } = await archive({ kind: 'spe', instances: ['contoso', 'stopped', 'closed'] });
    server.instance('stopped').status = 'stopped';
    server.instance('closed').archiveAdminEnabled = false;
    const messageFor = async (instanceID: string) => (await invoke('GetCredentials', { instanceID })).body?.['error'];
    expect(await messageFor('contoso')).toBeNull();
    expect(await messageFor('nobody')).toMatchObject({ message: 'Instance nobody does not exist.' });
    expect(await messageFor('stopped')).toMatchObject({ message: 'Instance stopped is not running.' });
    expect(await messageFor('closed')).toMatchObject({ message: 'Service provider access is disabled for instance closed.' });
    const enabled = await invoke('GetArchiveAdminEnabled', { instanceID: 'closed' });
    expect(enabled.body?.['result']).toBe(false);
    const { body } = await invoke('GetInstances', { instanceFilter: '*' });
    expect(body?.['result']).toMatchObject([
      { instanceID: 'contoso', status: 'running' },
      { instanceID: 'stopped', status: 'stopped' },
      { instanceID: 'closed', status: 'running' },
    ]);
  });

  test('every call is remembered, by names alone', async () => {
    const { invoke, server } = await archive({ kind: 'server' });
    await send(`${server.describe().url}/api/get-metadata`);
    await invoke('GetUserInfo', { userName: 'admin' });
    expect(server.calls).toEqual([
      { function: 'get-metadata', argumentNames: [], authorized: false },
      { function: 'GetUserInfo', argumentNames: ['userName'], authorized: true },
    ]);
  });
});
