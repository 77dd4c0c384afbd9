import { standingReport } from '../../registration/run/standing-report.ts';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { thumbprintForms, type ThumbprintForms } from '../../certificates/index.ts';
import { writeNewFile } from '../../files/index.ts';
import { credentialPage } from '../../printed/index.ts';
import { optionValue } from '../option-value.ts';
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
    .option('--report <file>', t('cli.option.report'), optionValue('--report'))
    .option('--force', t('cli.option.force'))
    .action(async (credential: string, { report, force = false }: { report?: string; force?: boolean }, command: Command) => {
      await withServices(command, context, async ({ services, globals }) => {
        const record = services.engine.store.find(credential);
        const shown = standingReport(record, context.texts);
        const thumbprints = record.certificate === null ? null : thumbprintForms(record.certificate);
        const page = report === undefined ? null : resolve(report);
        if (page !== null) {
          const about = { texts: context.texts, at: services.engine.clock.now(), practice: globals.practice !== null };
          const html = credentialPage(record, shown, services.trail.list({ credentialId: record.id }), about);
          await writeNewFile(page, Buffer.from(html), { force });
        }
        if (globals.json) printJson({ ...shown, thumbprints, ...(page === null ? {} : { report: { path: page } }) }, context);
        else
          context.io.out(
            `${reportText(shown, context.texts, globals.practice !== null)}${thumbprints === null ? '' : formsText(thumbprints)}${rotationText(record, context.texts)}${page === null ? '' : `\n${t('printed.written', { path: page })}\n`}`,
          );
      });
    });
}
