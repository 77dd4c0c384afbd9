import { readProfileFile } from './profile-file.ts';
import type { Profile } from './schema.ts';
import { profileById } from './shipped.ts';

export { readProfileFile } from './profile-file.ts';
export type { ProfilePermission, ProfileReference } from './profile.ts';
export type { Profile } from './schema.ts';
export { isUnconfirmed, loadProfiles, profileById } from './shipped.ts';

/** `--profile` takes the id of a shipped profile, or the path of a JSON file. @throws Fault input.profile.* */
export async function chosenProfile(idOrPath: string): Promise<Profile> {
  return /\.json$/i.test(idOrPath) ? readProfileFile(idOrPath) : profileById(idOrPath);
}
