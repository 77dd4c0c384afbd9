import type { Command } from 'commander';
import { lastRun, rememberRun, watchReport, type WatchLine, type WatchReport } from '../../watch/index.ts';
import { exitCodes } from '../exit-codes.ts';
import { optionDays } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withStore } from '../session.ts';
import { table } from '../table.ts';

/** Days before the end at which a certificate counts as expiring, where nothing else is said. */
const defaultWithin = 30;

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
    .action(async ({ within = defaultWithin }: { readonly within?: number }, command: Command) => {
      await withStore(command, context, async ({ store, clock, directory, log, globals }) => {
        const now = clock.now();
        const report = watchReport(store.list(), now, within);
        const { ranAt: previousRun } = await lastRun(directory, now);
        await rememberRun(directory, report, log);
        if (globals.json) printJson({ ...report, previousRun }, context);
        else context.io.out(reportText(report, globals.practice !== null, context));
        context.end(report.result === 'fine' ? exitCodes.done : exitCodes[report.result]);
      });
    });
}
