import type { Command } from 'commander';
import { readCertificateFile } from '../../certificates/index.ts';
import { checkKeySize, checkValidMonths } from '../../credentials/fields/index.ts';
import { repair } from '../../registration/operations/repair.ts';
import { textOption } from '../global-options.ts';
import { acceptedFindings, optionValue, repeated } from '../option-value.ts';
import { printReport } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { requireConsentToWrite, requireTenant, withServices } from '../session.ts';

export function addRepair(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('repair')
    .description(t('cli.verb.repair'))
    .argument('<credential>', t('cli.argument.credential'))
    .option('--certificate <file>', t('cli.option.certificate'), optionValue('--certificate'))
    .option('--key-size <bits>', t('cli.option.key-size'), optionValue('--key-size'))
    .option('--valid-months <months>', t('cli.option.valid-months'), optionValue('--valid-months'))
    .option('--accept <finding>', t('cli.option.accept'), repeated('--accept'))
    .action(async (credential: string, options: Record<string, unknown>, command: Command) => {
      const accepted = acceptedFindings(options);
      const file = textOption(options, 'certificate');
      const keySize = checkKeySize(textOption(options, 'keySize') ?? '3072');
      if (!keySize.ok) throw keySize.fault;
      const validMonths = checkValidMonths(textOption(options, 'validMonths') ?? '15');
      if (!validMonths.ok) throw validMonths.fault;
      const certificate = file === undefined ? null : await readCertificateFile(file);
      requireConsentToWrite(command, context);
      requireTenant(command);
      await withServices(command, context, async ({ services, globals, run }) => {
        const request = { credential, certificate, keySize: keySize.value, validMonths: validMonths.value, planOnly: false };
        context.end(printReport(await repair(services.engine, request, run(accepted)), globals, context));
      });
    });
}
