import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currentAccount,
  registerTask,
  removeTask,
  startTask,
  taskAccount,
  taskFile,
  taskName,
  type TaskDefinition,
} from '../../../main/watch/index.ts';
import type { Program, ProgramEnded } from '../../../main/windows/index.ts';
import { windowsCommandLine } from '../../../main/watch/task/windows-command-line.ts';
import { scratch } from '../vault/samples.ts';
import { argumentsOf, childrenOf, readTask, textAt } from './read-task.ts';

const definition = (changes: Partial<TaskDefinition> = {}): TaskDefinition => ({
  account: 'CONTOSO\\anna',
  logon: 'InteractiveToken',
  at: '07:30',
  firstDay: new Date(2026, 10, 4),
  description: 'Tells which certificates expire.',
  actions: [{ program: 'C:\\Program Files\\Tenant Keyring\\Tenant Keyring.exe', args: ['cli', 'watch', '--data-dir', 'D:\\a & b <c>\\'] }],
  ...changes,
});

/** Elements each element may have, those of sequences in their order ("Task Scheduler Schema", Microsoft Learn); only what we use. */
const schema: Readonly<Record<string, { readonly sequence?: readonly string[]; readonly all?: readonly string[] }>> = {
  Task: { all: ['RegistrationInfo', 'Triggers', 'Settings', 'Data', 'Principals', 'Actions'] },
  RegistrationInfo: { all: ['URI', 'SecurityDescriptor', 'Source', 'Date', 'Author', 'Version', 'Description', 'Documentation'] },
  Triggers: {
    all: [
      'BootTrigger',
      'RegistrationTrigger',
      'IdleTrigger',
      'TimeTrigger',
      'EventTrigger',
      'LogonTrigger',
      'SessionStateChangeTrigger',
      'CalendarTrigger',
    ],
  },
  CalendarTrigger: {
    sequence: ['Enabled', 'StartBoundary', 'EndBoundary', 'Repetition', 'ExecutionTimeLimit', 'RandomDelay', 'ScheduleByDay'],
  },
  LogonTrigger: { sequence: ['Enabled', 'StartBoundary', 'EndBoundary', 'Repetition', 'ExecutionTimeLimit', 'UserId', 'Delay'] },
  ScheduleByDay: { all: ['DaysInterval'] },
  Principals: { all: ['Principal'] },
  Principal: { all: ['UserId', 'LogonType', 'GroupId', 'DisplayName', 'RunLevel'] },
  Settings: {
    all: [
      'AllowStartOnDemand',
      'RestartOnFailure',
      'MultipleInstancesPolicy',
      'DisallowStartIfOnBatteries',
      'StopIfGoingOnBatteries',
      'AllowHardTerminate',
      'StartWhenAvailable',
      'NetworkProfileName',
      'RunOnlyIfNetworkAvailable',
      'WakeToRun',
      'Enabled',
      'Hidden',
      'DeleteExpiredTaskAfter',
      'IdleSettings',
      'NetworkSettings',
      'ExecutionTimeLimit',
      'Priority',
      'RunOnlyIfIdle',
    ],
  },
  Actions: { all: ['Exec', 'ComHandler', 'SendEmail', 'ShowMessage'] },
  Exec: { all: ['Command', 'Arguments', 'WorkingDirectory'] },
};

/** What the schema does not know, or not in this order. */
function objections(element: ReturnType<typeof readTask>): string[] {
  const children = childrenOf(element);
  const names = children.map(({ tagName }) => tagName);
  const { sequence, all } = schema[element.tagName] ?? {};
  const known = sequence ?? all ?? [];
  const order = names.map((name) => known.indexOf(name));
  const wrong = names.filter((name) => !known.includes(name)).map((name) => `${element.tagName}/${name}`);
  if (sequence !== undefined && order.some((each, index) => index > 0 && each <= (order[index - 1] ?? -1)))
    wrong.push(`${element.tagName}: ${names.join(', ')}`);
  return [...wrong, ...children.flatMap(objections)];
}

