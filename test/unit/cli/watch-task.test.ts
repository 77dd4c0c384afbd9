import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Program, RunProgram } from '../../../main/windows/index.ts';
import { inside, type InsideOptions } from '../../practice/cli/command-line.ts';
import { scratch } from '../vault/samples.ts';
import { argumentsOf, childrenOf, readTask, textAt } from '../watch/read-task.ts';

const system = vi.hoisted(() => ({ entries: new Map<string, string>(), refused: null as string | null }));
vi.mock(import('keytar'), () => {
  const checked = () => {
    if (system.refused !== null) throw new Error(system.refused);
  };
  const keytar = {
    getPassword: async (_service: string, account: string) => {
      checked();
      return system.entries.get(account) ?? null;
    },
    setPassword: async (_service: string, account: string, password: string) => void system.entries.set(account, password),
    deletePassword: async (_service: string, account: string) => system.entries.delete(account),
    findCredentials: async () => [],
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the vault calls
  return { default: keytar } as never;
});

beforeEach(() => {
  system.entries.clear();
  system.refused = null;
});

const env = { USERNAME: 'anna', USERDOMAIN: 'CONTOSO', SystemRoot: 'C:\\Windows' };
const name = 'Tenant Keyring expiry watch (anna)';

const execsOf = (task: ReturnType<typeof readTask>) =>
  childrenOf(task)
    .filter(({ tagName }) => tagName === 'Actions')
    .flatMap(childrenOf);

/** A Windows whose Task Scheduler keeps what was registered, and starts it as it stands there. */
function windows(started: (args: readonly string[]) => Promise<unknown>) {
  const tasks = new Map<string, Uint8Array>();
  const calls: Program[] = [];
  const runProgram: RunProgram = async (program) => {
    calls.push(program);
    const [verb, , task = '', , file = ''] = program.args;
    if (verb === '/Create') tasks.set(task, readFileSync(file));
    if (program.file.endsWith('powershell.exe')) {
      const given = JSON.parse(program.input ?? '') as { name: string; xml: string };
      tasks.set(given.name, Buffer.from(`\uFEFF${given.xml}`, 'utf16le'));
      return { code: 0, output: '' };
    }
    const registered = tasks.get(task);
    if (registered === undefined) return { code: 1, output: 'ERROR: The system cannot find the file specified.' };
    if (verb === '/Run') for (const each of execsOf(readTask(registered))) await started(argumentsOf(textAt(each, 'Arguments')));
    if (verb === '/Delete') tasks.delete(task);
    return { code: 0, output: '' };
  };
  const options: InsideOptions = { platform: 'win32', env, runProgram };
  return { tasks, calls, options };
}

/** A computer without policies. */
const noPolicies: RunProgram = ({ file }) =>
  file.endsWith('reg.exe') ? Promise.resolve({ code: 0, output: '' }) : Promise.reject(new Error(`${file} is not there`));

/** The application as Task Scheduler starts it: with what stands behind the program's name. */
const application = async ([cli, ...args]: readonly string[]) => {
  if (cli !== 'cli') throw new Error('not the command line');
  return inside(args, { platform: 'win32', env, runProgram: noPolicies });
};

describe('watch --install-task', () => {
  it.each(['--install-task', '--task-file'])('refuses %s in the portable program, whose folder goes with it', async (option) => {
    const pc = windows(application);
    const portable = { ...pc.options, env: { ...env, PORTABLE_EXECUTABLE_FILE: 'D:\\Tenant-Keyring-portable.exe' } };
    const file = option === '--task-file' ? [join(scratch(), 'task.xml')] : [];
    const ended = await inside(['watch', option, ...file, '--json', '--data-dir', scratch()], portable);
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { code: 'task.portable' } });
    expect(pc.calls).toEqual([]);
  });

  it('registers this program with the options of this run, runs it once, and says that it can read the keychain', async () => {
    const directory = scratch();
    const pc = windows(application);
    const ended = await inside(
      ['watch', '--install-task', '--within', '60d', '--at', '06:15', '--json', '--data-dir', directory, '--lang', 'fr'],
      pc.options,
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const command = [
      'C:\\Program Files\\Tenant Keyring\\Tenant Keyring.exe',
      'cli',
      'watch',
      '--scheduled',
      '--within',
      '60d',
      '--data-dir',
      directory,
      '--lang',
      'fr',
    ];
    expect(JSON.parse(ended.stdout)).toEqual({
      task: { name, account: 'CONTOSO\\anna', logon: 'interactive', at: '06:15', commands: [command], selfTest: 'passed' },
    });
    const [task] = [...pc.tasks.values()].map(readTask);
    if (task === undefined) throw new Error('nothing was registered');
    expect(textAt(task, 'Actions/Exec/Command')).toBe(command[0]);
    expect(textAt(task, 'Principals/Principal/UserId')).toBe('CONTOSO\\anna');
    expect(textAt(task, 'Triggers/CalendarTrigger/StartBoundary')).toMatch(/T06:15:00$/);
    expect(system.entries).toEqual(new Map());
    // The run of the test was a watch like any other.
    expect(JSON.parse((await inside(['watch', '--json', '--data-dir', directory])).stdout).previousRun).not.toBeNull();
  });

  it.each([
    [
      'A specified logon session does not exist. It may already have been terminated.',
      'task.no-logon-session',
      /1312.*Network access: Do not allow storage of passwords and credentials for network authentication/s,
    ],
    ['Access is denied.', 'task.self-test-failed', /Access is denied\./],
  ])('takes the task away again where it cannot read the keychain (%s)', async (refused, code, words) => {
    const pc = windows(async (args) => {
      system.refused = refused;
      return application(args);
    });
    const ended = await inside(['watch', '--install-task', '--json', '--data-dir', scratch()], pc.options);
    expect(ended.code).toBe(8);
    expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { code } });
    expect(ended.stderr).toMatch(words);
    expect([...pc.tasks.keys()]).toEqual([]);
  });

  it('asks for a password only where somebody can type it', async () => {
    const pc = windows(application);
    const args = ['watch', '--install-task', '--logon', 'password', '--json', '--data-dir', scratch()];
    expect(await inside(args, pc.options)).toMatchObject({ code: 2, stdout: expect.stringContaining('task.password-needs-terminal') });
    expect(pc.calls).toEqual([]);
    expect(await inside(args, { ...pc.options, answers: [] })).toMatchObject({ code: 0 });
    expect(pc.calls[0]).toMatchObject({ asks: true, args: expect.arrayContaining(['/RP', '*']) });
  });

  it('takes the password from a file where nobody can type it: by standard input, never by a command line', async () => {
    const pc = windows(application);
    const file = join(scratch(), 'password.txt');
    writeFileSync(file, 'Größe & "x"\r\n');
    const args = ['watch', '--install-task', '--json', '--data-dir', scratch(), '--logon-password-file', file];
    expect(await inside([...args, '--logon', 'interactive'], pc.options)).toMatchObject({ code: 2 });
    expect(await inside([...args, '--logon', 'password'], pc.options)).toMatchObject({ code: 0, stderr: '' });
    const [made] = pc.calls;
    expect(made?.file).toBe('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
    expect(made?.args.at(-1)).toContain(
      'Register-ScheduledTask -TaskName $task.name -Xml $task.xml -User $task.account -Password $task.password -Force',
    );
    expect(made?.args.join(' ')).not.toContain('Gr');
    expect(made?.input).toMatch(/^[\u0020-\u007e]+$/);
    expect(JSON.parse(made?.input ?? '')).toEqual({
      name,
      account: 'CONTOSO\\anna',
      password: 'Größe & "x"',
      xml: expect.stringContaining('<LogonType>Password</LogonType>'),
    });
  });

  it('is removed again by --remove-task, once', async () => {
    const pc = windows(application);
    await inside(['watch', '--install-task', '--data-dir', scratch()], pc.options);
    expect(await inside(['watch', '--remove-task'], pc.options)).toMatchObject({ code: 0, stdout: `“${name}” was removed.\n` });
    expect([...pc.tasks.keys()]).toEqual([]);
    expect(await inside(['watch', '--remove-task', '--json'], pc.options)).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('task.missing'),
    });
  });
});

