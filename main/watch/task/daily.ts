import type { Clock } from '../../clock.ts';
import { Fault } from '../../faults.ts';
import type { Keychain } from '../../vault/index.ts';
import { registerTask, removeTask, startTask, type SchedulerContext } from './register.ts';
import { selfTest } from './self-test.ts';
import type { TaskAction, TaskDefinition, TaskLogon } from './task-xml.ts';

/** The program that the task starts, as this one was started. */
export interface OwnProgram {
  /** Full path of the program, and what stands before a verb of the command line. */
  readonly self: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Full path; null for the usual place. */
  readonly dataDir: string | null;
  readonly language: string;
}

/** What is to be done every day. */
export interface DailyWish {
  /** `DOMAIN\user`. */
  readonly account: string;
  readonly logon: TaskLogon;
  /** Local time of day, `HH:MM`. */
  readonly at: string;
  readonly firstDay: Date;
  readonly description: string;
  /** Days; null for the watch's own. */
  readonly within: number | null;
  readonly eventLog: boolean;
  /** Full path of the calendar that is written anew every day; null for none. */
  readonly calendar: string | null;
  /** Rotates what is due after the watch, without an administrator; null does not. */
  readonly rotate: { readonly handOut: { readonly folder: string; readonly passwordFile: string } | null } | null;
}

/** This very program with a verb, over the data directory and in the language of this run. @throws Fault task.portable */
function action(args: readonly string[], { self: [program, ...before], env, dataDir, language }: OwnProgram): TaskAction {
  // Set by electron-builder's launcher of the portable program.
  if (env['PORTABLE_EXECUTABLE_FILE'] !== undefined) throw new Fault('task.portable');
  return { program, args: [...before, ...args, ...(dataDir === null ? [] : ['--data-dir', dataDir]), '--lang', language] };
}

const watchArguments = ({ within, eventLog, calendar }: DailyWish): string[] => [
  'watch',
  '--scheduled',
  ...(within === null ? [] : ['--within', `${within}d`]),
  ...(eventLog ? ['--event-log'] : []),
  ...(calendar === null ? [] : ['--calendar', calendar, '--force']),
];

function rotateArguments({ rotate }: DailyWish): string[] | null {
  if (rotate === null) return null;
  const { handOut } = rotate;
  return [
    'rotate',
    '--all-due',
    '--unattended',
    ...(handOut === null ? [] : ['--pfx-out', handOut.folder, '--password-file', handOut.passwordFile]),
  ];
}

/**
 * The task that does it.
 *
 * @throws Fault task.portable
 */
export function dailyTask(wish: DailyWish, program: OwnProgram): TaskDefinition {
  const { account, logon, at, firstDay, description } = wish;
  // First the watch: it answers the self-test, which does not wait for a rotation of many tenants.
  const verbs = [watchArguments(wish), rotateArguments(wish)].filter((args) => args !== null);
  return { account, logon, at, firstDay, description, actions: verbs.map((args) => action(args, program)) };
}

export interface DailyInstallation {
  /** Of this user's data. */
  readonly directory: string;
  readonly keychain: Keychain;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly scheduler: SchedulerContext;
  /** Of the account; null where Windows asks for it, or needs none. */
  readonly password: string | null;
}

/**
 * Registers the task and has it read a probe of the keychain; what fails is taken away again.
 *
 * @throws Fault task.*, vault.*, file.*
 */
export async function installDailyTask(definition: TaskDefinition, installation: DailyInstallation): Promise<void> {
  const { directory, keychain, clock, signal, scheduler, password } = installation;
  const { account } = definition;
  await registerTask(definition, directory, scheduler, password);
  try {
    await selfTest({ directory, keychain, clock, signal, start: () => startTask(account, scheduler) });
  } catch (error) {
    await removeTask(account, scheduler).catch(() => undefined);
    throw error;
  }
}
