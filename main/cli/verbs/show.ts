import type { Command } from 'commander';
import { profileNotices } from '../../registration/notices.ts';
import { report } from '../../registration/operations/report.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { reportText } from '../report-text.ts';
import { withServices } from '../session.ts';

export function addShow(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('show')
    .description(t('cli.verb.show'))
    .argument('<credential>', t('cli.argument.credential'))
    .action(async (credential: string, _options: object, command: Command) => {
      await withServices(command, context, ({ services, globals }) => {
        const record = services.engine.store.find(credential);
        const notices = profileNotices(record.profile, context.texts);
        const requests = { graph: 0, identity: 0, sequential: 0 };
        const shown = report({ record, changes: [], findings: [], notices, proof: record.proof, requests }, context.texts);
        if (globals.json) printJson(shown, context);
        else context.io.out(reportText(shown, context.texts, globals.practice !== null));
        return Promise.resolve();
      });
    });
}
