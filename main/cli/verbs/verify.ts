import type { Command } from 'commander';
import { Fault } from '../../faults.ts';
import { verify, verifyAll, type VerifyOutcome } from '../../registration/operations/verify.ts';
import { exitCodeOf, exitCodes, worst, type ExitCode } from '../exit-codes.ts';
import { flag } from '../global-options.ts';
import { faultDocument, printJson, printReport, reportedFault } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { credentialText } from '../report-text.ts';
import { withServices, type Session } from '../session.ts';

function outcomeCode(outcome: VerifyOutcome): ExitCode {
  const fault = 'fault' in outcome ? outcome.fault : reportedFault(outcome.report);
  return fault === null ? exitCodes.done : exitCodeOf(fault.code);
}

function outcomeDocument(outcome: VerifyOutcome, context: VerbContext): unknown {
  if ('fault' in outcome) return { credential: outcome.credential, ...faultDocument(outcome.fault, context.texts) };
  const fault = reportedFault(outcome.report);
  return fault === null ? outcome.report : { ...outcome.report, ...faultDocument(fault, context.texts) };
}

function outcomeText(outcome: VerifyOutcome, context: VerbContext): string {
  const { texts } = context;
  const [name] = credentialText('fault' in outcome ? outcome.credential : outcome.report.credential, texts);
  const said = 'fault' in outcome ? texts.faultText(outcome.fault).message : texts.t(`state.${outcome.report.credential.state}`);
  return `${name}: ${said}\n`;
}

async function everything({ services, globals, run }: Session, context: VerbContext): Promise<void> {
  const outcomes: VerifyOutcome[] = [];
  await verifyAll(services.engine, { ...run(), onProgress: () => undefined }, (outcome) => {
    outcomes.push(outcome);
    if (!globals.json) context.io.out(outcomeText(outcome, context));
  });
  if (globals.json) printJson({ results: outcomes.map((outcome) => outcomeDocument(outcome, context)) }, context);
  context.end(worst(outcomes.map(outcomeCode)));
}

export function addVerify(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('verify')
    .description(t('cli.verb.verify'))
    .argument('[credential]', t('cli.argument.credential'))
    .option('--all', t('cli.option.all'))
    .option('--sign-in', t('cli.option.sign-in'))
    .action(async (credential: string | undefined, options: Record<string, unknown>, command: Command) => {
      const all = flag(options, 'all');
      const signIn = flag(options, 'signIn');
      if (all === (credential !== undefined)) throw all ? new Fault('input.argument.excess') : new Fault('input.argument.missing', { params: { argument: 'ID' } });
      if (all && signIn) throw new Fault('input.option.conflict', { params: { option: '--all', other: '--sign-in' } });
      await withServices(command, context, async (session) => {
        if (credential === undefined) await everything(session, context);
        else context.end(printReport(await verify(session.services.engine, credential, { signIn }, session.run()), session.globals.json, context));
      });
    });
}
