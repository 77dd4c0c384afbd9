import type { Command } from 'commander';
import { defaultLifetime } from '../../certificates/index.ts';
import { repair } from '../../registration/verbs/repair.ts';
import { printReport } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withServices } from '../session.ts';

export function addPlan(program: Command, context: VerbContext): void {
  program
    .command('plan')
    .description(context.texts.t('cli.verb.plan'))
    .argument('<credential>', context.texts.t('cli.argument.credential'))
    .action(async (credential: string, _options: object, command: Command) => {
      await withServices(command, context, async ({ services, globals, run }) => {
        const report = await repair(
          services.engine,
          { credential, certificate: null, keySize: 3072, lifetime: defaultLifetime, planOnly: true },
          run(),
        );
        context.end(printReport(report, globals, context));
      });
    });
}
