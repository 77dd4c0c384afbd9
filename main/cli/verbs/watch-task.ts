import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Fault } from '../../faults.ts';
import { readPasswordFile, writeNewFile } from '../../files/index.ts';
import {
  currentAccount,
  dailyTask,
  installDailyTask,
  removeTask,
  requireScheduler,
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

function definitionOf(options: WatchOptions, account: string, command: Command, { io, texts }: VerbContext): TaskDefinition {
  const { logon, at = '07:30', within, eventLog = false, calendar, rotate = false, pfxOut, passwordFile } = options;
  const { dataDir } = globalOptions(command);
  const handOut =
    pfxOut === undefined || passwordFile === undefined ? null : { folder: resolve(pfxOut), passwordFile: resolve(passwordFile) };
  return dailyTask(
    {
      account,
      logon: logon === 'password' ? 'Password' : 'InteractiveToken',
      at,
      firstDay: new Date(),
      description: texts.t(rotate ? 'task.description.rotate' : 'task.description'),
      within: within ?? null,
      eventLog,
      calendar: calendar === undefined ? null : resolve(calendar),
      rotate: rotate ? { handOut } : null,
    },
    { self: io.self, env: io.env, dataDir: dataDir === undefined ? null : resolve(dataDir), language: texts.language },
  );
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
    await installDailyTask(definition, { directory, keychain: keychain(), clock, signal: io.signal, scheduler: io, password });
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
