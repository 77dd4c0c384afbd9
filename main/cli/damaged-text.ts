import type { DamagedRow } from '../credential/index.ts';
import type { Texts } from '../texts/index.ts';
import type { VerbContext } from './program.ts';
import { table } from './table.ts';

/** As the documents of the command line name a row that cannot be read. */
export const damagedDocument = ({ id, name, reason }: DamagedRow) => ({ id, name, reason });

/** The rows that cannot be read, and what can be done with them; empty where there are none. */
export function damagedText(rows: readonly DamagedRow[], { t }: Texts): string {
  if (rows.length === 0) return '';
  const lines = table(rows.map(({ id, name, reason }) => [name ?? t('damaged.unnamed'), id, reason])).replaceAll(/^(?=.)/gm, '  ');
  return `${t('damaged.title', { count: rows.length })}\n${lines}${t('damaged.what-now')}\n`;
}

/** Names them where they are no part of the answer. */
export function sayDamaged(rows: readonly DamagedRow[], { io, texts }: VerbContext): void {
  if (rows.length > 0) io.err(damagedText(rows, texts));
}
