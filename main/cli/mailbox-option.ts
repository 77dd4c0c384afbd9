import { isMailbox } from '../credential/fields/index.ts';
import { Fault } from '../faults.ts';
import { textOption } from './global-options.ts';

/**
 * The address of `--mailbox`; undefined where none was named.
 *
 * @throws Fault input.option.value-invalid
 */
export function mailboxOption(options: Readonly<Record<string, unknown>>): string | undefined {
  const value = textOption(options, 'mailbox');
  if (value !== undefined && !isMailbox(value))
    throw new Fault('input.option.value-invalid', { params: { option: '--mailbox', value, allowed: 'name@example.com' } });
  return value;
}
