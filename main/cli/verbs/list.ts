import { resolve } from 'node:path';
import type { Command } from 'commander';
import { listText } from '../../credential/track/index.ts';
import { writeNewFile } from '../../files/index.ts';
import { credentialView } from '../../registration/run/report.ts';
import { flag, textOption } from '../global-options.ts';
import { optionConflict, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { nameText, stateText } from '../report-text.ts';
import { withServices, type Session } from '../session.ts';
import { table } from '../table.ts';

/** The list without keys, for `track --list` elsewhere. */
async function exportList({ services, globals }: Session, file: string, force: boolean, context: VerbContext): Promise<void> {
  const path = resolve(file);
  const records = services.engine.store.list();
  await writeNewFile(path, Buffer.from(listText(records, globals.practice !== null)), { force });
  if (globals.json) printJson({ file: { path }, count: records.length }, context);
  else context.io.out(`${context.texts.t('list.exported', { count: records.length, path })}\n`);
}

export function addList(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('list')
    .description(t('cli.verb.list'))
    .option('--deleted', t('cli.option.deleted'))
    .option('--export <file>', t('cli.option.list-export'), optionValue('--export'))
    .option('--force', t('cli.option.force'))
    .action(async (options: Record<string, unknown>, command: Command) => {
      const deleted = flag(options, 'deleted');
      const file = textOption(options, 'export');
      if (deleted && file !== undefined) throw optionConflict('--export', '--deleted');
      await withServices(command, context, async (session) => {
        const { services, globals } = session;
        if (file !== undefined) return exportList(session, file, flag(options, 'force'), context);
        const credentials = services.engine.store.list({ deleted }).map(credentialView);
        if (globals.json) printJson({ credentials }, context);
        else if (credentials.length === 0) context.io.out(`${t(deleted ? 'list.empty.deleted' : 'list.empty')}\n`);
        else {
          const head = [
            t('field.name'),
            t('field.type'),
            t('field.tenant'),
            t('field.client-id'),
            t('field.certificate'),
            t('field.expires'),
            t('field.state'),
          ];
          const rows = credentials.map((each) => [
            nameText(each, context.texts, globals.practice !== null),
            each.type,
            each.tenantName || each.tenantId,
            each.clientId ?? '–',
            each.certificate?.thumbprint.slice(0, 8) ?? '–',
            each.certificate ? context.texts.date(new Date(each.certificate.notAfter)) : '–',
            stateText(each, context.texts),
          ]);
          context.io.out(table([head, ...rows]));
        }
        return undefined;
      });
    });
}
