import { isMet, ratioOf, type Figure, type FigureGroup } from './figure.ts';

const headings = ['figure', 'value', 'goal', '', 'baseline', 'value', 'ratio'] as const;
/** Numbers stand to the right. */
const toTheRight: readonly number[] = [1, 2, 5, 6];

const number = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0));

function row(figure: Figure): string[] {
  const { name, value, unit, goal, baseline } = figure;
  const met = isMet(figure);
  const ratio = ratioOf(figure);
  return [
    name,
    `${number(value)} ${unit}`,
    goal === null ? '' : `≤ ${number(goal)}`,
    met === null ? '' : met ? 'met' : 'MISSED',
    baseline.name,
    `${number(baseline.value)} ${unit}`,
    ratio === null ? '–' : `× ${ratio.toFixed(2)}`,
  ];
}

/** One group as text, in columns. */
export function groupText({ title, how, figures }: FigureGroup): string {
  const rows = [[...headings], ...figures.map(row)];
  const widths = headings.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => (toTheRight.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [title, how, '', ...lines, ''].join('\n');
}
