import type { Command } from 'commander';
import { Fault } from '../../faults.ts';
import { lastAnswers, lastRunWithoutEws } from '../../watch/index.ts';
import {
  countMoved,
  ewsOnly,
  finishMigration,
  migrate,
  migrateAll,
  migrateBack,
  type MigrationOutcome,
  type MigrationReport,
} from '../../registration/index.ts';
import { exitCodeOf, exitCodes, worst, type ExitCode } from '../exit-codes.ts';
import { flag } from '../global-options.ts';
import { mailboxOption } from '../mailbox-option.ts';
import { optionConflict, optionCount, optionText, optionValue } from '../option-value.ts';
import { faultDocument, printJson, printReport, reportedFault } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { nameText } from '../report-text.ts';
import { profileOption } from '../server-options.ts';
import { requireConsentToWrite, requireTenant, withServices, type Session } from '../session.ts';

/** So many in a wave where nobody says otherwise. */
const firstWave = 3;

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

const faultOf = (outcome: MigrationOutcome): Fault | null => ('fault' in outcome ? outcome.fault : reportedFault(outcome.report));

/** What only EWS has, by the administrator's word; none without it. */
const lossesOf = (options: Options): readonly string[] => (flag(options, 'lossesAccepted') ? ewsOnly : []);

/** @throws Fault input.option.missing */
async function targetOf(options: Options, { services }: Session) {
  const profile = await profileOption({ profile: options['to'] }, services.engine.profiles);
  if (profile === null) throw new Fault('input.option.missing', { params: { option: '--to' } });
  return profile;
}

async function everything(session: Session, options: Options, context: VerbContext): Promise<void> {
  const { io, texts } = context;
  const outcomes: MigrationOutcome[] = [];
  const limit = typeof options['limit'] === 'number' ? options['limit'] : firstWave;
  await migrateAll(
    session.services.engine,
    { to: await targetOf(options, session), limit, losses: lossesOf(options) },
    session.run(),
    (outcome) => {
      outcomes.push(outcome);
      if (session.globals.json) return;
      const { credential } = 'fault' in outcome ? outcome : outcome.report;
      const fault = faultOf(outcome);
      const said = fault === null ? texts.t('migration.granted') : texts.faultText(fault).message;
      io.out(`${nameText(credential, texts, session.globals.practice !== null)}: ${said}\n`);
    },
  );
  const results = outcomes.map((outcome) => {
    const fault = faultOf(outcome);
    const document = 'fault' in outcome ? { credential: outcome.credential } : outcome.report;
    return fault === null ? document : { ...document, ...faultDocument(fault, texts) };
  });
  const { engine, directory } = session.services;
  const { moved, left } = countMoved(engine);
  const lastRun = lastRunWithoutEws(await lastAnswers(directory), engine.store.list());
  if (session.globals.json) printJson({ results, moved, left, lastRun }, context);
  else {
    const last = lastRun === null ? 'none' : lastRun.slice(0, 16).replace('T', ' ');
    io.out(`${texts.t('migration.moved', { moved, total: moved + left, left, last })}\n`);
  }
  context.end(worst(outcomes.map(faultOf).map((fault) => (fault === null ? exitCodes.done : exitCodeOf(fault.code)))));
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
      to: await targetOf(options, session),
      mailbox,
      pilot: flag(options, 'pilot'),
      losses: lossesOf(options),
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
      ] as const)
        if (first !== 'to' && options[name] !== undefined) throw optionConflict(`--${first}`, option);
      for (const name of ['finish', 'back', 'mailbox', 'pilot', 'plan'])
        if (all && options[name] !== undefined) throw optionConflict('--all', `--${name}`);
      if (!flag(options, 'plan')) requireConsentToWrite(command, context);
      if (!all) requireTenant(command);
      await withServices(command, context, async (session) => {
        if (credential === undefined) await everything(session, options, context);
        else await one(session, credential, options, context);
      });
    });
}
