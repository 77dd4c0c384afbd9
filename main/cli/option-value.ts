import { Fault } from '../faults.ts';

/**
 * Checks one option value: something has to be there (Commander would take the next option for it), and of a closed
 * set it has to be a member.
 */
export function optionValue(flags: string, choices?: readonly string[]): (value: string) => string {
  const option = flags.split(' ')[0] ?? flags;
  return (value) => {
    if (value === '' || value.startsWith('--')) throw new Fault('input.option.value-missing', { params: { option } });
    if (choices !== undefined && !choices.includes(value)) {
      throw new Fault('input.option.value-invalid', { params: { option, value, allowed: choices.join(', ') } });
    }
    return value;
  };
}

/** Collects an option that may be given several times. */
export function repeated(flags: string): (value: string, before: readonly string[] | undefined) => string[] {
  const check = optionValue(flags);
  return (value, before = []) => [...before, check(value)];
}
