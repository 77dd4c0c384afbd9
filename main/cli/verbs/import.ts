import { resolve } from 'node:path';
import type { Command } from 'commander';
import { importCertificate } from '../../registration/verbs/index.ts';
import { Fault } from '../../faults.ts';
import { credentialView } from '../../registration/run/report.ts';
import { flag, textOption } from '../global-options.ts';
import { optionConflict, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import { pfxPassword } from '../password.ts';
import type { VerbContext } from '../program.ts';
import { withServices } from '../session.ts';

type Options = Readonly<Record<string, unknown>>;

/** The file, and whether it is a PFX. @throws Fault input.option.* */
function sourceOf(options: Options): { readonly path: string; readonly pfx: boolean } {
  const [certificate, pfx] = [textOption(options, 'certificate'), textOption(options, 'pfx')];
  if (certificate !== undefined && pfx !== undefined) throw optionConflict('--certificate', '--pfx');
  const path = certificate ?? pfx;
  if (path === undefined) throw new Fault('input.option.missing', { params: { option: '--certificate, --pfx' } });
  if (pfx === undefined && (options['passwordFile'] !== undefined || flag(options, 'passwordStdin')))
    throw optionConflict('--certificate', '--password-file, --password-stdin');
  return { path: resolve(path), pfx: pfx !== undefined };
}

export function addImport(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('import')
    .description(t('cli.verb.import'))
    .argument('<credential>', t('cli.argument.credential'))
    .option('--certificate <file>', t('cli.option.import.certificate'), optionValue('--certificate'))
    .option('--pfx <file>', t('cli.option.import.pfx'), optionValue('--pfx'))
    .option('--password-stdin', t('cli.option.password-stdin'))
    .option('--password-file <file>', t('cli.option.password-file'), optionValue('--password-file'))
    .action(async (credential: string, options: Options, command: Command) => {
      const { path, pfx } = sourceOf(options);
      const secret = pfx ? await pfxPassword(options, context) : null;
      await withServices(command, context, async ({ services, globals, run }) => {
        const record = await importCertificate(services.engine, { credential, path, password: secret }, run());
        const { name, certificate } = record;
        if (globals.json) printJson({ credential: credentialView(record), chain: certificate?.chain?.length ?? 0 }, context);
        else
          context.io.out(
            `${t('import.done', { name, thumbprint: certificate?.thumbprint ?? '', chain: certificate?.chain?.length ?? 0 })}\n`,
          );
      });
    });
}
