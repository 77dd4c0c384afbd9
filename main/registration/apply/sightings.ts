import { createStopwatch, type Clock } from '../../clock.ts';
import type { DelegatedGrant } from '../../directory/directory.ts';
import type { PlannedChange } from '../change.ts';
import type { ObservedApplication } from '../observed.ts';

/** Milliseconds for which an entry that was seen in this run has to be missing before it counts as taken away by somebody. */
export const goneAfter = 30_000;

const keyEntry = (keyId: string) => `key ${keyId}`;
const permissionEntry = (resourceAppId: string, id: string) => `permission ${resourceAppId} ${id}`;

/** What others may have put into the lists of an application: a PATCH that leaves one of them out takes it away. */
export const entriesOfApplication = ({ keyCredentials, redirectUris, required }: ObservedApplication): string[] => [
  ...keyCredentials.map(({ entry }) => keyEntry(entry.keyId)),
  ...redirectUris.map((uri) => `uri ${uri}`),
  ...required.flatMap(({ resourceAppId, resourceAccess }) => resourceAccess.map(({ id }) => permissionEntry(resourceAppId, id))),
];

export const entriesOfGrant = ({ id, scope }: DelegatedGrant): string[] =>
  scope
    .split(' ')
    .filter((each) => each !== '')
    .map((each) => `scope ${id} ${each}`);

/** Every entry of a shared list that was seen in this run, by whichever replica. */
export interface Sightings {
  /** @param of which entries this was a look at */
  note(of: string, entries: readonly string[]): void;
  /**
   * Notes a look, and tells whether it may be written upon: nothing is missing in it that an earlier look had, or it has been
   * missing for half a minute. Two replicas that disagree look the same as somebody who takes an entry away; waiting tells them apart.
   */
  agrees(of: string, entries: readonly string[]): boolean;
  /** What was taken away from here is not missed. */
  removed(changes: readonly PlannedChange[]): void;
}

export function createSightings(clock: Clock): Sightings {
  const stopwatch = createStopwatch(clock);
  /** Entry → since when it is missing, by the stopwatch; null = it was there at the last look. */
  const seen = new Map<string, Map<string, number | null>>();
  const looks = (of: string) => seen.get(of) ?? seen.set(of, new Map()).get(of) ?? new Map<string, number | null>();
  const note = (of: string, entries: readonly string[]) => {
    for (const entry of entries) looks(of).set(entry, null);
  };
  return {
    note,
    agrees: (of, entries) => {
      note(of, entries);
      const now = stopwatch.elapsed();
      const there = new Set(entries);
      for (const [entry, since] of looks(of)) {
        if (there.has(entry)) continue;
        if (since !== null && now - since >= goneAfter) looks(of).delete(entry);
        else looks(of).set(entry, since ?? now);
      }
      return looks(of).size === there.size;
    },
    removed: (changes) => {
      for (const { change } of changes) {
        if (change.change === 'remove-key-credential') for (const entries of seen.values()) entries.delete(keyEntry(change.keyId));
        if (change.change === 'remove-permission')
          for (const entries of seen.values()) entries.delete(permissionEntry(change.resourceAppId, change.id));
      }
    },
  };
}
