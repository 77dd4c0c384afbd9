import { resolve } from 'node:path';
import type { Command } from 'commander';
import { importCertificate } from '../../registration/verbs/index.ts';
import { Fault } from '../../faults.ts';
import { credentialView } from '../../credential/index.ts';
import { textOption } from '../global-options.ts';
import { optionConflict, optionText, optionValue } from '../option-value.ts';
import { printJson } from '../output.ts';
import { givenPassword, pfxPassword } from '../password.ts';
import type { VerbContext } from '../program.ts';
import { withServices } from '../session.ts';

type Options = Readonly<Record<string, unknown>>;

interface Source {
  readonly path: string;
  readonly kind: 'signed' | 'pfx' | 'pem';
}

/** The three ways, and the options that go with each. */
const ways = {
  certificate: { kind: 'signed', option: '--certificate', own: [] },
  pfx: { kind: 'pfx', option: '--pfx', own: ['passwordFile', 'passwordStdin', 'alias'] },
  pem: { kind: 'pem', option: '--pem', own: ['passwordFile', 'passwordStdin', 'key'] },
} as const;
const besides = { passwordFile: '--password-file', passwordStdin: '--password-stdin', alias: '--alias', key: '--key' } as const;

/** The file, and what is in it. @throws Fault input.option.* */
function sourceOf(options: Options): Source {
  const given = (['certificate', 'pfx', 'pem'] as const).filter((name) => options[name] !== undefined);
  const [way, other] = given;
  if (way === undefined) throw new Fault('input.option.missing', { params: { option: '--certificate, --pfx, --pem' } });
  const { kind, option, own } = ways[way];
  if (other !== undefined) throw optionConflict(option, ways[other].option);
  const allowed: readonly string[] = own;
  for (const [name, spelled] of Object.entries(besides))
    if (options[name] !== undefined && !allowed.includes(name)) throw optionConflict(option, spelled);
  return { path: resolve(textOption(options, way) ?? ''), kind };
}

/** A PFX always has a password, if an empty one; a key in PEM may have none. */
async function passwordOf(kind: Source['kind'], options: Options, context: VerbContext): Promise<string | null> {
  if (kind === 'signed') return null;
  return kind === 'pfx' ? pfxPassword(options, context) : givenPassword(options, context.io);
}

export function addImport(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('import')
    .description(t('cli.verb.import'))
    .argument('<credential>', t('cli.argument.credential'))
    .option('--certificate <file>', t('cli.option.import.certificate'), optionValue('--certificate'))
    .option('--pfx <file>', t('cli.option.import.pfx'), optionValue('--pfx'))
    .option('--alias <name>', t('cli.option.import.alias'), optionText('--alias'))
    .option('--pem <file>', t('cli.option.import.pem'), optionValue('--pem'))
    .option('--key <file>', t('cli.option.import.key'), optionValue('--key'))
    .option('--password-stdin', t('cli.option.password-stdin'))
    .option('--password-file <file>', t('cli.option.password-file'), optionValue('--password-file'))
    .action(async (credential: string, options: Options, command: Command) => {
      const { path, kind } = sourceOf(options);
      const password = await passwordOf(kind, options, context);
      const key = textOption(options, 'key');
      const reading = { alias: textOption(options, 'alias') ?? null, signal: context.io.signal };
      await withServices(command, context, async ({ services, globals, run }) => {
        const request = { credential, path, kind, password, keyPath: key === undefined ? null : resolve(key), reading };
        const record = await importCertificate(services.engine, request, run());
        const { name, certificate } = record;
        if (globals.json) printJson({ credential: credentialView(record), chain: certificate?.chain?.length ?? 0 }, context);
        else
          context.io.out(
            `${t('import.done', { name, thumbprint: certificate?.thumbprint ?? '', chain: certificate?.chain?.length ?? 0 })}\n`,
          );
      });
    });
}
