import { parse } from 'csv-parse/sync';
import { Fault } from '../faults.ts';
import { readAtMost, textOf } from '../files/index.ts';

/** In bytes; a row is one application, one operation and one week. */
const largest = 16 * 1024 * 1024;

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** Client id in lower case → calls over EWS. */
export type EwsUsage = ReadonlyMap<string, number>;

/**
 * Reads the report *Exchange Web Services (EWS) usage* of the Microsoft 365 admin centre, which names applications by their ids alone.
 * Its heads differ by language and time, so the id is looked for in each row, and the calls in the column whose head says so
 * (jmartinmsft/Exchange-App-Usage-Reporting, `Find-EwsApps.ps1`).
 *
 * @throws Fault track.file-unreadable, track.file-too-large, ews.usage-unreadable
 */
export async function readEwsUsage(path: string): Promise<EwsUsage> {
  const bytes = await readAtMost(path, largest).catch((error: NodeJS.ErrnoException) => {
    throw new Fault('track.file-unreadable', { params: { path, reason: error.code ?? error.message }, cause: error });
  });
  if (bytes === null) throw new Fault('track.file-too-large', { params: { path, limit: largest / 1024 / 1024 } });
  let rows: string[][];
  try {
    rows = parse(textOf(bytes), {
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      delimiter: [',', ';', '\t'],
    });
  } catch (error) {
    throw new Fault('ews.usage-unreadable', { params: { path }, cause: error });
  }
  const [heads = [], ...lines] = rows;
  const calls = heads.findIndex((head) => /call|request|count|volume|aufruf|appel/i.test(head));
  const idColumn = heads.findIndex((head) => /app.*id|id.*app/i.test(head));
  const usage = new Map<string, number>();
  for (const fields of lines) {
    const [id] = guid.exec((idColumn < 0 ? fields.join(' ') : fields[idColumn]) ?? '') ?? [];
    if (id === undefined) continue;
    const count = Number((fields[calls] ?? '').replaceAll(/\D/g, ''));
    usage.set(id.toLowerCase(), (usage.get(id.toLowerCase()) ?? 0) + (calls < 0 ? 1 : count));
  }
  if (usage.size === 0) throw new Fault('ews.usage-unreadable', { params: { path } });
  return usage;
}
