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

/** Most days that can be asked for: ten years, as long as certificates are made. */
const mostDays = 3650;

/** Whole days, written `30d` or `30`. @throws Fault input.option.value-missing, input.option.value-invalid */
export function optionDays(option: string): (value: string) => number {
  const check = optionValue(option);
  return (given) => {
    const value = check(given);
    const days = Number(/^(\d{1,4})d?$/i.exec(value.trim())?.[1] ?? Number.NaN);
    if (!(days <= mostDays)) throw new Fault('input.option.value-invalid', { params: { option, value, allowed: `0d–${mostDays}d` } });
    return days;
  };
}

/** A whole number from 1 on. @throws Fault input.option.value-missing, input.option.value-invalid */
export function optionCount(option: string): (value: string) => number {
  const check = optionValue(option);
  return (given) => {
    const value = check(given);
    if (!/^[1-9]\d{0,3}$/.test(value)) throw new Fault('input.option.value-invalid', { params: { option, value, allowed: '1–9999' } });
    return Number(value);
  };
}

/** Two options that exclude each other, as typed. */
export const optionConflict = (option: string, other: string): Fault => new Fault('input.option.conflict', { params: { option, other } });

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

/**
 * Refuses what says nothing beside another option.
 *
 * @param others option names by the parser's keys
 * @throws Fault input.option.conflict
 */
export function refuseBeside(option: string, others: Readonly<Record<string, string>>, options: Readonly<Record<string, unknown>>): void {
  const stray = Object.entries(others).find(([name]) => options[name] !== undefined);
  if (stray !== undefined) throw optionConflict(option, stray[1]);
}
