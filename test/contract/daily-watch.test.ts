import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Program, RunProgram } from '../../main/windows/index.ts';
import { answerSelfTest } from '../../main/watch/index.ts';
import { argumentsOf, childrenOf, readTask, textAt } from '../unit/watch/read-task.ts';
import { desk, type Desk, type DeskOptions } from './desk.ts';

const env = { USERNAME: 'anna', USERDOMAIN: 'CONTOSO', SystemRoot: 'C:\\Windows' };
const name = 'Tenant Keyring expiry watch (anna)';
const wish = { at: '7:30', logon: 'interactive', password: '', rotate: false, eventLog: true } as const;

/** A Windows whose Task Scheduler keeps what was registered. A task that is started answers the test of the keychain, or does what `started` says. */
async function onWindows(started?: (here: Desk) => Promise<void>, options: DeskOptions = {}) {
  const tasks = new Map<string, Uint8Array>();
  const calls: Program[] = [];
  const runProgram: RunProgram = async (program) => {
    calls.push(program);
    const [verb, , task = '', , file = ''] = program.args;
    if (program.file.endsWith('powershell.exe')) {
      const given = JSON.parse(program.input ?? '') as { name: string; xml: string };
      tasks.set(given.name, Buffer.from(`\uFEFF${given.xml}`, 'utf16le'));
      return { code: 0, output: '' };
    }
    if (verb === '/Create') tasks.set(task, readFileSync(file));
    if (!tasks.has(task)) return { code: 1, output: 'ERROR: The system cannot find the file specified.' };
    if (verb === '/Run') await (started ?? answer)(here);
    if (verb === '/Delete') tasks.delete(task);
    return { code: 0, output: '' };
  };
  const here = await desk({
    practice: false,
    computer: { env, platform: 'win32', runProgram, self: ['C:\\Keyring\\Tenant Keyring.exe', '--', 'cli'], dataDir: null },
    ...options,
  });
  return { ...here, tasks, calls };
}

const answer = async ({ here: { services } }: Desk): Promise<void> => answerSelfTest(services.directory, () => services.keychain);

const commandsIn = (file: Uint8Array | undefined): string[][] =>
  childrenOf(readTask(file ?? new Uint8Array()))
    .filter(({ tagName }) => tagName === 'Actions')
    .flatMap(childrenOf)
    .map((each) => [textAt(each, 'Command'), ...argumentsOf(textAt(each, 'Arguments'))]);