describe('a task that rotates too', () => {
  it('does so after the watch, unattended, and writes what is to be handed over', async () => {
    const [directory, pfx] = [scratch(), scratch()];
    const password = join(scratch(), 'password.txt');
    writeFileSync(password, 'secret\n');
    const pc = windows(application);
    const ended = await inside(
      ['watch', '--install-task', '--rotate', '--pfx-out', pfx, '--password-file', password, '--json', '--data-dir', directory],
      pc.options,
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const rest = ['--data-dir', directory, '--lang', 'en'];
    expect(JSON.parse(ended.stdout).task.commands.map(([, cli, ...args]: string[]) => [cli, ...args])).toEqual([
      ['cli', 'watch', '--scheduled', ...rest],
      ['cli', 'rotate', '--all-due', '--unattended', '--pfx-out', pfx, '--password-file', password, ...rest],
    ]);
  });

  it('runs both, as they stand in the task', async () => {
    const [directory, file] = [scratch(), join(scratch(), 'task.xml')];
    await inside(['watch', '--task-file', file, '--task-user', 'CONTOSO\\anna', '--rotate', '--data-dir', directory]);
    const commands = execsOf(readTask(readFileSync(file))).map((each) => argumentsOf(textAt(each, 'Arguments')));
    expect(commands.map(([, verb]) => verb)).toEqual(['watch', 'rotate']);
    for (const command of commands) expect(await application(command)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('watch --task-file', () => {
  it('only writes the task, on any system', async () => {
    const file = join(scratch(), 'task.xml');
    const args = [
      'watch',
      '--calendar',
      'D:\\c.ics',
      '--event-log',
      '--task-file',
      file,
      '--task-user',
      'CONTOSO\\anna',
      '--logon',
      'password',
      '--data-dir',
      scratch(),
    ];
    expect(await inside(args, { platform: 'linux' })).toMatchObject({ code: 0, stderr: '' });
    const task = readTask(readFileSync(file));
    expect(textAt(task, 'Principals/Principal/LogonType')).toBe('Password');
    expect(argumentsOf(textAt(task, 'Actions/Exec/Arguments'))).toEqual(expect.arrayContaining(['--event-log', '--calendar', '--force']));
    expect(await inside([...args, '--json'])).toMatchObject({ code: 2, stdout: expect.stringContaining('file.exists') });
    expect(await inside([...args, '--force'])).toMatchObject({ code: 0 });
  });
});

describe('what does not go together', () => {
  it.each([
    [['--install-task'], 'task.elsewhere'],
    [['--remove-task'], 'task.elsewhere'],
    [['--task-file', 'x.xml'], 'task.account-unknown'],
    [['--task-file', 'x.xml', '--task-user', 'SYSTEM'], 'task.account-unsuitable'],
    [['--task-file', 'x.xml', '--install-task'], 'input.option.conflict'],
    [['--install-task', '--remove-task'], 'input.option.conflict'],
    [['--install-task', '--task-user', 'anna'], 'input.option.conflict'],
    [['--install-task', '--practice', 'http://127.0.0.1:9'], 'input.option.conflict'],
    [['--remove-task', '--at', '07:00'], 'input.option.conflict'],
    [['--at', '07:00'], 'input.option.missing'],
    [['--force'], 'input.option.missing'],
    [['--rotate'], 'input.option.missing'],
    [['--install-task', '--pfx-out', 'D:\\out'], 'input.option.missing'],
    [['--install-task', '--rotate', '--pfx-out', 'D:\\out'], 'input.option.missing'],
    [['--install-task', '--rotate', '--password-file', 'D:\\p.txt'], 'input.option.missing'],
    [['--remove-task', '--rotate'], 'input.option.conflict'],
    [['--install-task', '--at', '24:00'], 'input.option.value-invalid'],
    [['--install-task', '--at', '7:00'], 'input.option.value-invalid'],
    [['--install-task', '--logon', 'S4U'], 'input.option.value-invalid'],
  ])('%j is refused in one sentence: %s', async (args, code) => {
    const ended = await inside(['watch', ...args, '--json', '--data-dir', scratch()], { platform: 'linux' });
    expect({ code: ended.code, lines: ended.stderr.split('\n').length }).toEqual({ code: 2, lines: 2 });
    expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { code } });
  });
});
