import type { Output } from '../../../preload/contract.ts';

export type AuditLine = Output<'activity:list'>[number];

/**
 * The trail as one reads it: newest first, and without the announcement of a write whose outcome is there too. An
 * announcement that stands alone stays: the program ended in between, so the tenant has to be read.
 *
 * @param lines in the order of writing
 */
export function settled(lines: readonly AuditLine[]): AuditLine[] {
  const open = new Map<string, AuditLine[]>();
  const told = new Set<AuditLine>();
  for (const line of lines) {
    const key = `${line.credential}\n${line.change}`;
    if (line.phase === 'intent') open.set(key, [...(open.get(key) ?? []), line]);
    else {
      const announced = open.get(key)?.shift();
      if (announced !== undefined) told.add(announced);
    }
  }
  return lines.filter((line) => !told.has(line)).reverse();
}

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
