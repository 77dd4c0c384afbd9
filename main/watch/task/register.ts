import { randomUUID } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import { systemProgram, type Program, type RunProgram } from '../../windows/index.ts';
import { isNoLogonSession } from './no-logon-session.ts';
import { powerShell } from '../windows/power-shell.ts';
import { taskFile, taskXml, type TaskDefinition } from './task-xml.ts';

export interface SchedulerContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly runProgram: RunProgram;
}

/** Each user has a task of their own; names are unique on the PC. */
export function taskName(account: string): string {
  return `Tenant Keyring expiry watch (${account.split('\\').at(-1) ?? account})`;
}

/** @throws Fault task.elsewhere where there is no Windows */
export function requireScheduler({ platform }: Pick<SchedulerContext, 'platform'>): void {
  if (platform !== 'win32') throw new Fault('task.elsewhere');
}

const hex = (code: number | null): string => (code === null ? '–' : `0x${(code >>> 0).toString(16).toUpperCase().padStart(8, '0')}`);

/** @throws Fault task.no-logon-session, task.not-registered */
async function run(program: Program, { runProgram }: SchedulerContext): Promise<void> {
  const ended = await runProgram(program).catch((error: unknown) => {
    throw new Fault('task.not-registered', { params: { reason: error instanceof Error ? error.message : String(error) }, cause: error });
  });
  if (ended.code === 0) return;
  const said = ended.output.replaceAll(/\s+/g, ' ').trim();
  if (isNoLogonSession(said, ended.code)) throw new Fault('task.no-logon-session', { params: { reason: said || hex(ended.code) } });
  throw new Fault('task.not-registered', { params: { reason: said || hex(ended.code) } });
}

const schtasks = (args: readonly string[], context: SchedulerContext, more: Pick<Program, 'asks'> = {}): Promise<void> =>
  run({ file: systemProgram(context.env, 'schtasks.exe'), args, ...more }, context);

/** schtasks takes a password from a console or from its command line, which others can read; this one from standard input. */
const withPassword = [
  `$ErrorActionPreference = 'Stop'`,
  `try { $task = (@($input) -join '' | ConvertFrom-Json)`,
  `Register-ScheduledTask -TaskName $task.name -Xml $task.xml -User $task.account -Password $task.password -Force | Out-Null } catch { $_.Exception.Message; exit 1 }`,
].join('; ');

/**
 * Registers the task, in the place of an earlier one. Where it signs in with a password that is not given, schtasks itself
 * asks the person. The password never stands in a command line, which others can read.
 *
 * @param folder of this user, for a file that is gone afterwards
 * @param password of the account; null where it is asked for, or not needed
 * @throws Fault task.elsewhere, task.no-logon-session, task.not-registered, file.*
 */
export async function registerTask(
  definition: TaskDefinition,
  folder: string,
  context: SchedulerContext,
  password: string | null = null,
): Promise<void> {
  requireScheduler(context);
  const { account, logon } = definition;
  if (logon === 'Password' && password !== null) {
    await run(powerShell(withPassword, { name: taskName(account), xml: taskXml(definition), account, password }, context.env), context);
    return;
  }
  const file = join(folder, `task-${randomUUID()}.xml`);
  await writeNewFile(file, taskFile(definition), { force: false });
  // /HRESULT: the exit code says what happened in every language.
  const args = ['/Create', '/TN', taskName(account), '/XML', file, '/F', '/HRESULT'];
  try {
    if (logon === 'Password') await schtasks([...args, '/RU', account, '/RP', '*'], context, { asks: true });
    else await schtasks(args, context);
  } finally {
    await unlink(file).catch(() => undefined);
  }
}

/** Starts the task now. @throws Fault task.elsewhere, task.no-logon-session, task.not-registered */
export async function startTask(account: string, context: SchedulerContext): Promise<void> {
  requireScheduler(context);
  await schtasks(['/Run', '/TN', taskName(account), '/HRESULT'], context);
}

/** Whether this user has the task. @throws Fault task.elsewhere */
export async function isRegistered(account: string, context: SchedulerContext): Promise<boolean> {
  requireScheduler(context);
  const query = { file: systemProgram(context.env, 'schtasks.exe'), args: ['/Query', '/TN', taskName(account)] };
  return (await context.runProgram(query)).code === 0;
}

/** @throws Fault task.elsewhere, task.missing, task.not-registered */
export async function removeTask(account: string, context: SchedulerContext): Promise<void> {
  const name = taskName(account);
  if (!(await isRegistered(account, context))) throw new Fault('task.missing', { params: { name } });
  await schtasks(['/Delete', '/TN', name, '/F', '/HRESULT'], context);
}
