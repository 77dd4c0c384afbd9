import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exportCertificate, exportRequest } from '../../credentials/lifecycle/index.ts';
import { Fault } from '../../faults.ts';
import { credentialView } from '../../registration/operations/report.ts';
import { flag, textOption } from '../global-options.ts';
import { optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import { givenPassword } from '../password.ts';
import type { VerbContext } from '../program.ts';
import { withServices } from '../session.ts';

type Options = Readonly<Record<string, unknown>>;

/** `--format csr`: a request for the key, not a certificate. */
async function writeRequest(credential: string, path: string, options: Options, command: Command, context: VerbContext): Promise<void> {
  await withServices(command, context, async ({ services, globals }) => {
    const record = await exportRequest(services.engine, { credential, path, force: flag(options, 'force') });
    if (globals.json) printJson({ credential: credentialView(record), file: { path, format: 'csr' } }, context);
    else context.io.out(`${context.texts.t('export.request', { path, name: record.name })}\n`);
  });
}

export function addExport(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('export')
    .description(t('cli.verb.export'))
    .argument('<credential>', t('cli.argument.credential'))
    .requiredOption('--format <format>', t('cli.option.format'), optionValue('--format', ['cer', 'pem', 'pfx', 'csr']))
    .requiredOption('--out <file>', t('cli.option.out'), optionValue('--out'))
    .option('--pfx-encryption <kind>', t('cli.option.pfx-encryption'), optionValue('--pfx-encryption', ['modern', 'compatible']))
    .option('--password-stdin', t('cli.option.password-stdin'))
    .option('--password-file <file>', t('cli.option.password-file'), optionValue('--password-file'))
    .option('--force', t('cli.option.force'))
    .action(async (credential: string, options: Options, command: Command) => {
      const format = textOption(options, 'format');
      if (format !== 'pfx' && (options['passwordFile'] !== undefined || flag(options, 'passwordStdin') || options['pfxEncryption'] !== undefined)) {
        throw new Fault('input.option.conflict', { params: { option: '--format', other: '--password-file, --password-stdin, --pfx-encryption' } });
      }
      const path = resolve(textOption(options, 'out') ?? '');
      if (format === 'csr') {
        await writeRequest(credential, path, options, command, context);
        return;
      }
      const request = {
        credential,
        path,
        force: flag(options, 'force'),
        password: await givenPassword(options, context.io),
        format: format === 'pfx' || format === 'pem' ? format : 'cer',
        encryption: textOption(options, 'pfxEncryption') === 'compatible' ? 'compatible' : 'modern',
      } as const;
      await withServices(command, context, async ({ services, globals }) => {
        const record = await exportCertificate(services.engine, request);
        if (globals.json) printJson({ credential: credentialView(record), file: { path, format: request.format } }, context);
        else context.io.out(`${t('export.done', { path, thumbprint: record.certificate?.thumbprint ?? '' })}\n`);
        if (request.format === 'pfx' && !globals.json) context.io.out(`${t('export.hand-over', { name: record.name })}\n`);
      });
    });
}
