import directoryOnly from '../../assets/profiles/directory-only.json' with { type: 'json' };
import mailstoreGraph from '../../assets/profiles/mailstore-graph.json' with { type: 'json' };
import mailstoreGuide from '../../assets/profiles/mailstore-guide.json' with { type: 'json' };
import { Fault } from '../faults.ts';
import { profileSchema, type Profile } from './schema.ts';

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
  if (profile === undefined)
    throw new Fault('input.profile.unknown', { params: { profile: id, known: profiles.map((each) => each.id).join(', ') } });
  return profile;
}

/** Whether the names of a shipped profile still wait to be checked against the server maker's documentation. */
export function isUnconfirmed(id: string): boolean {
  return loadProfiles().some((profile) => profile.id === id && profile.unconfirmed);
}
