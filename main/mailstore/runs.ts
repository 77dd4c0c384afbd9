import type { FinishedRun } from './archive.ts';

const day = 86_400_000;

/** A window of time as the server's clock and zone may have it: they are not known, so it is wider on both sides. */
interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** Days back from now that are asked one after the other, until something archived was found. */
const steps = [2, 9, 31] as const;

/** Zones reach from −12 to +14 hours, and clocks may be wrong. */
const margin = day;

/** The windows, the newest first; together without a gap. */
export function windowsBefore(now: Date): readonly Window[] {
  return steps.map((days, index) => ({
    from: new Date(now.getTime() - days * day - margin),
    to: new Date(index === 0 ? now.getTime() + margin : now.getTime() - (steps[index - 1] ?? 0) * day - margin),
  }));
}

/** Halves of a window, for a server that cannot answer a long one. */
export function daysOf({ from, to }: Window): readonly Window[] {
  const days = Math.ceil((to.getTime() - from.getTime()) / day);
  return Array.from({ length: days }, (_, index) => ({
    from: new Date(from.getTime() + index * day),
    to: new Date(Math.min(to.getTime(), from.getTime() + (index + 1) * day)),
  })).reverse();
}

/** Words of a run that came to its end; whether it archived anything, only the number of items tells. */
const endedWell = new Set(['succeeded', 'completedwithwarnings', 'cancelled']);

/** A run that archived nothing and says that something was wrong. A cancelled one says nothing about the credential. */
export const isFailing = ({ result, itemsArchived }: FinishedRun): boolean => itemsArchived === 0 && !endedWell.has(result.toLowerCase());

/** What the runs of an archive come to. */
export interface RunSummary {
  /** The one that ended last, by number. */
  readonly last: FinishedRun | null;
  /** When the first of the runs ended that have failed since, in a row, in the server's own time; null where the last one did not fail. */
  readonly failingSince: string | null;
}

/** Numbers, not times, tell the order: a clock may have been set. */
const latestFirst = (runs: readonly FinishedRun[]): FinishedRun[] => runs.toSorted((one, other) => other.id - one.id);

/** The runs that failed one after the other until now, the latest first; none where the last one did not fail. */
export function failingRuns(runs: readonly FinishedRun[]): readonly FinishedRun[] {
  const ordered = latestFirst(runs);
  const firstGood = ordered.findIndex((run) => !isFailing(run));
  return firstGood < 0 ? ordered : ordered.slice(0, firstGood);
}

/** The last run that archived anything; undefined where none did. */
export const lastArchived = (runs: readonly FinishedRun[]): FinishedRun | undefined =>
  latestFirst(runs).find(({ itemsArchived }) => itemsArchived > 0);

export function summaryOf(runs: readonly FinishedRun[]): RunSummary {
  const [last = null] = latestFirst(runs);
  return { last, failingSince: failingRuns(runs).at(-1)?.completedAt ?? null };
}

/** Fewer pauses say nothing about what is usual. */
const fewestPauses = 5;

/** A pause counts as unusual from so many times the longest one on, and not within a day: nights and weekends are quiet. */
const unusual = 2;

/** A time of the server's own zone, as if it were UTC. */
const time = ({ completedAt }: FinishedRun): number => Date.parse(`${completedAt}Z`);

/**
 * Runs go on, and archive nothing for longer than they ever did: since when. All times are those of the server, compared with the end
 * of its own last run.
 *
 * @returns null where that is usual, where nothing can be said, and where nothing ran
 */
export function emptySince(runs: readonly FinishedRun[]): string | null {
  const ordered = latestFirst(runs);
  const [last] = ordered;
  const archived = ordered.filter(({ itemsArchived }) => itemsArchived > 0);
  const [latest] = archived;
  if (last === undefined || latest === undefined || last === latest) return null;
  const pauses = archived.slice(1).map((run, index) => time(archived[index] ?? run) - time(run));
  if (pauses.length < fewestPauses) return null;
  const pause = time(last) - time(latest);
  return pause > Math.max(unusual * Math.max(...pauses), day) ? latest.completedAt : null;
}
