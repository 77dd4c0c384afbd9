import type { Command } from 'commander';
import { Fault } from '../../faults.ts';
import { profileNotices } from '../../registration/run/notices.ts';
import { loadProfiles, loadServers, readProfileFile, type Profile } from '../../servers/index.ts';
import { said, type Texts } from '../../texts/index.ts';
import { globalOptions, textOption } from '../global-options.ts';
import { optionConflict, optionText, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { hasKept, withStore } from '../session.ts';

function profileView(profile: Profile, texts: Texts) {
  const told = (key: string) => (texts.has(key) ? texts.t(key) : '');
  return {
    id: profile.id,
    version: profile.version,
    unconfirmed: profile.unconfirmed,
    name: told(`profile.${profile.id}.name`),
    description: told(`profile.${profile.id}.description`),
    /** Ids of the server software that it comes with; a list of one's own goes with every one. */
    servers: loadServers()
      .filter(({ profiles }) => profiles.some(({ id }) => id === profile.id))
      .map(({ id }) => id),
    permissions: profile.permissions.map(({ resourceAppId, type, value, why, source, until }) => ({
      resourceAppId,
      type,
      value,
      why: said(why, texts),
      source,
      until,
    })),
    notices: profileNotices(profile, texts).map((notice) => notice.text),
  };
}

function print(profiles: readonly Profile[], json: boolean, context: VerbContext): void {
  const { texts, io } = context;
  const views = profiles.map((profile) => profileView(profile, texts));
  if (json) {
    printJson({ profiles: views }, context);
    return;
  }
  for (const { id, name, description, servers, permissions, notices } of views) {
    const lines = [
      name === '' ? id : `${id} – ${name}`,
      ...(description === '' ? [] : [`  ${description}`]),
      ...(servers.length === 0 ? [] : [`  ${texts.t('field.server')}: ${servers.join(', ')}`]),
      ...permissions.map(({ value, why }) => `  ${value} – ${why}`),
      ...notices.map((notice) => `  · ${notice}`),
    ];
    io.out(`${lines.join('\n')}\n\n`);
  }
}

const unknownProfile = (profile: string, kept: readonly Profile[]): Fault =>
  new Fault('input.profile.unknown', { params: { profile, known: kept.map(({ id }) => id).join(', ') || '–' } });

export function addProfiles(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('profiles')
    .description(t('cli.verb.profiles'))
    .option('--keep <file>', t('cli.option.profiles.keep'), optionValue('--keep'))
    .option('--remove <id>', t('cli.option.profiles.remove'), optionText('--remove'))
    .action(async (options: Readonly<Record<string, unknown>>, command: Command) => {
      const { json } = globalOptions(command);
      const file = textOption(options, 'keep');
      const id = textOption(options, 'remove');
      if (file !== undefined && id !== undefined) throw optionConflict('--keep', '--remove');
      const read = file === undefined ? null : await readProfileFile(file);
      if (read === null && !hasKept(command, context)) {
        if (id !== undefined) throw unknownProfile(id, []);
        print(loadProfiles(), json, context);
        return;
      }
      await withStore(command, context, ({ profiles }) => {
        if (id !== undefined && !profiles.remove(id)) throw unknownProfile(id, profiles.list());
        if (read !== null) profiles.keep(read);
        print([...loadProfiles(), ...profiles.list()], json, context);
        return Promise.resolve();
      });
    });
}
