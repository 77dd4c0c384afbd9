/** Milliseconds. Half a minute is within what a request takes; Entra itself tolerates five minutes. */
const noticeable = 30_000;
const minute = 60_000;

/** A difference of clocks in milliseconds, or 0 where it says nothing: HTTP tells whole seconds, and answers take time. */
export const noticedDifference = (difference: number | null): number =>
  difference === null || Math.abs(difference) < noticeable ? 0 : difference;

/** How far this PC's clock is from Microsoft's, as the texts say it; `amount` counts `unit`. */
export type ClockParams = {
  readonly direction: 'ahead' | 'behind' | 'unknown';
  readonly minutes: number;
  readonly unit: 'minutes' | 'hours' | 'days';
  readonly amount: number;
};

/** @param difference milliseconds that it is ahead; null where Microsoft told no time */
export function clockParams(difference: number | null): ClockParams {
  const noticed = noticedDifference(difference);
  if (noticed === 0) return { direction: 'unknown', minutes: 0, unit: 'minutes', amount: 0 };
  const minutes = Math.max(1, Math.round(Math.abs(noticed) / minute));
  const [unit, size] =
    minutes < 120 ? (['minutes', 1] as const) : minutes < 2 * 24 * 60 ? (['hours', 60] as const) : (['days', 24 * 60] as const);
  return { direction: noticed > 0 ? 'ahead' : 'behind', minutes, unit, amount: Math.round(minutes / size) };
}
