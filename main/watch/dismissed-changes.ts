import { join } from 'node:path';
import { z } from 'zod';
import { writeNewFile } from '../files/index.ts';
import { recall } from './remembered.ts';

/** When each was dismissed, ISO 8601 UTC, by its id. */
const schema = z.record(z.string(), z.iso.datetime());

const fileIn = (directory: string): string => join(directory, 'changes-dismissed.json');

/** The changes at Microsoft that nobody wants to hear of any more, by their ids; for window and `watch` alike. Never rejects. */
export const dismissedChanges = async (directory: string): Promise<ReadonlySet<string>> =>
  new Set(Object.keys(await recall<z.infer<typeof schema>>(fileIn(directory), schema, {})));

/** From now on nobody is told of this change. @throws Fault file.* */
export async function dismissChange(directory: string, id: string, now: Date): Promise<void> {
  const before = await recall<z.infer<typeof schema>>(fileIn(directory), schema, {});
  const next = { ...before, [id]: before[id] ?? now.toISOString() };
  await writeNewFile(fileIn(directory), Buffer.from(`${JSON.stringify(next, null, 2)}\n`), { force: true });
}
