import { Fault } from '../faults.ts';
import { loadProfiles, ownProfileSchema, type Profile } from '../servers/index.ts';
import type { Database } from '../vault/database.ts';

/**
 * The permission profiles that an administrator keeps beside those that come with the product, for window and command line alike. A
 * credential has its permissions in its own record, so nothing changes for it when its profile is changed or removed here. Throws
 * the faults of `Database` besides those named.
 */
export interface OwnProfiles {
  /** By id; what cannot be read is left out. */
  list(): Profile[];
  get(id: string): Profile | null;
  /** Its version follows the one that is kept. @throws Fault('input.profile.id-taken') under the id of a shipped one */
  keep(profile: Profile): Profile;
  /** @returns false where there is none */
  remove(id: string): boolean;
}

function readProfile(document: unknown): Profile | null {
  try {
    const checked = ownProfileSchema.safeParse(JSON.parse(String(document)));
    return checked.success ? checked.data : null;
  } catch {
    return null;
  }
}

const sameList = (one: Profile, other: Profile) => JSON.stringify(one.permissions) === JSON.stringify(other.permissions);

export function createOwnProfiles(database: Database): OwnProfiles {
  const get = (id: string): Profile | null =>
    database.read((connection) => {
      const row = connection.prepare('SELECT document FROM own_profile WHERE id = ?').get(id);
      return row === undefined ? null : readProfile(row['document']);
    });
  return {
    get,
    list: () =>
      database.read((connection) =>
        connection
          .prepare('SELECT document FROM own_profile ORDER BY id')
          .all()
          .flatMap((row) => readProfile(row['document']) ?? []),
      ),
    keep: (profile) => {
      if (loadProfiles().some(({ id }) => id === profile.id))
        throw new Fault('input.profile.id-taken', { params: { profile: profile.id } });
      return database.write((connection) => {
        const before = get(profile.id);
        const version = before === null || sameList(before, profile) ? Math.max(before?.version ?? 1, profile.version) : before.version + 1;
        const kept = { ...profile, version };
        connection
          .prepare('INSERT INTO own_profile (id, document) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document')
          .run(kept.id, JSON.stringify(kept));
        return kept;
      });
    },
    remove: (id) => database.write((connection) => connection.prepare('DELETE FROM own_profile WHERE id = ?').run(id).changes === 1),
  };
}
