import { resolve } from 'node:path';
import type { Command } from 'commander';
import { generatePassword, importCommands } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { exportCertificate, exportRequest } from '../../registration/verbs/index.ts';
import { credentialView } from '../../credential/index.ts';
import type { CredentialRecord } from '../../credential/index.ts';
import { flag, textOption } from '../global-options.ts';
import { optionConflict, optionValue } from '../option-value.ts';
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

/** Options that give a password. */
const passwordOptions = {
  passwordFile: '--password-file',
  passwordStdin: '--password-stdin',
  generatePassword: '--generate-password',
} as const;

/** Options that go with a private key only, by what is written; the others say nothing there. */
const keyOptions = { ...passwordOptions, pfxEncryption: '--pfx-encryption', keyOut: '--key-out', unencrypted: '--unencrypted' } as const;
const own: Readonly<Record<string, readonly string[]>> = {
  pfx: [...Object.keys(passwordOptions), 'pfxEncryption'],
  pem: ['keyOut'],
  'pem with key': [...Object.keys(passwordOptions), 'keyOut', 'unencrypted'],
};

/** @throws Fault input.option.conflict */
function refuseStrayOptions(options: Options): void {
  const format = textOption(options, 'format') ?? '';
  const withKey = format === 'pem' && options['keyOut'] !== undefined;
  const allowed = own[withKey ? 'pem with key' : format] ?? [];
  const stray = Object.entries(keyOptions).find(([name]) => options[name] !== undefined && !allowed.includes(name));
  if (stray !== undefined) throw optionConflict('--format', stray[1]);
  const given = Object.entries(passwordOptions).find(([name]) => options[name] !== undefined);
  const other = (['passwordFile', 'passwordStdin'] as const).find((name) => options[name] !== undefined);
  if (flag(options, 'generatePassword') && other !== undefined) throw optionConflict('--generate-password', passwordOptions[other]);
  if (flag(options, 'unencrypted') && given !== undefined) throw optionConflict('--unencrypted', given[1]);
  // A key that everybody can read who gets at the file has to be asked for.
  if (withKey && given === undefined && !flag(options, 'unencrypted'))
    throw new Fault('input.option.missing', {
      params: { option: '--password-file, --password-stdin, --generate-password, --unencrypted' },
    });
}

/** What to do with a PFX, and its password where it was made for it: this is the only time it is shown. */
function printPfx({ name }: CredentialRecord, path: string, generated: string | null, { io, texts }: VerbContext): void {
  const { t } = texts;
  const { powershell, certutil } = importCommands(path);
  if (generated !== null) io.out(`${t('export.password', { password: generated })}\n`);
  io.out(`${t('export.import-commands')}\n  ${powershell}\n  ${certutil}\n${t('export.handover', { name })}\n`);
}

/** The same of a key in PEM. */
function printKey({ name }: CredentialRecord, path: string, generated: string | null, { io, texts }: VerbContext): void {
  const { t } = texts;
  io.out(`${t('export.key', { path })}\n`);
  if (generated !== null) io.out(`${t('export.password', { password: generated })}\n`);
  io.out(`${t('export.handover', { name })}\n`);
}

export function addExport(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('export')
    .description(t('cli.verb.export'))
    .argument('<credential>', t('cli.argument.credential'))
    .requiredOption('--format <format>', t('cli.option.format'), optionValue('--format', ['cer', 'pem', 'pfx', 'csr']))
    .requiredOption('--out <file>', t('cli.option.out'), optionValue('--out'))
    .option('--key-out <file>', t('cli.option.key-out'), optionValue('--key-out'))
    .option('--unencrypted', t('cli.option.unencrypted'))
    .option('--pfx-encryption <kind>', t('cli.option.pfx-encryption'), optionValue('--pfx-encryption', ['modern', 'compatible']))
    .option('--generate-password', t('cli.option.generate-password'))
    .option('--password-stdin', t('cli.option.password-stdin'))
    .option('--password-file <file>', t('cli.option.password-file'), optionValue('--password-file'))
    .option('--thumbprint <thumbprint>', t('cli.option.export-thumbprint'), optionValue('--thumbprint'))
    .option('--force', t('cli.option.force'))
    .action(async (credential: string, options: Options, command: Command) => {
      const format = textOption(options, 'format');
      refuseStrayOptions(options);
      const path = resolve(textOption(options, 'out') ?? '');
      if (format === 'csr') {
        await writeRequest(credential, path, options, command, context);
        return;
      }
      const generated = flag(options, 'generatePassword') ? generatePassword() : null;
      const thumbprint = textOption(options, 'thumbprint');
      const request = {
        credential,
        ...(thumbprint === undefined ? {} : { thumbprint }),
        path,
        force: flag(options, 'force'),
        password: generated ?? (await givenPassword(options, context.io)),
        format: format === 'pfx' || format === 'pem' ? format : 'cer',
        encryption: textOption(options, 'pfxEncryption') === 'compatible' ? 'compatible' : 'modern',
        keyPath: options['keyOut'] === undefined ? null : resolve(textOption(options, 'keyOut') ?? ''),
        onFolderRights: (written: string) =>
          context.io.err(`${t('export.folder-rights', { path: written })} ${t('export.folder-rights.detail')}\n`),
      } as const;
      await withServices(command, context, async ({ services, globals }) => {
        const record = await exportCertificate(services.engine, request);
        const { keyPath } = request;
        const ofKey = {
          ...(request.format === 'pfx' ? { importCommands: importCommands(path) } : {}),
          ...(generated === null ? {} : { password: generated }),
        };
        const file = { path, format: request.format, ...(keyPath === null ? {} : { keyPath }) };
        if (globals.json) printJson({ credential: credentialView(record), file, ...ofKey }, context);
        else context.io.out(`${t('export.done', { path, thumbprint: record.presented?.thumbprint ?? '' })}\n`);
        if (request.format === 'pfx' && !globals.json) printPfx(record, path, generated, context);
        if (keyPath !== null && !globals.json) printKey(record, keyPath, generated, context);
      });
    });
}
