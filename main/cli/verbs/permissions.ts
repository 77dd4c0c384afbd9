import type { Command } from 'commander';
import { findPermissions } from '../../registration/verbs/index.ts';
import { permissionText } from '../../servers/index.ts';
import { textOption } from '../global-options.ts';
import { optionText } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { withServices } from '../session.ts';
import { table } from '../table.ts';

/** Application permissions of the tenant's own service principals, as `--permission` takes them. */
export function addPermissions(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('permissions')
    .description(t('cli.verb.permissions'))
    .option('--search <words>', t('cli.option.search'), optionText('--search'))
    .action(async (options: Readonly<Record<string, unknown>>, command: Command) => {
      await withServices(command, context, async ({ services, globals, run }) => {
        const found = await findPermissions(services.engine, globals.cloud, textOption(options, 'search') ?? '', run());
        const permissions = found.map((each) => ({ ...each, permission: permissionText(each) }));
        if (globals.json) printJson({ permissions }, context);
        else if (permissions.length === 0) context.io.out(`${t('permissions.none')}\n`);
        else
          context.io.out(
            table(
              permissions.map(({ permission, resource, value, displayName }) => [
                permission,
                resource,
                displayName === value ? '' : displayName,
              ]),
            ),
          );
      });
    });
}