describe('the task for Task Scheduler', () => {
  it.each(['InteractiveToken', 'Password'] as const)(
    'keeps to the schema with %s, and never runs without credentials or elevated',
    (logon) => {
      const task = readTask(taskFile(definition({ logon })));
      expect([task.tagName, task.getAttribute('xmlns'), task.getAttribute('version')]).toEqual([
        'Task',
        'http://schemas.microsoft.com/windows/2004/02/mit/task',
        '1.2',
      ]);
      expect(objections(task)).toEqual([]);
      expect(textAt(task, 'Principals/Principal/LogonType')).toBe(logon);
      expect(textAt(task, 'Principals/Principal/UserId')).toBe('CONTOSO\\anna');
      expect(textAt(task, 'Principals/Principal/RunLevel')).toBe('LeastPrivilege');
      expect(textAt(task, 'Triggers/CalendarTrigger/StartBoundary')).toBe('2026-11-04T07:30:00');
      expect(textAt(task, 'Settings/StartWhenAvailable')).toBe('true');
      expect(
        childrenOf(task)
          .flatMap(childrenOf)
          .filter(({ tagName }) => tagName === 'LogonTrigger'),
      ).toHaveLength(logon === 'Password' ? 0 : 1);
    },
  );

  it('runs its actions one after the other, by their paths', () => {
    const task = readTask(
      taskFile(
        definition({
          actions: [
            { program: 'C:\\a.exe', args: ['one'] },
            { program: 'C:\\b.exe', args: ['two'] },
          ],
        }),
      ),
    );
    const actions = childrenOf(task)
      .filter(({ tagName }) => tagName === 'Actions')
      .flatMap(childrenOf);
    expect(actions.map((each) => [textAt(each, 'Command'), textAt(each, 'Arguments')])).toEqual([
      ['C:\\a.exe', 'one'],
      ['C:\\b.exe', 'two'],
    ]);
  });

  it('holds any text as it was, also what would be XML or a quotation (generated)', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: fc.constantFrom('"', '\\', ' ', 'a', '<', '&', "'", 'é', '🔑') }), { minLength: 1 }),
        (description, args) => {
          // oxlint-disable-next-line no-control-regex -- these are what cannot stand in it, or not in one line
          const possible = description.toWellFormed().replaceAll(/[\u0000-\u001F\uFFFE\uFFFF]/g, '');
          const task = readTask(taskFile(definition({ description, actions: [{ program: 'C:\\a.exe', args }] })));
          expect(textAt(task, 'RegistrationInfo/Description')).toBe(possible);
          expect(argumentsOf(textAt(task, 'Actions/Exec/Arguments'))).toEqual(args);
        },
      ),
      { examples: [['a\u2028b\u0085c', ['']]] },
    );
  });
});

describe('a command line of Windows', () => {
  it.each([
    [['a', 'b c'], 'a "b c"'],
    [[''], '""'],
    [['C:\\with space\\'], '"C:\\with space\\\\"'],
    [['C:\\without\\'], 'C:\\without\\'],
    [['say "hi"'], '"say \\"hi\\""'],
    [['a\\"b'], '"a\\\\\\"b"'],
  ])('%j is %s', (args, line) => {
    expect(windowsCommandLine(args)).toBe(line);
    expect(argumentsOf(line)).toEqual(args);
  });
});

describe('the account of a task', () => {
  it.each([
    'SYSTEM',
    'NT AUTHORITY\\SYSTEM',
    'nt authority\\network service',
    'NT-AUTORITÄT\\SYSTEM',
    'AUTORITE NT\\Système',
    'LOCAL SERVICE',
    'S-1-5-18',
    'S-1-5-80-123',
    'CONTOSO\\gmsa-archive$',
    'PC01$',
    'NT SERVICE\\MailStore',
    'CONTOSO\\',
    ' ',
  ])('is never %j', (account) => {
    expect(() => taskAccount(account)).toThrow(expect.objectContaining({ code: 'task.account-unsuitable' }));
  });

  it.each(['CONTOSO\\anna', 'anna@contoso.com', 'AzureAD\\AnnaMüller', 'PC01\\System Admin', 'S-1-5-21-1-2-3-1001'])(
    'may be %s',
    (account) => {
      expect(taskAccount(` ${account} `)).toBe(account);
    },
  );

  it('is who is signed in', () => {
    expect(currentAccount({ USERNAME: 'anna', USERDOMAIN: 'PC01' }, 'win32')).toBe('PC01\\anna');
    expect(() => currentAccount({ USERNAME: 'PC01$', USERDOMAIN: 'WORKGROUP' }, 'win32')).toThrow(
      expect.objectContaining({ code: 'task.account-unsuitable' }),
    );
    expect(() => currentAccount({ USERNAME: 'anna' }, 'linux')).toThrow(expect.objectContaining({ code: 'task.account-unknown' }));
  });
});

