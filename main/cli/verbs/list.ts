import type { Command } from 'commander';
import { credentialView } from '../../registration/operations/report.ts';
import { flag } from '../global-options.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { nameText, stateText } from '../report-text.ts';
import { withServices } from '../session.ts';
import { table } from '../table.ts';

export function addList(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('list')
    .description(t('cli.verb.list'))
    .option('--deleted', t('cli.option.deleted'))
    .action(async (options: Record<string, unknown>, command: Command) => {
      await withServices(command, context, ({ services, globals }) => {
        const deleted = flag(options, 'deleted');
        const credentials = services.engine.store.list({ deleted }).map(credentialView);
        if (globals.json) printJson({ credentials }, context);
        else if (credentials.length === 0) context.io.out(`${t(deleted ? 'list.empty.deleted' : 'list.empty')}\n`);
        else {
          const head = [t('field.name'), t('field.type'), t('field.tenant'), t('field.client-id'), t('field.certificate'), t('field.expires'), t('field.state')];
          const rows = credentials.map((each) => [nameText(each, context.texts, globals.practice !== null), each.type, each.tenantName, each.clientId ?? '–', each.certificate?.thumbprint.slice(0, 8) ?? '–', each.certificate ? context.texts.date(new Date(each.certificate.notAfter)) : '–', stateText(each, context.texts)]);
          context.io.out(table([head, ...rows]));
        }
        return Promise.resolve();
      });
    });
}
