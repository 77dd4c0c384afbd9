import { resolve } from 'node:path';
import type { Command } from 'commander';
import { annotationNames, credentialView, textFields, type CredentialView } from '../../credential/index.ts';
import { exportedList, listFormatOf, listFormats } from '../../credential/track/index.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import { damagedDocument, damagedText, sayDamaged } from '../damaged-text.ts';
import { flag, textOption } from '../global-options.ts';
import { optionConflict, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { nameText, stateText } from '../report-text.ts';
import { withServices, type Session } from '../session.ts';
import { table } from '../table.ts';

/** The list without keys, for `track --list` or `track --csv` elsewhere, or for a spreadsheet. */
async function exportList(
  { services, globals }: Session,
  file: string,
  options: Readonly<Record<string, unknown>>,
  context: VerbContext,
): Promise<void> {
  const path = resolve(file);
  const format = listFormats.find((each) => each === options['format']) ?? listFormatOf(path);
  const records = services.engine.store.list();
  sayDamaged(services.engine.store.damaged(), context);
  const text = exportedList(records, format, globals.practice !== null, context.texts);
  await writeNewFile(path, Buffer.from(text), { force: flag(options, 'force') });
  if (globals.json) printJson({ file: { path, format }, count: records.length }, context);
  else context.io.out(`${context.texts.t('list.exported', { count: records.length, path })}\n`);
}

function listTable(credentials: readonly CredentialView[], practice: boolean, { texts }: VerbContext): string {
  const { t } = texts;
  const filled = annotationNames.filter((name) => textFields[name].column === 'filled' && credentials.some((each) => each[name] !== ''));
  const head = [
    t('field.name'),
    ...filled.map((name) => t(textFields[name].label)),
    t('field.type'),
    t('field.tenant'),
    t('field.client-id'),
    t('field.certificate'),
    t('field.expires'),
    t('field.state'),
  ];
  const rows = credentials.map((each) => [
    nameText(each, texts, practice),
    ...filled.map((name) => each[name] || '–'),
    each.type,
    each.tenantName || each.tenantId,
    each.clientId ?? '–',
    each.certificate?.thumbprint.slice(0, 8) ?? '–',
    each.certificate ? texts.date(new Date(each.certificate.notAfter)) : '–',
    stateText(each, texts),
  ]);
  return table([head, ...rows]);
}

export function addList(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('list')
    .description(t('cli.verb.list'))
    .option('--deleted', t('cli.option.deleted'))
    .option('--export <file>', t('cli.option.list-export'), optionValue('--export'))
    .option('--format <format>', t('cli.option.list-format'), optionValue('--format', listFormats))
    .option('--force', t('cli.option.force'))
    .action(async (options: Record<string, unknown>, command: Command) => {
      const deleted = flag(options, 'deleted');
      const file = textOption(options, 'export');
      if (deleted && file !== undefined) throw optionConflict('--export', '--deleted');
      if (file === undefined && options['format'] !== undefined)
        throw new Fault('input.option.missing', { params: { option: '--export' } });
      await withServices(command, context, async (session) => {
        const { services, globals } = session;
        if (file !== undefined) return exportList(session, file, options, context);
        const credentials = services.engine.store.list({ deleted }).map(credentialView);
        const damaged = services.engine.store.damaged();
        if (globals.json) {
          printJson({ credentials, damaged: damaged.map(damagedDocument) }, context);
          return undefined;
        }
        // Before the list, which may be long.
        if (damaged.length > 0) context.io.out(damagedText(damaged, context.texts));
        if (credentials.length > 0) context.io.out(listTable(credentials, globals.practice !== null, context));
        else if (damaged.length === 0) context.io.out(`${t(deleted ? 'list.empty.deleted' : 'list.empty')}\n`);
        return undefined;
      });
    });
}
