import type { Command } from 'commander';
import type { Lifetime } from '../certificates/index.ts';
import { checkUntil, checkValidMonths } from '../credential/fields/index.ts';
import type { TextKey, Texts } from '../texts/index.ts';
import { textOption } from './global-options.ts';
import { optionConflict, optionValue } from './option-value.ts';

/** What only a certificate can be told that is made here, by the parser's keys. */
export const ofNewCertificates = { keySize: '--key-size', validMonths: '--valid-months', until: '--until' } as const;

/** Both ways to say how long a new certificate lives. `months` tells what happens where nobody says it. */
export function withLifetimeOptions(command: Command, { t }: Texts, months: TextKey): Command {
  return command
    .option('--valid-months <months>', t(months), optionValue('--valid-months'))
    .option('--until <date>', t('cli.option.until'), optionValue('--until'));
}

/** The lifetime asked for; null where nobody says. @throws Fault input.option.conflict, input.valid-months.invalid, input.until.* */
export function givenLifetime(options: Readonly<Record<string, unknown>>, now: Date = new Date()): Lifetime | null {
  const months = textOption(options, 'validMonths');
  const until = textOption(options, 'until');
  if (months !== undefined && until !== undefined) throw optionConflict('--valid-months', '--until');
  if (until !== undefined) {
    const checked = checkUntil(until, now);
    if (!checked.ok) throw checked.fault;
    return { until: checked.value };
  }
  if (months === undefined) return null;
  const checked = checkValidMonths(months);
  if (!checked.ok) throw checked.fault;
  return { months: checked.value };
}
