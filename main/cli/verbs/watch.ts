import type { Command } from 'commander';
import { eventsOf, lastRun, rememberRun, requireEventLog, watchReport, writeEvents, type WatchLine, type WatchReport } from '../../watch/index.ts';
import { exitCodes } from '../exit-codes.ts';
import { optionDays } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withStore } from '../session.ts';
import { table } from '../table.ts';

/** Days before the end at which a certificate counts as expiring, where nothing else is said. */
const defaultWithin = 30;

interface WatchOptions {
  readonly within?: number;
  readonly eventLog?: boolean;
}

function rowOf({ name, tenantName, tenantId, days, notAfter, superseded }: WatchLine, practice: boolean, texts: VerbContext['texts']): string[] {
  const { t } = texts;
  const when = { days: days ?? 0, date: texts.date(new Date(notAfter ?? 0)) };
  const mark = practice ? `${t('app.practice.mark')} ` : '';
  return [`${mark}${name}`, tenantName || tenantId, t('watch.ends', when), superseded ? t('watch.superseded') : ''];
}

/** What needs attention, line by line, and the sum of all. */
function reportText({ certificates, withinDays }: WatchReport, practice: boolean, { texts }: VerbContext): string {
  const { t } = texts;
  const urgent = certificates.filter(({ status }) => status === 'expired' || status === 'expiring');
  const count = (wanted: WatchLine['status']) => certificates.filter(({ status }) => status === wanted).length;
  const without = count('no-certificate');
  return [
    urgent.length === 0 ? '' : table(urgent.map((each) => rowOf(each, practice, texts))),
    `${t('watch.sum', { total: certificates.length - without, expired: count('expired'), expiring: count('expiring'), within: withinDays })}\n`,
    without === 0 ? '' : `${t('watch.without', { count: without })}\n`,
  ].join('');
}

export function addWatch(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('watch')
    .description(t('cli.verb.watch'))
    .option('--within <days>', t('cli.option.watch.within'), optionDays('--within'))
    .option('--event-log', t('cli.option.watch.event-log'))
    .action(async ({ within = defaultWithin, eventLog = false }: WatchOptions, command: Command) => {
      if (eventLog) requireEventLog(context.io);
      await withStore(command, context, async ({ store, clock, directory, log, globals }) => {
        const now = clock.now();
        const report = watchReport(store.list(), now, within);
        const { ranAt: previousRun } = await lastRun(directory, now);
        await rememberRun(directory, report, log);
        const events = eventsOf(report, globals.practice !== null, context.texts);
        const written = eventLog ? { eventLog: { source: await writeEvents(events, context.io), events: events.length } } : {};
        if (globals.json) printJson({ ...report, previousRun, ...written }, context);
        else context.io.out(reportText(report, globals.practice !== null, context));
        context.end(report.result === 'fine' ? exitCodes.done : exitCodes[report.result]);
      });
    });
}
