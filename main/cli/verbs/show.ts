import { standingReport } from '../../registration/run/standing-report.ts';
import type { Command } from 'commander';
import { thumbprintForms, type ThumbprintForms } from '../../certificates/index.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { reportText } from '../report-text.ts';
import { rotationText } from '../rotation-text.ts';
import { withServices } from '../session.ts';
import { table } from '../table.ts';

/** Every form of the thumbprint that a portal, a token or a log may show; their names are the same in every language. */
function formsText({ sha1, sha256, x5t, x5tS256 }: ThumbprintForms): string {
  return `\n${table([
    ['  SHA-1', sha1],
    ['  SHA-256', sha256],
    ['  x5t', x5t],
    ['  x5t#S256', x5tS256],
  ])}`;
}

export function addShow(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('show')
    .description(t('cli.verb.show'))
    .argument('<credential>', t('cli.argument.credential'))
    .action(async (credential: string, _options: object, command: Command) => {
      await withServices(command, context, ({ services, globals }) => {
        const record = services.engine.store.find(credential);
        const shown = standingReport(record, context.texts);
        const thumbprints = record.certificate === null ? null : thumbprintForms(record.certificate);
        if (globals.json) printJson({ ...shown, thumbprints }, context);
        else
          context.io.out(
            `${reportText(shown, context.texts, globals.practice !== null)}${thumbprints === null ? '' : formsText(thumbprints)}${rotationText(record, context.texts)}`,
          );
        return Promise.resolve();
      });
    });
}
