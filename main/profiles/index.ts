import { readFile } from 'node:fs/promises';
import directoryOnly from '../../assets/profiles/directory-only.json' with { type: 'json' };
import mailstoreGraph from '../../assets/profiles/mailstore-graph.json' with { type: 'json' };
import mailstoreGuide from '../../assets/profiles/mailstore-guide.json' with { type: 'json' };
import { Fault } from '../faults.ts';
import { profileSchema, type Profile } from './schema.ts';

export type { Profile } from './schema.ts';

/** The guide's profile comes first: it is the default. */
const shipped: readonly unknown[] = [mailstoreGuide, mailstoreGraph, directoryOnly];

/** The profiles that come with the product. */
export function loadProfiles(): Profile[] {
  return shipped.map((data) => profileSchema.parse(data));
}

/** @throws Fault('input.profile.unknown') */
export function profileById(id: string): Profile {
  const profiles = loadProfiles();
  const profile = profiles.find((each) => each.id === id);
  if (profile === undefined) throw new Fault('input.profile.unknown', { params: { profile: id, known: profiles.map((each) => each.id).join(', ') } });
  return profile;
}

/**
 * An administrator's own list of permissions, as a JSON file of the same form.
 *
 * @throws Fault('input.profile.invalid') with path and reason
 */
export async function readProfileFile(path: string): Promise<Profile> {
  const invalid = (reason: string, cause: unknown) => new Fault('input.profile.invalid', { params: { path, reason }, cause });
  let data: unknown;
  try {
    data = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), error);
  }
  const checked = profileSchema.safeParse(data);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, checked.error);
}

/** `--profile` takes the id of a shipped profile, or the path of a JSON file. @throws Fault input.profile.* */
export async function chosenProfile(idOrPath: string): Promise<Profile> {
  return idOrPath.endsWith('.json') ? readProfileFile(idOrPath) : profileById(idOrPath);
}