describe('Watch every day…', () => {
  it('registers the task that the command line would, has it read the keychain, and removes it', async () => {
    const { request, tasks } = await onWindows();
    expect(await request('daily-watch:read', null)).toEqual({
      ok: true,
      value: { place: 'ready', account: 'CONTOSO\\anna', registered: false },
    });
    expect(await request('daily-watch:install', { ...wish, rotate: true })).toEqual({
      ok: true,
      value: { name, account: 'CONTOSO\\anna' },
    });
    expect(commandsIn(tasks.get(name))).toEqual([
      ['C:\\Keyring\\Tenant Keyring.exe', '--', 'cli', 'watch', '--scheduled', '--event-log', '--lang', 'en'],
      ['C:\\Keyring\\Tenant Keyring.exe', '--', 'cli', 'rotate', '--all-due', '--unattended', '--lang', 'en'],
    ]);
    expect(Buffer.from(tasks.get(name) ?? []).toString('utf16le')).toMatch(/T07:30:00</);
    expect(await request('daily-watch:read', null)).toMatchObject({ value: { registered: true } });
    expect(await request('daily-watch:remove', null)).toEqual({ ok: true, value: { name } });
    expect(tasks.size).toBe(0);
    expect(await request('daily-watch:remove', null)).toMatchObject({ ok: false, fault: { code: 'task.missing' } });
  });

  it('hands out PFX files by a rotation where folder and password file are there', async () => {
    const { request, tasks, here } = await onWindows();
    const folder = here.services.directory;
    const file = join(folder, 'password.txt');
    const rotating = { ...wish, rotate: true, pfxFolder: folder, pfxPasswordFile: file };
    const refused = async (some: Partial<typeof rotating>) => {
      const outcome = await request('daily-watch:install', { ...rotating, ...some });
      return outcome.ok ? null : outcome.fault.code;
    };
    expect(await refused({})).toBe('file.password-unreadable');
    writeFileSync(file, 'correct horse');
    expect(await refused({ pfxFolder: '' })).toBe('task.hand-out-incomplete');
    expect(await refused({ pfxPasswordFile: ' ' })).toBe('task.hand-out-incomplete');
    expect(await refused({ pfxFolder: join(folder, 'missing') })).toBe('file.folder-missing');
    expect(await refused({ pfxFolder: 'relative' })).toBe('file.folder-missing');
    expect(tasks.size).toBe(0);
    expect(await request('daily-watch:install', rotating)).toMatchObject({ ok: true });
    expect(commandsIn(tasks.get(name))[1]?.slice(4, -2)).toEqual([
      '--all-due',
      '--unattended',
      '--pfx-out',
      folder,
      '--password-file',
      file,
    ]);
  });

  it('gives the password to Windows by standard input, and to nobody else', async () => {
    const { request, calls, tasks, here } = await onWindows();
    const installed = await request('daily-watch:install', { ...wish, logon: 'password', password: 'S3cret of anna' });
    expect(installed).toMatchObject({ ok: true });
    expect(Buffer.from(tasks.get(name) ?? []).toString('utf16le')).toContain('<LogonType>Password</LogonType>');
    expect(calls.flatMap(({ args }) => args).join(' ')).not.toContain('S3cret');
    expect(calls.filter(({ input }) => input?.includes('S3cret of anna'))).toHaveLength(1);
    await here.services.log.close();
  });

  it.each([
    ['a time that is none', { at: '24:00' }, 'task.time-invalid'],
    ['words in its place', { at: 'half past seven' }, 'task.time-invalid'],
    ['no password', { logon: 'password' as const }, 'task.password-missing'],
  ])('refuses %s, and registers nothing', async (_, change, code) => {
    const { request, tasks } = await onWindows();
    expect(await request('daily-watch:install', { ...wish, ...change })).toMatchObject({ ok: false, fault: { code } });
    expect(tasks.size).toBe(0);
  });

  it('takes a task away again that cannot read the keychain', async () => {
    const { request, tasks } = await onWindows(async ({ here: { services } }) =>
      answerSelfTest(services.directory, () => ({ ...services.keychain, get: () => Promise.resolve(null) })),
    );
    const refused = await request('daily-watch:install', wish);
    expect(refused).toMatchObject({ ok: false, fault: { code: 'task.self-test-failed' } });
    expect(JSON.stringify(refused)).not.toContain('--');
    expect(tasks.size).toBe(0);
  });

  it('takes it away too when the person does not wait for the test', async () => {
    const { request, tasks } = await onWindows(async ({ request: ask }) => void (await ask('daily-watch:cancel', null)));
    expect(await request('daily-watch:install', wish)).toMatchObject({ ok: false, fault: { code: 'interrupted' } });
    expect(tasks.size).toBe(0);
  });

  it.each([
    ['practice', { practice: true }, 'task.practice'],
    [
      'elsewhere',
      { computer: { env, platform: 'linux', runProgram: () => Promise.reject(new Error()), self: ['k'], dataDir: null } },
      'task.account-unknown',
    ],
  ] satisfies [string, DeskOptions, string][])('says why there is none: %s', async (place, options, code) => {
    const { request } = await onWindows(undefined, options);
    expect(await request('daily-watch:read', null)).toEqual({ ok: true, value: { place, account: null, registered: false } });
    const refused = await request('daily-watch:install', wish);
    expect(refused).toMatchObject({ ok: false, fault: { code } });
    expect(JSON.stringify(refused)).not.toContain('--');
  });

  it('says why a service account has none, and the portable program', async () => {
    const service = await onWindows(undefined, {
      computer: {
        env: { USERNAME: 'SYSTEM', USERDOMAIN: 'NT AUTHORITY' },
        platform: 'win32',
        runProgram: () => Promise.reject(new Error()),
        self: ['k'],
        dataDir: null,
      },
    });
    expect(await service.request('daily-watch:read', null)).toMatchObject({ value: { place: 'account' } });
    const portable = await onWindows(undefined, {
      computer: {
        env: { ...env, PORTABLE_EXECUTABLE_FILE: 'D:\\Keyring.exe' },
        platform: 'win32',
        runProgram: () => Promise.reject(new Error()),
        self: ['k'],
        dataDir: null,
      },
    });
    expect(await portable.request('daily-watch:read', null)).toMatchObject({ value: { place: 'portable' } });
    expect(await portable.request('daily-watch:install', wish)).toMatchObject({ ok: false, fault: { code: 'task.portable' } });
  });
});
