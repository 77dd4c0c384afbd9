import { basename, dirname, resolve } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { Fault } from '../../faults.ts';
import type { Candidate, CandidateFile, FileOptions, Problem, Typed } from './candidate.ts';
import { cloudIds, type CloudId } from '../../clouds/index.ts';
import { readListedCertificate, type Certificate } from '../../certificates/index.ts';
import { knownServer, profileById, type ServerReference } from '../../servers/index.ts';
import { eachAnnotation } from '../fields.ts';
import { findColumns, missingColumns, repeatedHeads, type Column, type Columns } from './columns.ts';
import { withoutGuard } from './formula.ts';
import { mostLines, readCsv, type CsvLine } from './csv-lines.ts';

/** Head of the column that says what is wrong; it comes first, so that it never shifts the others. */
const problemHead = 'Problem';

const count = (columns: Columns): number => Object.values(columns).filter((index) => index !== null).length;

/** Excel fills up lines with empty fields; one with something in it beyond the heads is a delimiter inside a name. */
function withoutEmptyEnd(fields: readonly string[]): readonly string[] {
  return fields.slice(0, fields.findLastIndex((field) => field !== '') + 1);
}

/** A certificate that stands in its cell, as an exported list has it, or the path of its file, beside the CSV where both were put there. */
function certificateOf(cell: string, path: string, line: number): Certificate | string | null {
  if (cell === '') return null;
  return /^MI[A-Za-z0-9+/]{200,}={0,2}$/.test(cell)
    ? readListedCertificate(`${basename(path)} (${line})`, Buffer.from(cell, 'base64'))
    : resolve(dirname(path), cell);
}

/** @throws Fault input.option.value-invalid */
function cloudOf(cell: string, otherwise: CloudId): CloudId {
  if (cell === '') return otherwise;
  const known = cloudIds.find((id) => id === cell.toLowerCase());
  if (known === undefined)
    throw new Fault('input.option.value-invalid', { params: { option: 'cloud', value: cell, allowed: cloudIds.join(', ') } });
  return known;
}

/** @throws Fault input.server.unknown */
function serverOf(id: string, instance: string, otherwise: ServerReference): ServerReference {
  if (id === '') return instance === '' ? otherwise : { ...otherwise, instance };
  return { id: knownServer(id.toLowerCase()).id, instance: instance === '' ? null : instance };
}

function typedOf(
  { fields, line }: CsvLine,
  columns: Columns,
  heads: number,
  path: string,
  { cloud, profile, server }: FileOptions,
): Typed | Fault {
  if (fields === null) return new Fault('track.quote-open');
  const given = withoutEmptyEnd(fields);
  if (given.length > heads) return new Fault('track.too-many-fields', { params: { fields: given.length, heads } });
  const field = (column: Column): string => withoutGuard(given[columns[column] ?? -1] ?? '');
  try {
    return {
      name: field('name'),
      ...eachAnnotation(field),
      tenant: field('tenant'),
      clientId: field('clientId'),
      certificate: certificateOf(field('certificate'), path, line),
      cloud: cloudOf(field('cloud'), cloud),
      profile: field('profile') === '' ? profile : profileById(field('profile')),
      tenantName: field('tenantName'),
      tenantDomain: field('tenantDomain'),
      redirectUri: field('redirectUri') || null,
      server: serverOf(field('server'), field('instance'), server),
    };
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
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
 * @throws Fault track.too-many-lines, track.nothing-inside, track.columns-twice, track.columns-missing, track.list-of-other-world
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
  const practised = rest.some(({ fields }) => (fields?.[columns.practice ?? -1] ?? '') !== '');
  if (practised && !options.practice) throw new Fault('track.list-of-other-world', { params: { path, practice: 'no' } });
  const candidates: Candidate[] = rest.map((line) => ({
    place: line.line,
    typed: typedOf(line, columns, heads.length, path, options),
  }));
  return { path, extension: 'csv', candidates, rejectedRows: (problems) => rejectedRowsText(heads, rest, delimiter, problems) };
}
