import { z } from 'zod';

/**
 * The document of a credential with the steps in its server that are done: of an older one nobody has said any.
 *
 * @returns null for a document that cannot be read
 */
export function withSheet(json: string): string | null {
  let found: unknown;
  try {
    found = JSON.parse(json);
  } catch {
    return null;
  }
  const read = z.looseObject({}).safeParse(found);
  return read.success ? JSON.stringify({ ...read.data, sheet: {} }) : null;
}
