import { resolve } from 'node:path';
import type { Command } from 'commander';
import { binDays, remove } from '../../credentials/lifecycle/index.ts';
import { Fault } from '../../faults.ts';
import { credentialView } from '../../registration/operations/report.ts';
import { flag, globalOptions, textOption } from '../global-options.ts';
import { optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { requireConsentToWrite, withServices } from '../session.ts';

export function addRemove(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('remove')
    .description(t('cli.verb.remove'))
    .argument('<credential>', t('cli.argument.credential'))
    .option('--purge', t('cli.option.purge'))
    .option('--delete-registration', t('cli.option.delete-registration'))
    .option('--confirm-name <name>', t('cli.option.confirm-name'), optionValue('--confirm-name'))
    .option('--out <file>', t('cli.option.registration-export'), optionValue('--out'))
    .action(async (credential: string, options: Record<string, unknown>, command: Command) => {
      const deleteRegistration = flag(options, 'deleteRegistration');
      const purge = flag(options, 'purge');
      const confirmName = textOption(options, 'confirmName');
      requireConsentToWrite(command, context, deleteRegistration);
      await withServices(command, context, async ({ services, globals, run }) => {
        if (!globalOptions(command).yes) {
          const answer = await context.io.ask(`${t(purge ? 'remove.question.purge' : 'remove.question', { name: credential, days: binDays })} `);
          if (!t('plan.yes').split(' ').includes(answer.trim().toLowerCase())) throw new Fault('input.declined');
        }
        const stamp = services.engine.clock.now().toISOString().replaceAll(/[:.]/g, '-');
        const exportTo = resolve(textOption(options, 'out') ?? `${services.directory}/registration-${stamp}.json`);
        const record = await remove(services.engine, { credential, purge, deleteRegistration, exportTo, ...(confirmName === undefined ? {} : { confirmName }) }, run());
        if (globals.json) printJson({ credential: credentialView(record), purged: purge, registrationDeleted: deleteRegistration, ...(deleteRegistration ? { export: exportTo } : {}) }, context);
        else context.io.out(`${t(purge ? 'remove.done.purged' : 'remove.done', { name: record.name, days: binDays })}\n${deleteRegistration ? `${t('remove.done.registration', { days: binDays, path: exportTo })}\n` : ''}`);
      });
    });
}
