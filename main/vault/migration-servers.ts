import { z } from 'zod';
import before from '../../assets/migrations/server-of-older-credentials.json' with { type: 'json' };

/** What the move needs of a document of the version before, whatever else stands in it. */
const document = z.looseObject({
  profile: z.looseObject({ permissions: z.array(z.looseObject({})) }),
});

/**
 * The document of a credential with the server software that all of them were for until then, without an instance. The number of
 * the guide's step leaves its permissions: it belongs to the description of that software.
 *
 * @returns null for a document that cannot be read
 */
export function withServer(json: string): string | null {
  let found: unknown;
  try {
    found = JSON.parse(json);
  } catch {
    return null;
  }
  const read = document.safeParse(found);
  if (!read.success) return null;
  const { profile, ...rest } = read.data;
  const permissions = profile.permissions.map(({ step: _step, ...permission }) => permission);
  return JSON.stringify({ ...rest, profile: { ...profile, permissions }, server: { id: before.server, instance: null } });
}
