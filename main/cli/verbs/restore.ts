import type { Command } from 'commander';
import { restore } from '../../registration/verbs/index.ts';
import { printReport } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { requireConsentToWrite, requireTenant, withServices } from '../session.ts';

export function addRestore(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('restore')
    .description(t('cli.verb.restore'))
    .argument('<credential>', t('cli.argument.credential'))
    .action(async (credential: string, _options: object, command: Command) => {
      requireConsentToWrite(command, context);
      requireTenant(command);
      await withServices(command, context, async ({ services, globals, run }) => {
        context.end(printReport(await restore(services.engine, credential, run()), globals, context));
      });
    });
}
