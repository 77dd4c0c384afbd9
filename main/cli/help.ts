import type { HelpConfiguration } from 'commander';
import type { TextKey, Texts } from '../texts/index.ts';

/** Commander's own words, all of them. */
const titles: Readonly<Record<string, TextKey>> = {
  'Usage:': 'cli.help.usage',
  'Arguments:': 'cli.help.arguments',
  'Options:': 'cli.help.options',
  'Global Options:': 'cli.help.global-options',
  'Commands:': 'cli.help.verbs',
};

/** Help in the language of the run; every verb shows the global options too. */
export function helpIn({ t }: Texts): HelpConfiguration {
  const translated = (usage: string) => usage.replace('[options]', t('cli.help.any-options')).replace('[command]', t('cli.help.verb'));
  return {
    showGlobalOptions: true,
    styleTitle: (title) => {
      const key = titles[title];
      return key === undefined ? title : t(key);
    },
    styleUsage: translated,
    styleSubcommandTerm: translated,
  };
}
