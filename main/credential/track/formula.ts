/**
 * What spreadsheets take for a formula and may carry out, also where a tenant has put it into a name: a cell that begins with
 * one of these signs, in full width too, or with a tab or a line break (OWASP, "CSV Injection").
 */
const formula = /^'*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n]/;
const guarded = /^'+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n]/;

/** The cell with an apostrophe before it where a spreadsheet would calculate; one that it has already is doubled, so that nothing is lost. */
export const withGuard = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

/** The cell as it was before `withGuard`. */
export const withoutGuard = (cell: string): string => (guarded.test(cell) ? cell.slice(1) : cell);
