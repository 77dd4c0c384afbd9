import type { Command } from 'commander';
import { Fault } from '../../faults.ts';
import { acceptable, finishMigration, migrate, migrateBack, type MigrationReport } from '../../registration/index.ts';
import type { ExitCode } from '../exit-codes.ts';
import { flag } from '../global-options.ts';
import { mailboxOption } from '../mailbox-option.ts';
import { optionConflict, optionCount, optionText, optionValue, repeated } from '../option-value.ts';
import { printReport } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { requireConsentToWrite, requireTenant, withServices, type Session } from '../session.ts';
import { everything, targetOf } from './migrate-many.ts';

type Options = Readonly<Record<string, unknown>>;

/** What the move has come to, and what is next. */
function timelineText({ timeline, credential }: MigrationReport, { texts }: VerbContext): string {
  const { t } = texts;
  if (timeline.length === 0) return '';
  const steps = timeline.map(({ state, at }) => `  ${at.slice(0, 16).replace('T', ' ')}Z  ${t(`migration.${state}`)}`);
  const last = timeline.at(-1)?.state;
  const next = last === undefined ? '' : t(`migration.next.${last}`, { name: credential.name });
  return `${['', t('migration.timeline'), ...steps, ...(next === '' ? [] : [next])].join('\n')}\n`;
}

function printMigration(report: MigrationReport, { globals }: Session, context: VerbContext): ExitCode {
  const code = printReport(report, globals, context);
  if (!globals.json) context.io.out(timelineText(report, context));
  return code;
}

async function one(session: Session, credential: string, options: Options, context: VerbContext): Promise<void> {
  const { engine } = session.services;
  const planOnly = flag(options, 'plan');
  if (flag(options, 'finish'))
    context.end(printMigration(await finishMigration(engine, credential, planOnly, session.run()), session, context));
  else if (flag(options, 'back'))
    context.end(printMigration(await migrateBack(engine, credential, planOnly, session.run()), session, context));
  else {
    const mailbox = mailboxOption(options) ?? null;
    const request = {
      credential,
      to: await targetOf(options['to'], session),
      mailbox,
      pilot: flag(options, 'pilot'),
      losses: flag(options, 'lossesAccepted') ? acceptable : [],
      planOnly,
    };
    context.end(printMigration(await migrate(engine, request, session.run()), session, context));
  }
}

/** Away from EWS, step by step. */
export function addMigrate(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('migrate')
    .description(t('cli.verb.migrate'))
    .argument('[credential]', t('cli.argument.credential'))
    .option('--to <profile>', t('cli.option.migrate.to'), optionValue('--to'))
    .option('--mailbox <address>', t('cli.option.mailbox'), optionText('--mailbox'))
    .option('--pilot', t('cli.option.migrate.pilot'))
    .option('--losses-accepted', t('cli.option.migrate.losses'))
    .option('--losses-accepted-in <tenant>', t('cli.option.migrate.losses-in'), repeated('--losses-accepted-in'))
    .option('--finish', t('cli.option.migrate.finish'))
    .option('--back', t('cli.option.migrate.back'))
    .option('--all', t('cli.option.all'))
    .option('--limit <number>', t('cli.option.migrate.limit'), optionCount('--limit'))
    .option('--plan', t('cli.option.plan'))
    .action(async (credential: string | undefined, options: Options, command: Command) => {
      const all = flag(options, 'all');
      if (all === (credential !== undefined))
        throw all ? new Fault('input.argument.excess') : new Fault('input.argument.missing', { params: { argument: 'CREDENTIAL' } });
      const ways = ['finish', 'back', 'to'].filter((name) => (name === 'to' ? options['to'] !== undefined : flag(options, name)));
      const [first, second] = ways;
      if (first === undefined) throw new Fault('input.option.missing', { params: { option: '--to' } });
      if (second !== undefined) throw optionConflict(`--${first}`, `--${second}`);
      for (const [name, option] of [
        ['mailbox', '--mailbox'],
        ['pilot', '--pilot'],
        ['lossesAccepted', '--losses-accepted'],
        ['lossesAcceptedIn', '--losses-accepted-in'],
      ] as const)
        if (first !== 'to' && options[name] !== undefined) throw optionConflict(`--${first}`, option);
      for (const name of ['finish', 'back', 'mailbox', 'pilot'])
        if (all && options[name] !== undefined) throw optionConflict('--all', `--${name}`);
      if (!all && options['lossesAcceptedIn'] !== undefined) throw new Fault('input.option.missing', { params: { option: '--all' } });
      if (!flag(options, 'plan')) requireConsentToWrite(command, context);
      if (!all) requireTenant(command);
      await withServices(command, context, async (session) => {
        if (credential === undefined) await everything(session, options, context);
        else await one(session, credential, options, context);
      });
    });
}
