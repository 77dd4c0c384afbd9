import { Fault } from '../../faults.ts';

const day = 24 * 60 * 60 * 1000;

/**
 * An overlap that outlives the new certificate would keep the old one for ever.
 *
 * @param end of the new certificate
 * @throws Fault('rotation.overlap-too-long')
 */
export function requireOverlapWithin(overlapDays: number, end: Date, now: Date): void {
  const limit = Math.max(0, Math.floor((end.getTime() - now.getTime()) / day));
  if (overlapDays > limit) throw new Fault('rotation.overlap-too-long', { params: { days: overlapDays, limit } });
}
