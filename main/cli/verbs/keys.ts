import type { Command } from 'commander';
import { thumbprintText } from '../../certificates/index.ts';
import { compareKeys, forgetUnneeded, type KeyComparison, type UnneededKey } from '../../credential/keys/index.ts';
import { Fault } from '../../faults.ts';
import type { Texts } from '../../texts/index.ts';
import type { SecretName } from '../../vault/index.ts';
import type { PasswordComparison } from '../../mailstore/index.ts';
import { flag } from '../global-options.ts';
import { askYes } from '../narrator.ts';
import { repeated } from '../option-value.ts';
import { printJson } from '../output.ts';
import type { VerbContext } from '../program.ts';
import { requireConsentToWrite, withServices, type Session } from '../session.ts';
import { table } from '../table.ts';

const indented = (rows: string[][]) => table(rows).replaceAll(/^(?=.)/gm, '  ');

function ownerText({ credential, known }: UnneededKey, { t }: Texts): string {
  if (credential !== null) return t('keys.owner.listed', { name: credential });
  return t(known ? 'keys.owner.gone' : 'keys.owner.unknown');
}

const unneededText = (keys: readonly UnneededKey[], texts: Texts) =>
  `${texts.t('keys.unneeded.title')}\n${indented(keys.map((key) => [key.thumbprint, key.credentialId, ownerText(key, texts)]))}${texts.t('keys.unneeded.body')}\n`;

const unsettledText = (keys: readonly SecretName[], { t }: Texts) =>
  `${t('keys.unsettled.title')}\n${indented(keys.map(({ thumbprint, credentialId }) => [thumbprint, credentialId]))}${t('keys.unsettled.body')}\n`;

/** The passwords of servers: entries of another kind, which no credential needs. */
const passwordsText = (title: 'keys.passwords.missing' | 'keys.passwords.unneeded', names: readonly string[], { t }: Texts) =>
  names.length === 0 ? [] : [`${t(title)}\n${indented(names.map((name) => [name]))}`];

function comparisonText({ missing, unneeded, unsettled }: KeyComparison, passwords: PasswordComparison, texts: Texts): string {
  const { t } = texts;
  const ofServers = passwords.missing.length + passwords.unneeded.length;
  if (missing.length + unneeded.length + unsettled.length + ofServers === 0) return `${t('keys.agree')}\n`;
  const rows = missing.map(({ name, thumbprint, deleted }) => [thumbprint, deleted ? `${name} (${t('keys.missing.deleted')})` : name]);
  const parts = [
    missing.length === 0 ? [] : [`${t('keys.missing.title')}\n${indented(rows)}${t('fault.vault.key-missing.fix')}\n`],
    unneeded.length === 0 ? [] : [unneededText(unneeded, texts)],
    unsettled.length === 0 ? [] : [unsettledText(unsettled, texts)],
    passwordsText('keys.passwords.missing', passwords.missing, texts),
    passwordsText('keys.passwords.unneeded', passwords.unneeded, texts),
  ];
  return parts.flat().join('\n');
}

/** All unneeded ones, or those of these certificates. @throws Fault certificate.thumbprint-invalid, input.option.value-invalid */
function chosen({ unneeded, unsettled }: KeyComparison, thumbprints: readonly string[]): readonly SecretName[] {
  if (thumbprints.length === 0) return unneeded;
  const all = [...unneeded, ...unsettled];
  const wanted = new Set(thumbprints.map(thumbprintText));
  const there = all.map(({ thumbprint }) => thumbprint);
  for (const value of wanted)
    if (!there.includes(value))
      throw new Fault('input.option.value-invalid', { params: { option: '--thumbprint', value, allowed: there.join(', ') || '–' } });
  return all.filter(({ thumbprint }) => wanted.has(thumbprint));
}

async function forget(
  { services, globals }: Session,
  comparison: KeyComparison,
  thumbprints: readonly string[],
  context: VerbContext,
): Promise<void> {
  const { io, texts } = context;
  const keys = chosen(comparison, thumbprints);
  if (keys.length > 0 && !globals.yes) {
    const known = new Map(comparison.unneeded.map((key) => [key.thumbprint, key]));
    io.err(
      unneededText(
        keys.map((key) => known.get(key.thumbprint) ?? { ...key, credential: null, known: false }),
        texts,
      ),
    );
    if (!(await askYes(texts.t('keys.question', { count: keys.length }), io, texts))) throw new Fault('input.declined');
  }
  const { forgotten, kept } = await forgetUnneeded(services.engine, keys, thumbprints.length > 0);
  const passwords = thumbprints.length > 0 ? [] : await services.servers.forgetPasswords();
  if (globals.json) printJson({ forgotten, kept, ...(passwords.length === 0 ? {} : { passwords }) }, context);
  else
    io.out(
      `${texts.t('keys.removed', { count: forgotten.length })}\n${kept.length === 0 ? '' : `${texts.t('keys.kept', { count: kept.length })}\n`}`,
    );
}

export function addKeys(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  program
    .command('keys')
    .description(t('cli.verb.keys'))
    .option('--forget', t('cli.option.keys-forget'))
    .option('--thumbprint <thumbprint>', t('cli.option.keys-thumbprint'), repeated('--thumbprint'))
    .action(async (options: Record<string, unknown>, command: Command) => {
      const thumbprints = Array.isArray(options['thumbprint']) ? options['thumbprint'].map(String) : [];
      const forgets = flag(options, 'forget');
      if (thumbprints.length > 0 && !forgets) throw new Fault('input.option.missing', { params: { option: '--forget' } });
      if (forgets) requireConsentToWrite(command, context);
      await withServices(command, context, async (session) => {
        const comparison = await compareKeys(session.services.engine);
        if (forgets) await forget(session, comparison, thumbprints, context);
        else {
          const passwords = await session.services.servers.comparePasswords();
          const ofServers = passwords.missing.length + passwords.unneeded.length === 0 ? {} : { passwords };
          if (session.globals.json) printJson({ ...comparison, ...ofServers }, context);
          else context.io.out(comparisonText(comparison, passwords, context.texts));
        }
      });
    });
}
