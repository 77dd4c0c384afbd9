import { resolve } from 'node:path';
import type { Command } from 'commander';
import { writeNewFile } from '../../files/index.ts';
import {
  answerSelfTest,
  askServersDaily,
  calendarOf,
  changesAhead,
  dismissChange,
  dismissedChanges,
  eventsOf,
  findingFault,
  findingPlace,
  findingText,
  lastRun,
  rememberRun,
  requireEventLog,
  serverFindings,
  watchReport,
  writeEvents,
  type AskedAnswer,
  type ServerFinding,
  type ChangeAhead,
  type WatchLine,
  type WatchReport,
} from '../../watch/index.ts';
import { damagedDocument, sayDamaged } from '../damaged-text.ts';
import { exitCodeOf, exitCodes, worst, type ExitCode } from '../exit-codes.ts';
import { globalOptions } from '../global-options.ts';
import { readPolicies } from '../../policies/index.ts';
import { datedChanges } from '../../servers/index.ts';
import type { StoreServices } from '../../services/index.ts';
import { optionDays, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withStore } from '../session.ts';
import { table } from '../table.ts';
import { optionTime, wayOf, type WatchOptions } from './watch-options.ts';
import { installTask, uninstallTask, writeTaskFile } from './watch-task.ts';

/** Days before the end at which a certificate counts as expiring, where nothing else is said. */
const defaultWithin = 30;

function rowOf(
  { name, tenantName, tenantId, days, notAfter, superseded }: WatchLine,
  practice: boolean,
  texts: VerbContext['texts'],
): string[] {
  const { t } = texts;
  const when = { days: days ?? 0, date: texts.date(new Date(notAfter ?? 0)) };
  const mark = practice ? `${t('app.practice.mark')} ` : '';
  return [`${mark}${name}`, tenantName || tenantId, `${t('watch.ends', when)}${superseded ? ` (${t('watch.superseded')})` : ''}`];
}

/** What needs attention, line by line, and the sum of all. */
function reportText({ certificates, withinDays, servers }: WatchReport, practice: boolean, { texts }: VerbContext): string {
  const { t } = texts;
  const mark = practice ? `${t('app.practice.mark')} ` : '';
  const urgent = certificates.filter(({ status }) => status === 'expired' || status === 'expiring');
  const count = (wanted: WatchLine['status']) => certificates.filter(({ status }) => status === wanted).length;
  const without = count('no-certificate');
  return [
    urgent.length === 0 ? '' : table(urgent.map((each) => rowOf(each, practice, texts))),
    `${t('watch.sum', { total: certificates.length - without, expired: count('expired'), expiring: count('expiring'), within: withinDays })}\n`,
    without === 0 ? '' : `${t('watch.without', { count: without })}\n`,
    ...servers.map((each) => `${mark}${findingPlace(each)}: ${findingText(each, texts)}\n`),
  ].join('');
}

/** What comes at Microsoft within three months, and whom it touches. */
function changeText({ id, date, days, level, credentials }: ChangeAhead, texts: VerbContext['texts']): string {
  if (level === null) return '';
  const names = credentials.map(({ name }) => name).join(', ');
  return `${texts.t(`change-ahead.${id}`, { days, date: texts.date(new Date(date)), count: credentials.length, names })}\n`;
}

/** An end of a certificate is counted with those of the list. */
function codeOf(found: ServerFinding): ExitCode {
  if (found.finding === 'expired' || found.finding === 'expiring') return exitCodes[found.finding];
  return exitCodeOf(findingFault(found)?.code ?? 'state.needs-attention');
}

/** Asks the servers that were not asked today; without one nothing is opened for it. */
async function askServers(session: StoreServices, { io }: VerbContext): Promise<readonly AskedAnswer[]> {
  const { servers, askedServers, directory, clock, log } = session;
  if (servers.list().length === 0) return [];
  const { policies } = await readPolicies({ env: io.env, platform: io.platform, run: io.runProgram });
  return askServersDaily({ servers: askedServers({ policies, fetch: io.fetch }), directory, now: clock.now(), log, signal: io.signal });
}

