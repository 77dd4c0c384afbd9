import { Command, Option } from 'commander';
import { cloudIds } from '../clouds/index.ts';
import { languages, type Texts } from '../texts/index.ts';
import type { ExitCode } from './exit-codes.ts';
import { helpIn } from './help.ts';
import type { CommandLineIo } from './io.ts';
import { optionValue } from './option-value.ts';
import { version } from './version.ts';

/** What every verb gets: the process, the texts, and where to leave its exit code. */
export interface VerbContext {
  readonly io: CommandLineIo;
  readonly texts: Texts;
  readonly end: (code: ExitCode) => void;
}

/** In the order of the help. A verb's file is read when it is meant: most of a start is reading. */
const verbs: Readonly<Record<string, () => Promise<(program: Command, context: VerbContext) => void>>> = {
  connect: async () => (await import('./verbs/connect.ts')).addConnect,
  track: async () => (await import('./verbs/track.ts')).addTrack,
  plan: async () => (await import('./verbs/plan.ts')).addPlan,
  verify: async () => (await import('./verbs/verify.ts')).addVerify,
  ews: async () => (await import('./verbs/ews.ts')).addEws,
  migrate: async () => (await import('./verbs/migrate.ts')).addMigrate,
  watch: async () => (await import('./verbs/watch.ts')).addWatch,
  repair: async () => (await import('./verbs/repair.ts')).addRepair,
  rotate: async () => (await import('./verbs/rotate.ts')).addRotate,
  edit: async () => (await import('./verbs/edit.ts')).addEdit,
  list: async () => (await import('./verbs/list.ts')).addList,
  show: async () => (await import('./verbs/show.ts')).addShow,
  export: async () => (await import('./verbs/export.ts')).addExport,
  import: async () => (await import('./verbs/import.ts')).addImport,
  handover: async () => (await import('./verbs/handover.ts')).addHandover,
  keys: async () => (await import('./verbs/keys.ts')).addKeys,
  remove: async () => (await import('./verbs/remove.ts')).addRemove,
  restore: async () => (await import('./verbs/restore.ts')).addRestore,
  'restore-store': async () => (await import('./verbs/restore-store.ts')).addRestoreStore,
  profiles: async () => (await import('./verbs/profiles.ts')).addProfiles,
  permissions: async () => (await import('./verbs/permissions.ts')).addPermissions,
  server: async () => (await import('./verbs/server.ts')).addServer,
  servers: async () => (await import('./verbs/servers.ts')).addServers,
  audit: async () => (await import('./verbs/audit.ts')).addAudit,
  practice: async () => (await import('./verbs/practice.ts')).addPractice,
};

/** The verbs among the words; where there is none, all: for the help, or to say that there is no such verb. */
function meant(args: readonly string[]): string[] {
  const named = Object.keys(verbs).filter((verb) => args.includes(verb));
  return named.length > 0 || args.includes('--version') ? named : Object.keys(verbs);
}

function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, `${description} (${choices.join(' | ')})`).argParser(optionValue(flags.split(' ')[0] ?? flags, choices));
}

/**
 * Verbs and global options. Global options may stand before or after the verb.
 *
 * @param args of this run; other verbs than theirs are not there
 */
export async function buildProgram(
  args: readonly string[],
  io: CommandLineIo,
  texts: Texts,
  end: (code: ExitCode) => void,
): Promise<Command> {
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
    .option('--account <upn>', t('cli.option.account'), optionValue('--account'))
    .option('--device-code', t('cli.option.device-code'))
    .option('--yes', t('cli.option.yes'))
    .addOption(choice('--lang <language>', t('cli.option.lang'), languages))
    .option('--verbose', t('cli.option.verbose'))
    .option('--reset-store', t('cli.option.reset-store'));
  const context: VerbContext = { io, texts, end };
  for (const verb of meant(args)) (await verbs[verb]?.())?.(program, context);
  return program;
}
