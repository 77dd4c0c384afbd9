import type { FaultParams } from '../faults.ts';

/** Milliseconds. Half a minute is within what a request takes; Entra itself tolerates five minutes. */
const noticeable = 30_000;

/** A difference of clocks in milliseconds, or 0 where it says nothing: HTTP tells whole seconds, and answers take time. */
export const noticedDifference = (difference: number | null): number => (difference === null || Math.abs(difference) < noticeable ? 0 : difference);

/**
 * How far this PC's clock is from Microsoft's, as the texts say it.
 *
 * @param difference milliseconds that it is ahead; null where Microsoft told no time
 */
export function clockParams(difference: number | null): FaultParams & { readonly direction: 'ahead' | 'behind' | 'unknown'; readonly minutes: number } {
  const noticed = noticedDifference(difference);
  if (noticed === 0) return { direction: 'unknown', minutes: 0 };
  return { direction: noticed > 0 ? 'ahead' : 'behind', minutes: Math.max(1, Math.round(Math.abs(noticed) / 60_000)) };
}
