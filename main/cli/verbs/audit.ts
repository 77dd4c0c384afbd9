import { resolve } from 'node:path';
import type { Command } from 'commander';
import { writeNewFile } from '../../files/index.ts';
import { activityPage } from '../../printed/index.ts';
import { stepText } from '../../servers/index.ts';
import { optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withServices } from '../session.ts';
import { table } from '../table.ts';

export function addAudit(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('audit')
    .description(t('cli.verb.audit'))
    .argument('[credential]', t('cli.argument.credential'))
    .option('--report <file>', t('cli.option.report'), optionValue('--report'))
    .option('--force', t('cli.option.force'))
    .action(async (credential: string | undefined, { report, force = false }: { report?: string; force?: boolean }, command: Command) => {
      await withServices(command, context, async ({ services, globals }) => {
        // The trail outlives the credential, so an id that is no longer in the list is understood too.
        const entries = services.trail.list(
          credential === undefined ? {} : { credentialId: idOf(services.engine.store.names(), credential) },
        );
        const page = report === undefined ? null : resolve(report);
        if (page !== null) {
          const about = { texts: context.texts, at: services.engine.clock.now(), practice: globals.practice !== null };
          await writeNewFile(page, Buffer.from(activityPage(entries, services.engine.store.names(), about)), { force });
        }
        if (globals.json) printJson({ entries, ...(page === null ? {} : { report: { path: page } }) }, context);
        else if (entries.length === 0) context.io.out(`${t('audit.empty')}\n`);
        else
          context.io.out(
            table(
              entries.map((each) => [
                each.at,
                each.actor,
                each.phase,
                each.step === null ? '' : stepText(each.step, context.texts),
                each.change,
                each.target ?? '',
              ]),
            ),
          );
        if (page !== null && !globals.json) context.io.out(`${t('printed.written', { path: page })}\n`);
      });
    });
}

function idOf(names: ReadonlyMap<string, string>, idOrName: string): string {
  const asked = idOrName.trim().normalize('NFC');
  return [...names].find(([id, name]) => id === asked || name.toLowerCase() === asked.toLowerCase())?.[0] ?? asked;
}
