import { standingReport } from '../../registration/run/standing-report.ts';
import type { Command } from 'commander';
import type { CredentialRecord } from '../../credential/index.ts';
import type { Engine, Run } from '../../registration/engine.ts';
import { handOver, handOverAndForget, markUsedHereOnly, undoHandover } from '../../registration/verbs/index.ts';
import { Fault } from '../../faults.ts';
import { flag, textOption } from '../global-options.ts';
import { optionConflict, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { reportText } from '../report-text.ts';
import { rotationText } from '../rotation-text.ts';
import { withServices } from '../session.ts';

type Act = 'confirm' | 'confirm-and-forget' | 'not-needed' | 'undo';

/** Which of the four was asked for. @throws Fault input.option.conflict, handover.not-confirmed */
function actOf(options: Readonly<Record<string, unknown>>): Act {
  const forget = flag(options, 'forgetKey');
  for (const [name, option, act] of [
    ['notNeeded', '--not-needed', 'not-needed'],
    ['undo', '--undo', 'undo'],
  ] as const) {
    if (!flag(options, name)) continue;
    if (flag(options, 'confirmed')) throw optionConflict(option, '--confirmed');
    if (options['thumbprint'] !== undefined) throw optionConflict(option, '--thumbprint');
    if (forget) throw optionConflict(option, '--forget-key');
    if (name === 'notNeeded' && flag(options, 'undo')) throw optionConflict(option, '--undo');
    return act;
  }
  if (!flag(options, 'confirmed')) throw new Fault('handover.not-confirmed');
  return forget ? 'confirm-and-forget' : 'confirm';
}

async function carryOut(act: Act, engine: Engine, credential: string, thumbprint: string | undefined, run: Run): Promise<CredentialRecord> {
  switch (act) {
    case 'not-needed':
      return markUsedHereOnly(engine, credential);
    case 'undo':
      return undoHandover(engine, credential);
    case 'confirm-and-forget':
      return handOverAndForget(engine, credential, thumbprint, run);
    case 'confirm':
      return handOver(engine, credential, thumbprint, run);
    default: {
      const never: never = act;
      return never;
    }
  }
}

export function addHandover(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('handover')
    .description(t('cli.verb.handover'))
    .argument('<credential>', t('cli.argument.credential'))
    .option('--confirmed', t('cli.option.confirmed'))
    .option('--undo', t('cli.option.undo-handover'))
    .option('--not-needed', t('cli.option.not-needed'))
    .option('--forget-key', t('cli.option.forget-key'))
    .option('--thumbprint <thumbprint>', t('cli.option.thumbprint'), optionValue('--thumbprint'))
    .action(async (credential: string, options: Record<string, unknown>, command: Command) => {
      const act = actOf(options);
      const thumbprint = textOption(options, 'thumbprint');
      await withServices(command, context, async ({ services, globals, run }) => {
        const record = await carryOut(act, services.engine, credential, thumbprint, run());
        const shown = standingReport(record, context.texts);
        if (globals.json) printJson(shown, context);
        else {
          const { handover } = shown.credential;
          const confirmed =
            act.startsWith('confirm') && handover !== null ? `${t('handover.confirmed-for', { thumbprint: handover.thumbprint })}\n` : '';
          context.io.out(
            `${confirmed}${reportText(shown, context.texts, globals.practice !== null)}${rotationText(record, context.texts)}`,
          );
        }
      });
    });
}
