import type { Output } from '../../../preload/contract.ts';

export type AuditLine = Output<'activity:list'>[number];

/** One field of a CSV file (RFC 4180). A leading sign is kept from being a formula in a spreadsheet. */
function csvField(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export interface Csv {
  readonly text: string;
  /** How many lines fitted. */
  readonly lines: number;
}

/** As many of the first lines as fit into so many characters, under one header line. */
export function csv(heads: readonly string[], lines: readonly (readonly string[])[], limit: number): Csv {
  const written = [heads, ...lines].map((fields) => `${fields.map(csvField).join(',')}\r\n`);
  let text = '';
  let count = 0;
  for (const line of written) {
    if (text.length + line.length > limit) break;
    text += line;
    count += 1;
  }
  return { text, lines: Math.max(0, count - 1) };
}
