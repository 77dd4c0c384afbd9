import { Fault } from '../faults.ts';
import { textOption } from './global-options.ts';

/** Whether it looks like an address of a mailbox or a group. */
export const isAddress = (value: string): boolean => /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(value);

/**
 * The address of `--mailbox`; undefined where none was named.
 *
 * @throws Fault input.option.value-invalid
 */
export function mailboxOption(options: Readonly<Record<string, unknown>>): string | undefined {
  const value = textOption(options, 'mailbox');
  if (value !== undefined && !isAddress(value))
    throw new Fault('input.option.value-invalid', { params: { option: '--mailbox', value, allowed: 'name@example.com' } });
  return value;
}
