import type { Command } from 'commander';
import { Fault } from '../../faults.ts';
import type { Check } from '../../credential/index.ts';
import { evidenceText } from '../../registration/describe.ts';
import { testRedirectAddress, testUsers, type Engine } from '../../registration/index.ts';
import { checkTitle } from '../../registration/verify/checks/index.ts';
import { verify, verifyAll, type VerifyOutcome } from '../../registration/verbs/verify.ts';
import { damagedDocument, sayDamaged } from '../damaged-text.ts';
import { exitCodeOf, exitCodes, worst, type ExitCode } from '../exit-codes.ts';
import { flag } from '../global-options.ts';
import { faultDocument, printJson, printReport, reportedFault, type RequestedCheck } from '../output.ts';
import { mailboxOption } from '../mailbox-option.ts';
import type { VerbContext } from '../program.ts';
import { nameText } from '../report-text.ts';
import { withServices, type Session } from '../session.ts';
import { optionConflict, optionText } from '../option-value.ts';

function outcomeCode(outcome: VerifyOutcome): ExitCode {
  const fault = 'fault' in outcome ? outcome.fault : reportedFault(outcome.report);
  return fault === null ? exitCodes.done : exitCodeOf(fault.code);
}

const isUntested = (outcome: VerifyOutcome): boolean =>
  !('fault' in outcome) && reportedFault(outcome.report)?.code === 'state.not-testable';

function outcomeDocument(outcome: VerifyOutcome, context: VerbContext): unknown {
  if ('fault' in outcome) return { credential: outcome.credential, ...faultDocument(outcome.fault, context.texts) };
  const fault = reportedFault(outcome.report);
  return fault === null ? outcome.report : { ...outcome.report, ...faultDocument(fault, context.texts) };
}

function outcomeText(outcome: VerifyOutcome, practice: boolean, { texts }: VerbContext): string {
  const name = nameText('fault' in outcome ? outcome.credential : outcome.report.credential, texts, practice);
  const said = 'fault' in outcome ? texts.faultText(outcome.fault).message : texts.t(`state.${outcome.report.credential.state}`);
  return `${name}: ${said}\n`;
}

async function everything({ services, globals, run }: Session, context: VerbContext): Promise<void> {
  const { io, texts } = context;
  const outcomes: VerifyOutcome[] = [];
  await verifyAll(services.engine, { ...run(), onProgress: () => undefined }, (outcome) => {
    outcomes.push(outcome);
    if (!globals.json) io.out(outcomeText(outcome, globals.practice !== null, context));
  });
  const damaged = services.engine.store.damaged().filter((row) => !row.deleted);
  const results = outcomes.map((outcome) => outcomeDocument(outcome, context));
  if (globals.json) printJson({ results, damaged: damaged.map(damagedDocument) }, context);
  else if (outcomes.length === 0 && damaged.length === 0) io.out(`${texts.t('list.empty')}\n`);
  // Where something was tested, what could not be is no finding.
  const tested = outcomes.filter((outcome) => !isUntested(outcome));
  const codes = (tested.length === 0 ? outcomes : tested).map(outcomeCode);
  const bad = codes.filter((code) => code !== exitCodes.done).length;
  if (bad > 0) io.err(`${texts.t('verify.summary', { bad, all: outcomes.length })}\n`);
  sayDamaged(damaged, context);
  context.end(worst([...codes, ...damaged.map(() => exitCodes['check-failed'])]));
}

const onRequest = [
  ['testUsers', '--test-users'],
  ['testAddress', '--test-address'],
] as const;

/** What is tested only where somebody asks for it. */
async function requestedChecks(
  engine: Engine,
  credential: string,
  options: Readonly<Record<string, unknown>>,
  { io, texts }: VerbContext,
): Promise<RequestedCheck[]> {
  const told = ({ check, result, evidence }: Check, answer: string | null): RequestedCheck => ({
    check,
    name: checkTitle(check, texts),
    result,
    evidence: evidenceText({ evidence }, texts),
    answer,
  });
  const users = flag(options, 'testUsers') ? await testUsers(engine, credential, io.signal) : null;
  const address = flag(options, 'testAddress') ? await testRedirectAddress(engine, credential, io.signal) : null;
  return [...(users === null ? [] : [told(users.check, users.answer)]), ...(address === null ? [] : [told(address, null)])];
}

export function addVerify(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('verify')
    .description(t('cli.verb.verify'))
    .argument('[credential]', t('cli.argument.credential'))
    .option('--all', t('cli.option.all'))
    .option('--sign-in', t('cli.option.sign-in'))
    .option('--test-users', t('cli.option.test-users'))
    .option('--test-address', t('cli.option.test-address'))
    .option('--mailbox <address>', t('cli.option.mailbox'), optionText('--mailbox'))
    .action(async (credential: string | undefined, options: Record<string, unknown>, command: Command) => {
      const all = flag(options, 'all');
      const signIn = flag(options, 'signIn');
      if (all === (credential !== undefined))
        throw all ? new Fault('input.argument.excess') : new Fault('input.argument.missing', { params: { argument: 'CREDENTIAL' } });
      const mailbox = mailboxOption(options);
      if (all && signIn) throw optionConflict('--all', '--sign-in');
      for (const [name, option] of onRequest) if (all && flag(options, name)) throw optionConflict('--all', option);
      if (all && mailbox !== undefined) throw optionConflict('--all', '--mailbox');
      await withServices(command, context, async (session) => {
        const { engine } = session.services;
        if (credential === undefined) {
          await everything(session, context);
          return;
        }
        const report = await verify(engine, credential, { signIn, ...(mailbox === undefined ? {} : { mailbox }) }, session.run());
        const requested = await requestedChecks(engine, credential, options, context);
        const code = printReport(report, session.globals, context, requested);
        context.end(worst([code, ...requested.map(({ result }) => (result === 'failed' ? exitCodes['check-failed'] : exitCodes.done))]));
      });
    });
}
