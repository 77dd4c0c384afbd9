import { extname } from 'node:path';
import type { Texts } from '../../texts/index.ts';
import type { CredentialRecord } from '../index.ts';
import { listCsv } from './csv-list.ts';
import { listText } from './list-file.ts';

/** `json` has all that holds elsewhere; `csv` is for spreadsheets. */
export const listFormats = ['json', 'csv'] as const;
export type ListFormat = (typeof listFormats)[number];

/** By the extension of the file: CSV where it is that, else JSON. */
export const listFormatOf = (path: string): ListFormat => (extname(path).toLowerCase() === '.csv' ? 'csv' : 'json');

/** The list for another computer, another person or a spreadsheet: everything that is not secret and holds there too. `track` reads both. */
export function exportedList(records: readonly CredentialRecord[], format: ListFormat, practice: boolean, texts: Texts): string {
  return format === 'csv' ? listCsv(records, practice, texts) : listText(records, practice);
}
