import { Fault } from '../faults.ts';
import { readAtMost, textOf } from '../files/index.ts';
import { ownProfileSchema } from './profile-schema.ts';
import type { Profile } from './profile.ts';
import { loadProfiles, profileById } from './shipped.ts';

/**
 * `--profile` takes the id of a shipped or kept profile, or the path of a JSON file.
 *
 * @param kept the profile of this id that the administrator keeps
 * @throws Fault input.profile.*
 */
export async function chosenProfile(idOrPath: string, kept: (id: string) => Profile | null = () => null): Promise<Profile> {
  return /\.json$/i.test(idOrPath) ? readProfileFile(idOrPath) : (kept(idOrPath) ?? profileById(idOrPath));
}

/** In bytes; fifty permissions with their reasons need a tenth of it. */
const largest = 256 * 1024;

/**
 * An administrator's own list of permissions: a JSON file in UTF-8, or in UTF-16 as Windows PowerShell writes it. Its id
 * is its own: under a shipped one the list of credentials would say what is not so.
 *
 * @throws Fault('input.profile.invalid') with path and reason; Fault('input.profile.id-taken')
 */
export async function readProfileFile(path: string): Promise<Profile> {
  const invalid = (reason: string, cause?: unknown) => new Fault('input.profile.invalid', { params: { path, reason }, cause });
  let data: unknown;
  try {
    const bytes = await readAtMost(path, largest);
    if (bytes === null) throw invalid(`larger than ${largest / 1024} KB`);
    data = JSON.parse(textOf(bytes));
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw invalid(error instanceof Error ? error.message : String(error), error);
  }
  const checked = ownProfileSchema.safeParse(data);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    throw invalid(`${place}${issue?.message ?? ''}`, checked.error);
  }
  const { id } = checked.data;
  if (loadProfiles().some((profile) => profile.id === id)) throw new Fault('input.profile.id-taken', { params: { profile: id } });
  return checked.data;
}
