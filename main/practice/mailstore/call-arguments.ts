import { CallRefusal } from './answers.ts';
import type { ArgumentSpec, FunctionSpec } from './metadata.ts';

export type CallArguments = Readonly<Record<string, string>>;

/** `2026-11-30T10:00:00`: a zone or a fraction is refused (MSP). */
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

/** Numbers of these arguments stand for a thing; 0 and nothing are errors where the argument is sent (MSP). */
const dates = new Set(['fromIncluding', 'toExcluding']);

function checkValue({ name, type }: ArgumentSpec, value: string): void {
  if (type === 'bool' && value !== 'true' && value !== 'false')
    throw new CallRefusal(`Argument ${name}: String was not recognized as a valid Boolean.`);
  if (type === 'number' && !/^[1-9]\d*$/.test(value)) throw new CallRefusal(`Argument ${name}: Input string was not in a correct format.`);
  if (dates.has(name) && !dateTime.test(value)) throw new CallRefusal('String was not recognized as a valid DateTime.');
  if (name === 'userName' && value === '') throw new CallRefusal('Argument userName must not be empty.');
  if (type !== 'json') return;
  try {
    JSON.parse(value);
  } catch {
    throw new CallRefusal(`Argument ${name} is not valid JSON.`);
  }
}

/**
 * The arguments of a call, checked against what get-metadata says. That an argument which is not listed is refused is our own
 * choice; names are compared with their case.
 *
 * @throws CallRefusal
 */
export function checkedArguments({ args }: FunctionSpec, form: URLSearchParams): CallArguments {
  const given = new Map<string, string>();
  for (const [name, value] of form) {
    if (given.has(name)) throw new CallRefusal(`The argument ${name} was given twice.`);
    given.set(name, value);
  }
  for (const spec of args) {
    const value = given.get(spec.name);
    // "Missing API argument userName." (DN)
    if (value === undefined && !spec.nullable) throw new CallRefusal(`Missing API argument ${spec.name}.`);
    if (value !== undefined) checkValue(spec, value);
  }
  for (const name of given.keys()) if (!args.some((spec) => spec.name === name)) throw new CallRefusal(`Unknown API argument ${name}.`);
  return Object.fromEntries(given);
}
