import { Fault } from '../faults.ts';
import { firstLine, readPasswordFile } from '../files/index.ts';
import { flag, textOption } from './global-options.ts';
import type { CommandLineIo } from './io.ts';
import type { VerbContext } from './program.ts';
import { optionConflict } from './option-value.ts';

/**
 * The password that `--password-file` or `--password-stdin` give; null where neither is there.
 *
 * @throws Fault input.option.conflict, input.no-standard-input, file.password-unreadable
 */
export async function givenPassword(options: Readonly<Record<string, unknown>>, io: CommandLineIo): Promise<string | null> {
  const file = textOption(options, 'passwordFile');
  const stdin = flag(options, 'passwordStdin');
  if (file !== undefined && stdin) throw optionConflict('--password-file', '--password-stdin');
  if (file !== undefined) return readPasswordFile(file);
  if (stdin && !io.hasInput) throw new Fault('input.no-standard-input', { params: { option: '--password-stdin' } });
  return stdin ? firstLine(await io.readInput()) : null;
}

/**
 * The password of a PFX that is read: given, or asked for where somebody is there.
 *
 * @throws Fault as `givenPassword`; input.option.missing where nobody gave one and nobody can be asked
 */
export async function pfxPassword(options: Readonly<Record<string, unknown>>, { io, texts }: VerbContext): Promise<string> {
  const given = await givenPassword(options, io);
  if (given !== null) return given;
  if (!io.interactive) throw new Fault('input.option.missing', { params: { option: '--password-file' } });
  return io.askHidden(texts.t('import.password'));
}
