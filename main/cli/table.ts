import { visibleLine } from '../visible-text.ts';

const segmenter = new Intl.Segmenter();

/** Characters as people count them. */
const lengthOf = (text: string) => [...segmenter.segment(text)].length;

/** Cells are made visible, so that none adds a line. Columns as wide as their longest cell, two blanks between; the last one is not padded. */
export function table(given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map(visibleLine));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => lengthOf(row[column] ?? ''))));
  const pad = (cell: string, column: number) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - lengthOf(cell)));
  return `${rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : pad(cell, column))).join('  ')).join('\n')}\n`;
}
