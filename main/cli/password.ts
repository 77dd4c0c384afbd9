import { Fault } from '../faults.ts';
import { firstLine, readPasswordFile } from '../files/index.ts';
import { flag, textOption } from './global-options.ts';
import type { CommandLineIo } from './io.ts';

/**
 * The password that `--password-file` or `--password-stdin` give; null where neither is there.
 *
 * @throws Fault input.option.conflict, file.password-unreadable
 */
export async function givenPassword(options: Readonly<Record<string, unknown>>, io: CommandLineIo): Promise<string | null> {
  const file = textOption(options, 'passwordFile');
  const stdin = flag(options, 'passwordStdin');
  if (file !== undefined && stdin) throw new Fault('input.option.conflict', { params: { option: '--password-file', other: '--password-stdin' } });
  if (file !== undefined) return readPasswordFile(file);
  return stdin ? firstLine(await io.readInput()) : null;
}
