import type { Command } from 'commander';
import { loadProfiles } from '../../profiles/index.ts';
import { profileNotices } from '../../registration/run/notices.ts';
import { globalOptions } from '../global-options.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';

export function addProfiles(program: Command, context: VerbContext): void {
  const { t, has } = context.texts;
  const told = (key: string) => (has(key) ? t(key) : '');
  program
    .command('profiles')
    .description(t('cli.verb.profiles'))
    .action((_options: object, command: Command) => {
      const profiles = loadProfiles().map((profile) => ({
        id: profile.id,
        version: profile.version,
        unconfirmed: profile.unconfirmed,
        name: told(`profile.${profile.id}.name`),
        description: told(`profile.${profile.id}.description`),
        permissions: profile.permissions.map((each) => ({
          resourceAppId: each.resourceAppId,
          type: each.type,
          value: each.value,
          step: each.step,
          why: told(each.why),
        })),
        notices: profileNotices(profile, context.texts).map((notice) => notice.text),
      }));
      if (globalOptions(command).json) printJson({ profiles }, context);
      else {
        for (const { id, name, description, permissions, notices } of profiles) {
          const lines = [
            `${id} – ${name}`,
            `  ${description}`,
            ...permissions.map((each) => `  ${each.step.padEnd(4)} ${each.value} – ${each.why}`),
            ...notices.map((notice) => `  · ${notice}`),
          ];
          context.io.out(`${lines.join('\n')}\n\n`);
        }
      }
    });
}