/** Windows, which answers like this and keeps what was registered. */
function scheduler(answer: (program: Program) => ProgramEnded | Error = () => ({ code: 0, output: '' })) {
  const programs: Program[] = [];
  const files: Uint8Array[] = [];
  const run = async (program: Program) => {
    programs.push(program);
    const at = program.args.indexOf('/XML');
    if (at >= 0) files.push(readFileSync(program.args[at + 1] ?? ''));
    const ended = answer(program);
    if (ended instanceof Error) throw ended;
    return ended;
  };
  return { programs, files, context: { env: { SystemRoot: 'D:\\Windows' }, platform: 'win32' as const, runProgram: run } };
}

const name = 'Tenant Keyring expiry watch (anna)';

describe('registering', () => {
  it('hands schtasks the file, by its path, and takes the file away', async () => {
    const folder = scratch();
    const { programs, files, context } = scheduler();
    await registerTask(definition(), folder, context);
    const file = programs[0]?.args[4] ?? '';
    expect(programs).toEqual([
      { file: 'D:\\Windows\\System32\\schtasks.exe', args: ['/Create', '/TN', name, '/XML', file, '/F', '/HRESULT'] },
    ]);
    expect(file.startsWith(folder)).toBe(true);
    expect(files.map((each) => textAt(readTask(each), 'Principals/Principal/LogonType'))).toEqual(['InteractiveToken']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lets schtasks ask for the password, which no argument holds', async () => {
    const { programs, context } = scheduler();
    await registerTask(definition({ logon: 'Password' }), scratch(), context);
    expect(programs[0]).toMatchObject({
      asks: true,
      args: ['/Create', '/TN', name, '/XML', expect.any(String), '/F', '/HRESULT', '/RU', 'CONTOSO\\anna', '/RP', '*'],
    });
  });

  it.each([
    [{ code: 0x80070520, output: '' }, 'task.no-logon-session', '0x80070520'],
    [{ code: 0x80070520 - 2 ** 32, output: '' }, 'task.no-logon-session', '0x80070520'],
    [
      { code: 1, output: 'ERROR: A specified logon session does not exist. It may already have been terminated.' },
      'task.no-logon-session',
      /^ERROR: A specified/,
    ],
    [
      { code: 1, output: 'FEHLER: Eine angegebene Anmeldesitzung ist nicht vorhanden. Sie wurde gegebenenfalls bereits beendet.' },
      'task.no-logon-session',
      /^FEHLER/,
    ],
    [
      { code: 1, output: "ERREUR : Une ouverture de session spécifiée n'existe pas. Il est possible qu'elle soit déjà terminée." },
      'task.no-logon-session',
      /^ERREUR/,
    ],
    [{ code: 0x80070005, output: 'ERROR: Access is\r\n denied.' }, 'task.not-registered', 'ERROR: Access is denied.'],
    [{ code: 0x8007052e, output: '' }, 'task.not-registered', '0x8007052E'],
    [{ code: null, output: '' }, 'task.not-registered', '–'],
    [new Error('spawn ENOENT'), 'task.not-registered', 'spawn ENOENT'],
  ])('%j is told as %2$s', async (answer, code, reason) => {
    const folder = scratch();
    const said = await registerTask(definition(), folder, scheduler(() => answer).context).catch((error: unknown) => error);
    expect(said).toMatchObject({ code, params: { reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is for Windows alone', async () => {
    const { programs, context } = scheduler();
    await expect(registerTask(definition(), scratch(), { ...context, platform: 'linux' })).rejects.toMatchObject({
      code: 'task.elsewhere',
    });
    await expect(startTask('anna', { ...context, platform: 'linux' })).rejects.toMatchObject({ code: 'task.elsewhere' });
    await expect(removeTask('anna', { ...context, platform: 'darwin' })).rejects.toMatchObject({ code: 'task.elsewhere' });
    expect(programs).toEqual([]);
  });
});

describe('starting and removing', () => {
  it('name the task of this user', async () => {
    expect([taskName('CONTOSO\\anna'), taskName('anna')]).toEqual([name, name]);
    const { programs, context } = scheduler();
    await startTask('CONTOSO\\anna', context);
    await removeTask('CONTOSO\\anna', context);
    expect(programs.map(({ args }) => args)).toEqual([
      ['/Run', '/TN', name, '/HRESULT'],
      ['/Query', '/TN', name],
      ['/Delete', '/TN', name, '/F', '/HRESULT'],
    ]);
  });

  it('say that there is none', async () => {
    const { programs, context } = scheduler(() => ({ code: 1, output: 'ERROR: The system cannot find the file specified.' }));
    await expect(removeTask('CONTOSO\\anna', context)).rejects.toMatchObject({ code: 'task.missing', params: { name } });
    expect(programs).toHaveLength(1);
  });
});
