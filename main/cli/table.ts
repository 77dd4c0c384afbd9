/** Columns as wide as their longest cell, two blanks between; the last one is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  const pad = (cell: string, column: number) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...cell].length));
  return `${rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : pad(cell, column))).join('  ')).join('\n')}\n`;
}
