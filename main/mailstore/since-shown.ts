import type { FinishedRun } from './archive.ts';
import type { Look } from './links.ts';

/** When a certificate was first shown, and the first run that certainly started since, by number; null while there is none. */
export interface Shown extends Look {
  readonly certain: number | null;
}

const minute = 60_000;

/** Zones are ahead of UTC by a multiple of a quarter of an hour, from −12 to +14 hours. */
const zones = Array.from({ length: 4 * 26 + 1 }, (_, index) => (index * 15 - 12 * 60) * minute);

/** The clock tells whole seconds, and a row comes a moment after its run. */
const tolerance = 5000;

/** A time of the server's own zone, as if it were UTC. */
const local = (time: string): number => Date.parse(`${time}Z`);

/** Whether the zone of the server alone decides: it is not told, but each run that came since the last look bounds it. */
function byZone(run: FinishedRun, shown: Look, fresh: readonly FinishedRun[], looked: Look, now: Date): boolean {
  const possible = zones.filter((zone) =>
    fresh.every(({ completedAt }) => {
      const completed = local(completedAt) - zone;
      return completed >= Date.parse(looked.at) - tolerance && completed <= now.getTime() + tolerance;
    }),
  );
  return possible.length > 0 && possible.every((zone) => local(run.startedAt) - zone >= Date.parse(shown.at));
}

/**
 * The runs that certainly started after the server first showed a certificate, by its own clock. A run that ended after that may
 * have started before; one that started when another one of those had ended did not.
 *
 * @param runs all that are known; those that ended after the certificate was shown have a higher number than `shown.lastRun`
 * @param looked the look before this one
 * @param now the server's clock
 */
export function startedSince(runs: readonly FinishedRun[], shown: Shown, looked: Look, now: Date): FinishedRun[] {
  const ended = runs.filter(({ id }) => id > shown.lastRun);
  const fresh = ended.filter(({ id }) => id > looked.lastRun);
  return ended.filter((run) => {
    const afterAnother = ended.some((other) => other.id < run.id && local(other.completedAt) <= local(run.startedAt));
    return run.id === shown.certain || afterAnother || (fresh.includes(run) && byZone(run, shown, fresh, looked, now));
  });
}
