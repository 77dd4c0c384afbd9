/** One measured figure, beside a baseline measured in the same run where there is one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: { readonly name: string; readonly value: number };
  readonly goal?: number;
}

const shown = (value: number, unit: string) => `${Number.isInteger(value) ? value : value.toFixed(1)}${unit === '' ? '' : ` ${unit}`}`;

/** One line a figure; a goal that is missed is said. */
export function figureLine({ name, value, unit, baseline, goal }: Figure): string {
  const ratio = baseline === undefined || baseline.value === 0 ? '' : `  ×${(value / baseline.value).toFixed(2)} of ${baseline.name} (${shown(baseline.value, unit)})`;
  const verdict = goal === undefined ? '' : `  goal ${shown(goal, unit)}${value <= goal ? '' : ' MISSED'}`;
  return `${name}: ${shown(value, unit)}${verdict}${ratio}`;
}
