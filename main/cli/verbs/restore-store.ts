import type { Command } from 'commander';
import { Fault } from '../../faults.ts';
import type { Texts } from '../../texts/index.ts';
import type { Backup } from '../../vault/index.ts';
import { flag, globalOptions, textOption } from '../global-options.ts';
import { askYes } from '../narrator.ts';
import { optionConflict, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { backupsConfig, requireConsentToWrite } from '../session.ts';
import { table } from '../table.ts';

/** What is in a copy, or why it cannot be used. */
function contentsText({ credentials, damaged, fault }: Backup, { t }: Texts): string {
  if (fault !== null) return t('backups.unusable', { detail: fault });
  const count = t('backups.credentials', { count: credentials ?? 0 });
  return damaged === 0 ? count : `${count} (${t('backups.damaged', { count: damaged })})`;
}

const listText = (backups: readonly Backup[], texts: Texts): string =>
  backups.length === 0
    ? `${texts.t('backups.none')}\n`
    : table(backups.map((backup) => [backup.name, `${backup.at.slice(0, 16).replace('T', ' ')}Z`, contentsText(backup, texts)]));

export function addRestoreStore(program: Command, context: VerbContext): void {
  const { io, texts } = context;
  const { t } = texts;
  program
    .command('restore-store')
    .description(t('cli.verb.restore-store'))
    .option('--list', t('cli.option.backups-list'))
    .option('--from <name>', t('cli.option.backups-from'), optionValue('--from'))
    .action(async (options: Record<string, unknown>, command: Command) => {
      const name = textOption(options, 'from');
      const globals = globalOptions(command);
      if (name !== undefined && flag(options, 'list')) throw optionConflict('--from', '--list');
      if (globals.resetStore) throw optionConflict('restore-store', '--reset-store');
      if (name !== undefined) requireConsentToWrite(command, context);
      const { openBackups } = await import('../../services/index.ts');
      const backups = openBackups(backupsConfig(globals, context));
      if (name === undefined) {
        const found = backups.list();
        if (globals.json) printJson({ backups: found }, context);
        else io.out(listText(found, texts));
        return;
      }
      if (!globals.yes && !(await askYes(t('backups.question', { name }), io, texts))) throw new Fault('input.declined');
      const { setAside } = backups.restore(name);
      if (globals.json) printJson({ restored: name, setAside }, context);
      else io.out(`${t('backups.restored', { name, path: setAside ?? 'none' })}\n`);
    });
}
