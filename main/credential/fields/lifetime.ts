import type { Lifetime } from '../../certificates/dates.ts';
import type { FieldCheck } from './field-check.ts';
import { checkValidMonths } from './numbers.ts';
import { checkUntil } from './until.ts';

/** How long new certificates live, in one field: months, or the last day as `YYYY-MM-DD`. */
export function checkLifetime(typed: string, now: Date): FieldCheck<Lifetime> {
  if (/^\s*\d*\s*$/.test(typed) || !/\d/.test(typed)) {
    const months = checkValidMonths(typed);
    return months.ok ? { ...months, value: { months: months.value } } : months;
  }
  const until = checkUntil(typed, now);
  return until.ok ? { ...until, value: { until: until.value } } : until;
}
