import { Command, Option } from 'commander';
import { cloudIds } from '../clouds/index.ts';
import { languages, type Texts } from '../texts/index.ts';
import type { ExitCode } from './exit-codes.ts';
import { helpIn } from './help.ts';
import type { CommandLineIo } from './io.ts';
import { optionValue } from './option-value.ts';
import { addAudit } from './verbs/audit.ts';
import { addConnect } from './verbs/connect.ts';
import { addExport } from './verbs/export.ts';
import { addHandover } from './verbs/handover.ts';
import { addImport } from './verbs/import.ts';
import { addList } from './verbs/list.ts';
import { addPlan } from './verbs/plan.ts';
import { addPractice } from './verbs/practice.ts';
import { addProfiles } from './verbs/profiles.ts';
import { addRemove } from './verbs/remove.ts';
import { addRepair } from './verbs/repair.ts';
import { addRestore } from './verbs/restore.ts';
import { addShow } from './verbs/show.ts';
import { addTrack } from './verbs/track.ts';
import { addVerify } from './verbs/verify.ts';
import { addWatch } from './verbs/watch.ts';
import { version } from './version.ts';

/** What every verb gets: the process, the texts, and where to leave its exit code. */
export interface VerbContext {
  readonly io: CommandLineIo;
  readonly texts: Texts;
  readonly end: (code: ExitCode) => void;
}

function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, `${description} (${choices.join(' | ')})`).argParser(optionValue(flags.split(' ')[0] ?? flags, choices));
}

/** All verbs and global options. Global options may stand before or after the verb. */
export function buildProgram(io: CommandLineIo, texts: Texts, end: (code: ExitCode) => void): Command {
  const { t } = texts;
  const program = new Command('tenant-keyring')
    .description(t('cli.description'))
    .version(version, '--version', t('cli.option.version'))
    .helpOption('--help', t('cli.option.help'))
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: () => undefined })
    .configureHelp(helpIn(texts))
    .addHelpText('after', `\n${t('cli.help.exit-codes')}`)
    .option('--json', t('cli.option.json'))
    .option('--data-dir <folder>', t('cli.option.data-dir'), optionValue('--data-dir'))
    .option('--practice [url]', t('cli.option.practice'), optionValue('--practice'))
    .option('--practice-account <upn>', t('cli.option.practice-account'), optionValue('--practice-account'))
    .addOption(choice('--cloud <cloud>', t('cli.option.cloud'), cloudIds))
    .option('--tenant <id>', t('cli.option.tenant'), optionValue('--tenant'))
    .option('--device-code', t('cli.option.device-code'))
    .option('--yes', t('cli.option.yes'))
    .addOption(choice('--lang <language>', t('cli.option.lang'), languages))
    .option('--verbose', t('cli.option.verbose'))
    .option('--reset-store', t('cli.option.reset-store'));
  const context: VerbContext = { io, texts, end };
  const add = [addConnect, addTrack, addPlan, addVerify, addWatch, addRepair, addList, addShow, addExport, addImport, addHandover, addRemove, addRestore, addProfiles, addAudit, addPractice];
  for (const addVerb of add) addVerb(program, context);
  return program;
}
