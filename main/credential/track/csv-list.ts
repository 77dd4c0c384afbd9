import { stringify } from 'csv-stringify/sync';
import type { Texts, TextKey } from '../../texts/index.ts';
import { annotationNames, textFields } from '../fields.ts';
import { credentialView, type CredentialRecord, type CredentialView } from '../index.ts';
import { withGuard } from './formula.ts';

interface ListColumn {
  readonly head: TextKey;
  readonly cell: (view: CredentialView, record: CredentialRecord, texts: Texts) => string;
  /** Left out where people read it. */
  readonly bytes?: true;
}

const annotationColumns = (lines: 'one' | 'several'): ListColumn[] =>
  annotationNames
    .filter((name) => textFields[name].lines === lines)
    .map((name) => ({ head: textFields[name].label, cell: (view) => view[name] }));

/** All but thumbprint, end and state are read back by `track`. What is wide stands last. */
const columns: readonly ListColumn[] = [
  { head: textFields.name.label, cell: ({ name }) => name },
  ...annotationColumns('one'),
  { head: 'list.csv.tenant-name', cell: ({ tenantName }) => tenantName },
  { head: 'list.csv.tenant-domain', cell: ({ tenantDomain }) => tenantDomain },
  { head: 'field.tenant-id', cell: ({ tenantId }) => tenantId },
  { head: 'field.client-id', cell: ({ clientId }) => clientId ?? '' },
  { head: 'field.redirect-uri', cell: ({ redirectUri }) => redirectUri ?? '' },
  { head: 'field.server', cell: ({ server }) => server },
  { head: 'field.instance', cell: ({ instance }) => instance ?? '' },
  { head: 'field.profile', cell: ({ profile }) => profile },
  { head: 'details.cloud', cell: ({ cloud }) => cloud },
  { head: 'details.thumbprint', cell: ({ certificate }) => certificate?.thumbprint ?? '' },
  { head: 'field.expires', cell: ({ certificate }) => certificate?.notAfter.slice(0, 10) ?? '' },
  { head: 'field.state', cell: ({ state }, _record, { t }) => t(`state.${state}`) },
  ...annotationColumns('several'),
  { head: 'field.certificate', cell: (_view, { certificate }) => certificate?.der ?? '', bytes: true },
];

/** Marks each line of simulated tenants, so that none of them gets among real ones. */
const practiceColumn: ListColumn = { head: 'list.csv.practice', cell: (_view, _record, { t }) => t('list.csv.practice') };

/** Heads and cells, as they are written. */
function cellsOf(records: readonly CredentialRecord[], shown: readonly ListColumn[], texts: Texts): string[][] {
  const lines = records.map((record) => {
    const view = credentialView(record);
    return shown.map(({ cell }) => withGuard(cell(view, record, texts)));
  });
  return [shown.map(({ head }) => texts.t(head)), ...lines];
}

const columnsFor = (practice: boolean): readonly ListColumn[] => (practice ? [...columns, practiceColumn] : columns);

/**
 * The list as CSV (RFC 4180, UTF-8 with its mark) for spreadsheets, under heads of the language; `track` reads it again. The
 * delimiter is the one that Excel expects where the language is at home: a semicolon in French and German, else a comma.
 *
 * @returns a text without secrets; the certificates are public, DER in base64
 */
export function listCsv(records: readonly CredentialRecord[], practice: boolean, texts: Texts): string {
  const delimiter = texts.language === 'en' ? ',' : ';';
  return `\uFEFF${stringify(cellsOf(records, columnsFor(practice), texts), { delimiter, record_delimiter: '\r\n', quoted: true })}`;
}

/**
 * The same for the clipboard, as spreadsheets and mails take it: a tab between two cells, without the certificates themselves.
 *
 * @returns a text without secrets
 */
export function listTable(records: readonly CredentialRecord[], practice: boolean, texts: Texts): string {
  const shown = columnsFor(practice).filter(({ bytes }) => bytes !== true);
  return stringify(cellsOf(records, shown, texts), { delimiter: '\t', record_delimiter: '\r\n' });
}