async function look(
  { within = defaultWithin, eventLog = false, scheduled = false, calendar, force = false }: WatchOptions,
  command: Command,
  context: VerbContext,
): Promise<void> {
  const { io, texts } = context;
  if (eventLog) requireEventLog(io);
  await withStore(command, context, async (session) => {
    const { store, clock, directory, log, globals, keychain } = session;
    if (scheduled) await answerSelfTest(directory, keychain);
    const now = clock.now();
    const practice = globals.practice !== null;
    const records = store.list();
    const answers = await askServers(session, context);
    const report = watchReport(records, now, within, serverFindings(answers, records, now, within));
    const { ranAt: previousRun } = await lastRun(directory, now);
    const file = calendar === undefined ? null : { path: resolve(calendar), ...(await calendarOf(records, now, practice, texts, answers)) };
    if (file !== null) await writeNewFile(file.path, Buffer.from(file.text), { force });
    const damaged = store.damaged();
    const events = eventLog ? eventsOf(report, damaged, practice, texts) : [];
    const source = eventLog ? await writeEvents(events, io) : null;
    // Last: a watch whose outputs could not be written has not run.
    await rememberRun(directory, report, log);
    const outputs = {
      ...(source === null ? {} : { eventLog: { source, events: events.length } }),
      ...(file === null ? {} : { calendar: { path: file.path, events: file.events } }),
    };
    const servers = report.servers.map((each) => ({ ...each, text: findingText(each, texts) }));
    const changes = changesAhead(records, now, await dismissedChanges(directory));
    const ahead = changes.length === 0 ? {} : { changes };
    if (globals.json) printJson({ ...report, ...ahead, servers, damaged: damaged.map(damagedDocument), previousRun, ...outputs }, context);
    else
      io.out(
        `${reportText(report, practice, context)}${changes.map((each) => changeText(each, texts)).join('')}${file === null ? '' : `${texts.t('calendar.written', { events: file.events, path: file.path })}\n`}`,
      );
    sayDamaged(damaged, context);
    const code = report.result === 'fine' ? exitCodes.done : exitCodes[report.result];
    context.end(worst([code, ...damaged.map(() => exitCodes['check-failed']), ...report.servers.map(codeOf)]));
  });
}

/** From now on neither watch nor window tells of this change. */
async function dismiss(id: string, command: Command, context: VerbContext): Promise<void> {
  await withStore(command, context, async ({ clock, directory, globals }) => {
    await dismissChange(directory, id, clock.now());
    if (globals.json) printJson({ dismissed: id }, context);
    else context.io.out(`${context.texts.t('watch.dismissed', { change: id })}\n`);
    context.end(exitCodes.done);
  });
}

export function addWatch(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('watch')
    .description(t('cli.verb.watch'))
    .option('--within <days>', t('cli.option.watch.within'), optionDays('--within'))
    .option('--event-log', t('cli.option.watch.event-log'))
    .option('--calendar <file>', t('cli.option.watch.calendar'), optionValue('--calendar'))
    .option('--install-task', t('cli.option.watch.install-task'))
    .option('--remove-task', t('cli.option.watch.remove-task'))
    .option('--task-file <file>', t('cli.option.watch.task-file'), optionValue('--task-file'))
    .option('--task-user <account>', t('cli.option.watch.task-user'), optionValue('--task-user'))
    .option('--logon <kind>', t('cli.option.watch.logon'), optionValue('--logon', ['interactive', 'password']))
    .option('--at <time>', t('cli.option.watch.at'), optionTime('--at'))
    .option('--rotate', t('cli.option.watch.rotate'))
    .option('--pfx-out <folder>', t('cli.option.watch.pfx-out'), optionValue('--pfx-out'))
    .option('--password-file <file>', t('cli.option.password-file'), optionValue('--password-file'))
    .option('--logon-password-file <file>', t('cli.option.watch.logon-password-file'), optionValue('--logon-password-file'))
    .option(
      '--dismiss <change>',
      t('cli.option.watch.dismiss'),
      optionValue(
        '--dismiss',
        datedChanges().map(({ id }) => id),
      ),
    )
    .option('--scheduled', t('cli.option.watch.scheduled'))
    .option('--force', t('cli.option.force'))
    .action(async (options: WatchOptions, command: Command) => {
      const way = wayOf(options, globalOptions(command).practice !== null);
      if (way === 'installTask') await installTask(options, command, context);
      else if (way === 'removeTask') await uninstallTask(command, context);
      else if (way === 'dismiss' && options.dismiss !== undefined) await dismiss(options.dismiss, command, context);
      else if (way === 'taskFile') await writeTaskFile(options, command, context);
      else await look(options, command, context);
    });
}
