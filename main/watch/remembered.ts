import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { writeNewFile } from '../files/index.ts';
import type { Log } from '../log/index.ts';

/** What was remembered in this file; `otherwise` where there is none, or none that is understood. Never rejects. */
export async function recall<T>(file: string, schema: z.ZodType<T>, otherwise: T): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return otherwise;
  }
}

/** Keeps it for the next time. Where it cannot be kept that is logged, and told or asked twice is better than not at all. Never rejects. */
export async function remember(file: string, value: unknown, log: Log, warning: string): Promise<void> {
  try {
    await writeNewFile(file, Buffer.from(`${JSON.stringify(value, null, 2)}\n`), { force: true });
  } catch (error) {
    log.warn(warning, { cause: error });
  }
}
