import { dirname, resolve } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { Fault } from '../../faults.ts';
import type { Candidate, CandidateFile, FileOptions, Problem, Typed } from './candidate.ts';
import { findColumns, missingColumns, repeatedHeads, type Column, type Columns } from './columns.ts';
import { mostLines, readCsv, type CsvLine } from './csv-lines.ts';

/** Head of the column that says what is wrong; it comes first, so that it never shifts the others. */
const problemHead = 'Problem';

const count = (columns: Columns): number => Object.values(columns).filter((index) => index !== null).length;

/** Excel fills up lines with empty fields; one with something in it beyond the heads is a delimiter inside a name. */
function withoutEmptyEnd(fields: readonly string[]): readonly string[] {
  return fields.slice(0, fields.findLastIndex((field) => field !== '') + 1);
}

function typedOf({ fields }: CsvLine, columns: Columns, heads: number, folder: string, { cloud, profile }: FileOptions): Typed | Fault {
  if (fields === null) return new Fault('track.quote-open');
  const given = withoutEmptyEnd(fields);
  if (given.length > heads) return new Fault('track.too-many-fields', { params: { fields: given.length, heads } });
  const field = (column: Column): string => given[columns[column] ?? -1] ?? '';
  const path = field('certificate');
  return {
    name: field('name'),
    tenant: field('tenant'),
    clientId: field('clientId'),
    // Beside the CSV file, where somebody has put both.
    certificate: path === '' ? null : resolve(folder, path),
    cloud,
    profile,
    tenantName: '',
    tenantDomain: '',
    redirectUri: null,
  };
}

/** Every field as it was, behind what is wrong; a line whose quotation marks are at fault is left as it stands. */
function rejectedRowsText(head: readonly string[], lines: readonly CsvLine[], delimiter: string, problems: readonly Problem[]): string {
  const own = head.indexOf(problemHead);
  const others = (fields: readonly string[]) => fields.filter((_, index) => index !== own);
  const written = (fields: readonly string[]) => stringify([[...fields]], { delimiter, record_delimiter: '\r\n' });
  const bad = problems.flatMap(({ place, sentence }) => {
    const line = lines.find((each) => each.line === place);
    if (line === undefined) return [];
    return line.fields === null
      ? `${written([sentence]).trimEnd()}${delimiter}${line.raw}\r\n`
      : written([sentence, ...others(line.fields)]);
  });
  // With its mark, Excel reads the file as UTF-8.
  return `\uFEFF${written([problemHead, ...others(head)])}${bad.join('')}`;
}

/**
 * Credentials that exist already, one a line: name, tenant id, client id and/or the path of a certificate file. Heads in
 * English, French or German, in any order; the delimiter is found out.
 *
 * @throws Fault track.too-many-lines, track.nothing-inside, track.columns-twice, track.columns-missing
 */
export function readCsvFile(path: string, text: string, options: FileOptions): CandidateFile {
  const rows = text.split(/\r\n|\n|\r/).length;
  if (rows > mostLines) throw new Fault('track.too-many-lines', { params: { path, lines: rows, limit: mostLines } });
  const { delimiter, lines } = readCsv(text, (fields) => count(findColumns(fields)));
  const [head, ...rest] = lines;
  if (head === undefined) throw new Fault('track.nothing-inside', { params: { path } });
  const columns = findColumns(head.fields ?? []);
  const repeated = repeatedHeads(head.fields ?? []);
  if (repeated.length > 0) throw new Fault('track.columns-twice', { params: { path, columns: repeated.join(', ') } });
  const missing = missingColumns(columns);
  if (missing.length > 0) throw new Fault('track.columns-missing', { params: { path, columns: missing.join(', ') } });
  if (rest.length === 0) throw new Fault('track.nothing-inside', { params: { path } });
  const heads = head.fields ?? [];
  const candidates: Candidate[] = rest.map((line) => ({
    place: line.line,
    typed: typedOf(line, columns, heads.length, dirname(path), options),
  }));
  return { path, extension: 'csv', candidates, rejectedRows: (problems) => rejectedRowsText(heads, rest, delimiter, problems) };
}
