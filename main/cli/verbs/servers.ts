import type { Command } from 'commander';
import { hasInstances, loadServers } from '../../servers/index.ts';
import { said } from '../../texts/index.ts';
import { globalOptions } from '../global-options.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';

/** The kinds of server software that can be named with `--server`. */
export function addServers(program: Command, context: VerbContext): void {
  const { texts, io } = context;
  const { t } = texts;
  program
    .command('servers')
    .description(t('cli.verb.servers'))
    .action((_options: object, command: Command) => {
      const servers = loadServers().map((server) => ({
        id: server.id,
        name: said(`server.${server.id}.name`, texts),
        redirectUri: server.redirectUri,
        instances: hasInstances(server),
        certificate: server.certificate,
        profiles: server.profiles.map(({ id }) => id),
        source: server.source,
      }));
      if (globalOptions(command).json) {
        printJson({ servers }, context);
        return;
      }
      for (const { id, name, redirectUri, profiles, source } of servers) {
        const lines = [
          `${id} – ${name}`,
          ...(redirectUri === null ? [] : [`  ${t('field.redirect-uri')}: https://…:${redirectUri.port}${redirectUri.path}`]),
          ...(profiles.length === 0 ? [] : [`  ${t('field.profile')}: ${profiles.join(', ')}`]),
          `  ${t('servers.source', { page: source.page, date: source.date })}`,
        ];
        io.out(`${lines.join('\n')}\n\n`);
      }
    });
}
