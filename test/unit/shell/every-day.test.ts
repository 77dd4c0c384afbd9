import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { everyDay } from '../../../main/shell/every-day.ts';

const hour = 60 * 60 * 1000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('works at once, and again once a day has passed, also while the PC slept, and however the clock is set', () => {
  let now = Date.parse('2026-11-30T12:00:00Z');
  const work = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const end = everyDay(work, () => new Date(now));
  const afterHours = (hours: number) => {
    now += hours * hour;
    vi.advanceTimersByTime(hour);
    return work.mock.calls.length;
  };
  expect([work.mock.calls.length, afterHours(1), afterHours(22), afterHours(1)]).toEqual([1, 1, 1, 2]);
  // The clock was ahead by 40 days, and is right again.
  expect([afterHours(-960), afterHours(1), afterHours(23)]).toEqual([3, 3, 4]);
  end();
  expect(afterHours(48)).toBe(4);
});
