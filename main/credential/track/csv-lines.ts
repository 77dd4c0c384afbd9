import { CsvError, parse } from 'csv-parse/sync';

/** Lines of text that are read at all: twice as many as a list may have, and a few seconds where each of them is broken. */
export const mostLines = 20_000;

/** One line of a CSV file; a quoted field may carry it over several lines of text. */
export interface CsvLine {
  /** Of its first line of text; the first of the file is 1. */
  readonly line: number;
  /** As it stands in the file. */
  readonly raw: string;
  /** Null where a quotation mark is left open or closed too early. */
  readonly fields: readonly string[] | null;
}

export interface Csv {
  readonly delimiter: string;
  /** Without empty lines; the first is the header line. */
  readonly lines: readonly CsvLine[];
}

/** Lines of text that one quoted field may span: a mark left open must not swallow the rest of the file. */
const longest = 10;
/** Characters that it may have beyond that, as long as it then closes without a fault and with as many fields as the first line: notes are long. */
const longestWhole = 16_384;

function fieldsOf(text: string, delimiter: string, relaxed = true): readonly string[] | 'open' | 'broken' {
  try {
    const [fields = []] = parse(text, { delimiter, relax_quotes: relaxed, relax_column_count: true, trim: true });
    return fields;
  } catch (error) {
    if (error instanceof CsvError) return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'open' : 'broken';
    throw error;
  }
}

/** One after another, so that a line that is broken is one bad line and takes no other with it. */
function linesOf(rows: readonly string[], delimiter: string, first: number): CsvLine[] {
  const lines: CsvLine[] = [];
  for (let row = 0; row < rows.length; row += 1) {
    const line = row + first;
    if ((rows[row] ?? '').trim() === '') continue;
    let raw = rows[row] ?? '';
    let fields = fieldsOf(raw, delimiter);
    let last = row;
    while (fields === 'open' && last + 1 < rows.length && (last + 1 < row + longest || raw.length < longestWhole)) {
      last += 1;
      const next = rows[last] ?? '';
      raw += `\n${next}`;
      // Only another mark can close it.
      if (!next.includes('"')) continue;
      const near = last < row + longest;
      const closed = fieldsOf(raw, delimiter, near);
      const whole = typeof closed !== 'string' && closed.length === lines[0]?.fields?.length;
      // Without a fault it closes once: more lines would change nothing.
      fields = near || whole || closed === 'open' ? closed : 'broken';
    }
    if (typeof fields === 'string') lines.push({ line, raw: rows[row] ?? '', fields: null });
    else if (fields.some((field) => field !== '')) lines.push({ line, raw, fields });
    if (typeof fields !== 'string') row = last;
  }
  return lines;
}

const delimiters = [';', ',', '\t'] as const;

/**
 * The delimiter that Excel's own first line `sep=;` tells; null for every other line. A spreadsheet that saved the file
 * again puts it in quotation marks and fills it up with the delimiter that it writes itself.
 */
function toldDelimiter(row: string | undefined): string | null {
  const [, told = null, filled = ''] = /^"?sep=(.)"?([;,\t]*)$/i.exec((row ?? '').trimEnd()) ?? [];
  return told === null ? null : (filled[0] ?? told);
}

/** Windows PowerShell 5.1 says above its CSV what kind of objects they were. */
const isTypeLine = (row: string | undefined): boolean => /^"?#TYPE\s/i.test(row ?? '');

/**
 * Reads CSV (RFC 4180) with `;`, `,` or tab between the fields: the one that gives the first line the most known heads,
 * or what Excel's own first line `sep=;` says.
 *
 * @param known counts the known heads of a line
 */
export function readCsv(text: string, known: (fields: readonly string[]) => number): Csv {
  const rows = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const told = toldDelimiter(rows[0]);
  const above = told === null ? 0 : 1;
  const skipped = isTypeLine(rows[above]) ? above + 1 : above;
  const head = rows.slice(skipped).find((row) => row.trim() !== '') ?? '';
  const knownBy = (delimiter: string): number => {
    const fields = fieldsOf(head, delimiter);
    return typeof fields === 'string' ? 0 : known(fields);
  };
  const [delimiter] = told === null ? delimiters.toSorted((one, other) => knownBy(other) - knownBy(one)) : [told];
  return { delimiter: delimiter ?? ';', lines: linesOf(rows.slice(skipped), delimiter ?? ';', skipped + 1) };
}
