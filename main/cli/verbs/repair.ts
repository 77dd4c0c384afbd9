import type { Command } from 'commander';
import { defaultLifetime, readCertificateFile } from '../../certificates/index.ts';
import { checkKeySize } from '../../credential/fields/index.ts';
import { repair } from '../../registration/verbs/repair.ts';
import { textOption } from '../global-options.ts';
import { givenLifetime, ofNewCertificates, withLifetimeOptions } from '../lifetime-option.ts';
import { acceptedFindings, optionValue, refuseBeside, repeated } from '../option-value.ts';
import { printReport } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { requireConsentToWrite, requireTenant, withServices } from '../session.ts';

export function addRepair(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  const command = program
    .command('repair')
    .description(t('cli.verb.repair'))
    .argument('<credential>', t('cli.argument.credential'))
    .option('--certificate <file>', t('cli.option.certificate'), optionValue('--certificate'))
    .option('--key-size <bits>', t('cli.option.key-size'), optionValue('--key-size'));
  withLifetimeOptions(command, context.texts, 'cli.option.valid-months')
    .option('--accept <finding>', t('cli.option.accept'), repeated('--accept'))
    .action(async (credential: string, options: Record<string, unknown>) => {
      const accepted = acceptedFindings(options);
      const file = textOption(options, 'certificate');
      if (file !== undefined) refuseBeside('--certificate', ofNewCertificates, options);
      const keySize = checkKeySize(textOption(options, 'keySize') ?? '3072');
      if (!keySize.ok) throw keySize.fault;
      const lifetime = givenLifetime(options) ?? defaultLifetime;
      const certificate = file === undefined ? null : await readCertificateFile(file);
      requireConsentToWrite(command, context);
      requireTenant(command);
      await withServices(command, context, async ({ services, globals, run }) => {
        const request = { credential, certificate, keySize: keySize.value, lifetime, planOnly: false };
        context.end(printReport(await repair(services.engine, request, run(accepted)), globals, context));
      });
    });
}
