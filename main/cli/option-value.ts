import { Fault } from '../faults.ts';
import { requireAcceptable } from '../registration/accepted.ts';

/** The value of an option, whatever it is, also an empty one: only Commander would take the next option for it. */
export function optionText(option: string): (value: string) => string {
  return (value) => {
    if (value.startsWith('--')) throw new Fault('input.option.value-missing', { params: { option } });
    return value;
  };
}

/** The value of an option: something has to be there, and of a closed set it has to be a member. */
export function optionValue(option: string, choices?: readonly string[]): (value: string) => string {
  const check = optionText(option);
  return (given) => {
    const value = check(given);
    if (value === '') throw new Fault('input.option.value-missing', { params: { option } });
    if (choices !== undefined && !choices.includes(value)) {
      throw new Fault('input.option.value-invalid', { params: { option, value, allowed: choices.join(', ') } });
    }
    return value;
  };
}

/** The ids behind `--accept`. @throws Fault('input.accept.unknown') */
export function acceptedFindings(options: Readonly<Record<string, unknown>>): string[] {
  const ids = Array.isArray(options['accept']) ? options['accept'].map(String) : [];
  requireAcceptable(ids);
  return ids;
}

/** Collects an option that may be given several times. */
export function repeated(option: string): (value: string, before: readonly string[] | undefined) => string[] {
  const check = optionValue(option);
  return (value, before = []) => [...before, check(value)];
}
