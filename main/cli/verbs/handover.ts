import type { Command } from 'commander';
import { handOver, handOverAndForget, markUsedHereOnly } from '../../registration/verbs/index.ts';
import { Fault } from '../../faults.ts';
import { profileNotices } from '../../registration/notices.ts';
import { report } from '../../registration/run/report.ts';
import { flag, textOption } from '../global-options.ts';
import { optionConflict, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { reportText } from '../report-text.ts';
import { rotationText } from '../rotation-text.ts';
import { withServices } from '../session.ts';

export function addHandover(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('handover')
    .description(t('cli.verb.handover'))
    .argument('<credential>', t('cli.argument.credential'))
    .option('--confirmed', t('cli.option.confirmed'))
    .option('--not-needed', t('cli.option.not-needed'))
    .option('--forget-key', t('cli.option.forget-key'))
    .option('--thumbprint <thumbprint>', t('cli.option.thumbprint'), optionValue('--thumbprint'))
    .action(async (credential: string, options: Record<string, unknown>, command: Command) => {
      const notNeeded = flag(options, 'notNeeded');
      if (notNeeded && flag(options, 'confirmed')) throw optionConflict('--not-needed', '--confirmed');
      if (notNeeded && options['thumbprint'] !== undefined) throw optionConflict('--not-needed', '--thumbprint');
      const forget = flag(options, 'forgetKey');
      if (notNeeded && forget) throw optionConflict('--not-needed', '--forget-key');
      if (!notNeeded && !flag(options, 'confirmed')) throw new Fault('handover.not-confirmed');
      const thumbprint = textOption(options, 'thumbprint');
      await withServices(command, context, async ({ services, globals }) => {
        const { engine } = services;
        const confirmed = () => (forget ? handOverAndForget : handOver)(engine, credential, thumbprint);
        const record = notNeeded ? markUsedHereOnly(engine, credential) : await confirmed();
        const notices = profileNotices(record.profile, context.texts);
        const shown = report(
          { record, changes: [], findings: [], notices, proof: record.proof, requests: { graph: 0, identity: 0, sequential: 0 } },
          context.texts,
        );
        if (globals.json) printJson(shown, context);
        else context.io.out(`${reportText(shown, context.texts, globals.practice !== null)}${rotationText(record, context.texts)}`);
      });
    });
}
