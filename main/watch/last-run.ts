import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../log/index.ts';
import { day } from './expiry.ts';
import { recall, remember } from './remembered.ts';
import type { WatchReport } from './report.ts';

/** A watch that has not run for longer than this has stopped, whatever stopped it. Days. */
export const overdueDays = 7;

const runSchema = z.object({ ranAt: z.iso.datetime(), result: z.enum(['fine', 'expiring', 'expired']) });

const fileIn = (directory: string): string => join(directory, 'watch-run.json');

export interface LastRun {
  /** ISO 8601 UTC; null when the watch never ran over this data directory. */
  readonly ranAt: string | null;
  readonly result: 'fine' | 'expiring' | 'expired' | null;
  /** It ran once, and has not for more than seven days. */
  readonly overdue: boolean;
}

/** When the verb `watch` last ran. Never throws: what cannot be read counts as no run. */
export async function lastRun(directory: string, now: Date): Promise<LastRun> {
  const run = await recall(fileIn(directory), runSchema.nullable(), null);
  if (run === null) return { ranAt: null, result: null, overdue: false };
  return { ...run, overdue: now.getTime() - Date.parse(run.ranAt) > overdueDays * day };
}

/** Remembers that the watch has run. Where that cannot be written, the watch still answers. */
export const rememberRun = (directory: string, { at, result }: Pick<WatchReport, 'at' | 'result'>, log: Log): Promise<void> =>
  remember(fileIn(directory), { ranAt: at, result }, log, 'watch.run-not-remembered');
