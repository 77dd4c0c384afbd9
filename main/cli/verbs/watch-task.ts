import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Fault } from '../../faults.ts';
import { readPasswordFile, writeNewFile } from '../../files/index.ts';
import {
  currentAccount,
  registerTask,
  removeTask,
  requireScheduler,
  selfTest,
  startTask,
  taskAccount,
  taskFile,
  taskName,
  type TaskDefinition,
} from '../../watch/index.ts';
import { globalOptions } from '../global-options.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withStore } from '../session.ts';
import type { WatchOptions } from './watch-options.ts';

type Action = TaskDefinition['actions'][number];

/** This very program with a verb, over the data directory and in the language of this run. @throws Fault('task.portable') */
function action(args: readonly string[], command: Command, { io, texts }: VerbContext): Action {
  const [program, ...before] = io.self;
  // Set by electron-builder's launcher of the portable program.
  if (io.env['PORTABLE_EXECUTABLE_FILE'] !== undefined) throw new Fault('task.portable');
  const { dataDir } = globalOptions(command);
  return {
    program,
    args: [...before, ...args, ...(dataDir === undefined ? [] : ['--data-dir', resolve(dataDir)]), '--lang', texts.language],
  };
}

/** The watch with the options that this run was given. */
function watchArguments({ within, eventLog, calendar }: WatchOptions): string[] {
  return [
    'watch',
    '--scheduled',
    ...(within === undefined ? [] : ['--within', `${within}d`]),
    ...(eventLog === true ? ['--event-log'] : []),
    // Written anew every day.
    ...(calendar === undefined ? [] : ['--calendar', resolve(calendar), '--force']),
  ];
}

function rotateArguments({ pfxOut, passwordFile }: WatchOptions): string[] {
  const handOut =
    pfxOut === undefined || passwordFile === undefined ? [] : ['--pfx-out', resolve(pfxOut), '--password-file', resolve(passwordFile)];
  return ['rotate', '--all-due', '--unattended', ...handOut];
}

function definitionOf(options: WatchOptions, account: string, command: Command, context: VerbContext): TaskDefinition {
  const { logon, at = '07:30' } = options;
  return {
    account,
    logon: logon === 'password' ? 'Password' : 'InteractiveToken',
    at,
    firstDay: new Date(),
    description: context.texts.t(options.rotate === true ? 'task.description.rotate' : 'task.description'),
    // First the watch: it answers the self-test, which does not wait for a rotation of many tenants.
    actions: [watchArguments(options), ...(options.rotate === true ? [rotateArguments(options)] : [])].map((args) =>
      action(args, command, context),
    ),
  };
}

const documentOf = ({ account, logon, at, actions }: TaskDefinition) => ({
  name: taskName(account),
  account,
  logon: logon === 'Password' ? 'password' : 'interactive',
  at,
  commands: actions.map(({ program, args }) => [program, ...args]),
});

/** `watch --task-file`: the task as a file, to be registered by hand; works everywhere. */
export async function writeTaskFile(options: WatchOptions, command: Command, context: VerbContext): Promise<void> {
  const { io, texts } = context;
  const { taskFile: file = '', taskUser, force = false } = options;
  const definition = definitionOf(
    options,
    taskUser === undefined ? currentAccount(io.env, io.platform) : taskAccount(taskUser),
    command,
    context,
  );
  const path = resolve(file);
  await writeNewFile(path, taskFile(definition), { force });
  if (globalOptions(command).json) printJson({ task: documentOf(definition), file: { path } }, context);
  else io.out(`${texts.t('task.file-written', { path })}\n`);
}

/** `watch --install-task`: registers it and has it read a probe; what fails is taken away again. */
export async function installTask(options: WatchOptions, command: Command, context: VerbContext): Promise<void> {
  const { io, texts } = context;
  requireScheduler(io);
  const { logon, logonPasswordFile } = options;
  if (logon === 'password' && logonPasswordFile === undefined && !io.interactive) throw new Fault('task.password-needs-terminal');
  const password = logonPasswordFile === undefined ? null : await readPasswordFile(logonPasswordFile);
  const account = currentAccount(io.env, io.platform);
  const definition = definitionOf(options, account, command, context);
  await withStore(command, context, async ({ directory, keychain, clock, globals }) => {
    await registerTask(definition, directory, io, password);
    try {
      await selfTest({ directory, keychain: keychain(), clock, signal: io.signal, start: () => startTask(account, io) });
    } catch (error) {
      await removeTask(account, io).catch(() => undefined);
      throw error;
    }
    if (globals.json) printJson({ task: { ...documentOf(definition), selfTest: 'passed' } }, context);
    else io.out(`${texts.t('task.installed', { name: taskName(account), account, at: definition.at })}\n`);
  });
}

/** `watch --remove-task`. */
export async function uninstallTask(command: Command, context: VerbContext): Promise<void> {
  const { io, texts } = context;
  requireScheduler(io);
  const account = currentAccount(io.env, io.platform);
  await removeTask(account, io);
  if (globalOptions(command).json) printJson({ task: { name: taskName(account), removed: true } }, context);
  else io.out(`${texts.t('task.removed', { name: taskName(account) })}\n`);
}
