/** What a figure is compared with: something simpler that was measured in the same run. */
export interface Baseline {
  readonly name: string;
  readonly value: number;
}

/** One measured figure of one run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 's' | 'requests' | 'MB' | 'kB' | 'tenants' | 'keys';
  readonly baseline: Baseline;
  /** Upper bound of the design; null where it sets none. */
  readonly goal: number | null;
}

/** What a group of figures has to say, and how it was measured where the names do not tell. */
export interface FigureGroup {
  readonly title: string;
  readonly how: string;
  readonly figures: readonly Figure[];
}

/** Null where the baseline is nothing. */
export const ratioOf = ({ value, baseline }: Figure): number | null => (baseline.value === 0 ? null : value / baseline.value);

export const isMet = ({ value, goal }: Figure): boolean | null => (goal === null ? null : value <= goal);

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('nothing was measured');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
