import type { Command } from 'commander';
import { stepText } from '../../servers/index.ts';
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
    .action(async (credential: string | undefined, _options: object, command: Command) => {
      await withServices(command, context, ({ services, globals }) => {
        // The trail outlives the credential, so an id that is no longer in the list is understood too.
        const entries = services.trail.list(
          credential === undefined ? {} : { credentialId: idOf(services.engine.store.names(), credential) },
        );
        if (globals.json) printJson({ entries }, context);
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
        return Promise.resolve();
      });
    });
}

function idOf(names: ReadonlyMap<string, string>, idOrName: string): string {
  const asked = idOrName.trim().normalize('NFC');
  return [...names].find(([id, name]) => id === asked || name.toLowerCase() === asked.toLowerCase())?.[0] ?? asked;
}
