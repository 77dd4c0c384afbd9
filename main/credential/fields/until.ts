import { certificateDates } from '../../certificates/dates.ts';
import { refused, type FieldCheck } from './field-check.ts';
import { longestValidity } from './numbers.ts';

const day = 24 * 60 * 60 * 1000;
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** A day of the calendar, `YYYY-MM-DD` (RFC 3339, `full-date`): 30 February is none. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

/**
 * The day at whose end, in UTC, a new certificate ends: tomorrow at the earliest, and no later than the most months it may
 * be valid.
 */
export function checkUntil(typed: string, now: Date): FieldCheck<string> {
  const value = typed.trim();
  const earliest = dayOf(new Date(now.getTime() + day));
  const latest = dayOf(certificateDates(now, { months: longestValidity }).notAfter);
  if (!isDay(value)) return refused('input.until.not-a-day', { value: typed, earliest, latest });
  if (value < dayOf(now)) return refused('input.until.past', { value, earliest, latest });
  if (value < earliest) return refused('input.until.today', { value, earliest, latest });
  if (value > latest) return refused('input.until.too-late', { value, limit: longestValidity, earliest, latest });
  return { ok: true, value };
}
