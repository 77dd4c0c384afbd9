import type { Command } from 'commander';
import { pfxHandOut } from '../../registration/verbs/index.ts';
import { Fault } from '../../faults.ts';
import { rotateAllDue, type RotationOutcome } from '../../registration/verbs/all-due.ts';
import { rotate, rotateBack, type HandOut, type RotationReport } from '../../registration/verbs/rotate.ts';
import { damagedDocument, sayDamaged } from '../damaged-text.ts';
import { exitCodeOf, exitCodes, worst, type ExitCode } from '../exit-codes.ts';
import { globalOptions } from '../global-options.ts';
import { withLifetimeOptions } from '../lifetime-option.ts';
import { askYes } from '../narrator.ts';
import { optionDays, optionValue, repeated } from '../option-value.ts';
import { faultDocument, printJson, printReport, reportedFault } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { nameText } from '../report-text.ts';
import { nextStepText, rotationText } from '../rotation-text.ts';
import { requireConsentToWrite, requireTenant, withServices, type Session } from '../session.ts';
import { rotateWish, type RotateWish } from './rotate-options.ts';

function handOutOf({ services, globals }: Session, { pfx }: RotateWish, { io, texts }: VerbContext): HandOut | null {
  return pfx === null
    ? null
    : pfxHandOut(services.engine, {
        ...pfx,
        mark: globals.practice === null ? '' : texts.t('app.practice.mark'),
        onFolderRights: (path) => io.err(`${texts.t('export.folder-rights', { path })} ${texts.t('export.folder-rights.detail')}\n`),
      });
}

function printRotation(report: RotationReport, { services, globals }: Session, context: VerbContext): ExitCode {
  const code = printReport(report, globals, context);
  if (!globals.json) context.io.out(rotationText(services.engine.store.find(report.credential.id), context.texts));
  return code;
}

function requestOf({ withinDays, unattended, overlapDays, lifetime }: RotateWish) {
  return { withinDays, unattended, overlapDays, ...(lifetime === null ? {} : { lifetime }) };
}

async function one(session: Session, credential: string, wish: RotateWish, context: VerbContext): Promise<void> {
  const { engine } = session.services;
  const request = { ...requestOf(wish), credential, asked: true, showUse: wish.showUse, handOut: handOutOf(session, wish, context) };
  context.end(printRotation(await rotate(engine, request, session.run(wish.accepted)), session, context));
}

async function back(session: Session, credential: string, context: VerbContext): Promise<void> {
  const { io, texts } = context;
  const { name } = session.services.engine.store.find(credential);
  if (!session.globals.yes && !(await askYes(texts.t('rotate.question.roll-back', { name }), io, texts))) throw new Fault('input.declined');
  context.end(printRotation(await rotateBack(session.services.engine, credential, session.run()), session, context));
}

const faultOf = (outcome: RotationOutcome): Fault | null => ('fault' in outcome ? outcome.fault : reportedFault(outcome.report));

function outcomeDocument(outcome: RotationOutcome, { texts }: VerbContext): unknown {
  const fault = faultOf(outcome);
  const document = 'fault' in outcome ? { credential: outcome.credential } : outcome.report;
  return fault === null ? document : { ...document, ...faultDocument(fault, texts) };
}

/** One line: how far it came, or what is wrong and what to do. */
function outcomeText(outcome: RotationOutcome, { services, globals }: Session, { texts }: VerbContext): string {
  const { credential } = 'fault' in outcome ? outcome : outcome.report;
  const fault = faultOf(outcome);
  const said = fault === null ? null : texts.faultText(fault);
  const reached = 'report' in outcome ? outcome.report.timeline.at(-1)?.state : undefined;
  const words =
    said === null
      ? [reached === undefined ? '' : texts.t(`rotation.${reached}`), nextStepText(services.engine.store.find(credential.id), texts)]
      : [said.message, said.fix];
  return `${nameText(credential, texts, globals.practice !== null)}: ${words.filter((word) => word !== '').join(' – ')}\n`;
}

async function allDue(session: Session, wish: RotateWish, context: VerbContext): Promise<void> {
  const { io, texts } = context;
  const outcomes: RotationOutcome[] = [];
  const run = session.run(wish.accepted);
  const quiet = wish.unattended ? { ...run, onProgress: () => undefined } : run;
  await rotateAllDue(session.services.engine, { ...requestOf(wish), handOut: handOutOf(session, wish, context) }, quiet, (outcome) => {
    outcomes.push(outcome);
    if (!session.globals.json) io.out(outcomeText(outcome, session, context));
  });
  const damaged = session.services.engine.store.damaged().filter((row) => !row.deleted);
  const results = outcomes.map((outcome) => outcomeDocument(outcome, context));
  if (session.globals.json) printJson({ results, damaged: damaged.map(damagedDocument) }, context);
  else if (outcomes.length === 0 && damaged.length === 0) io.out(`${texts.t('rotate.none-due', { days: wish.withinDays })}\n`);
  sayDamaged(damaged, context);
  const codes = outcomes.map(faultOf).map((fault) => (fault === null ? exitCodes.done : exitCodeOf(fault.code)));
  context.end(worst([...codes, ...damaged.map(() => exitCodes['check-failed'])]));
}

export function addRotate(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  const command = program
    .command('rotate')
    .description(t('cli.verb.rotate'))
    .argument('[credential]', t('cli.argument.credential'))
    .option('--all-due', t('cli.option.all-due'))
    .option('--within <days>', t('cli.option.rotate-within'), optionDays('--within'))
    .option('--unattended', t('cli.option.unattended'))
    .option('--overlap <days>', t('cli.option.overlap'), optionDays('--overlap'));
  withLifetimeOptions(command, context.texts, 'cli.option.rotate-valid-months')
    .option('--roll-back', t('cli.option.roll-back'))
    .option('--pfx-out <file>', t('cli.option.pfx-out'), optionValue('--pfx-out'))
    .option('--password-file <file>', t('cli.option.password-file'), optionValue('--password-file'))
    .option('--pfx-encryption <kind>', t('cli.option.pfx-encryption'), optionValue('--pfx-encryption', ['modern', 'compatible']))
    .option('--accept <finding>', t('cli.option.accept'), repeated('--accept'))
    .option('--show-use', t('cli.option.show-use'))
    .action(async (credential: string | undefined, options: Record<string, unknown>) => {
      const wish = await rotateWish(credential, options, globalOptions(command).tenant);
      // Unattended is itself the word that nobody is asked.
      if (!wish.unattended) requireConsentToWrite(command, context);
      if (!wish.unattended && !wish.rollBack && wish.credential !== null) requireTenant(command);
      await withServices(command, context, async (session) => {
        if (wish.credential === null) await allDue(session, wish, context);
        else if (wish.rollBack) await back(session, wish.credential, context);
        else await one(session, wish.credential, wish, context);
      });
    });
}
