import { GraphFailure } from '../../directory/directory.ts';
import { Fault } from '../../faults.ts';
import type { PlannedChange } from '../change.ts';

/**
 * Adds and removes single key credentials as the application itself does it, with its own token and a proof of possession
 * ("application: addKey", "application: removeKey"): no other entry is touched, whoever writes at the same time.
 */
export interface OwnKeys {
  /** @throws GraphFailure, Fault rotation.proof-refused, interrupted */
  write(planned: PlannedChange, objectId: string): Promise<void>;
}

interface KeyRun {
  readonly ownKeys: (changes: readonly PlannedChange[]) => Promise<OwnKeys | null>;
  readonly onDone: (changes: readonly PlannedChange[]) => void;
}

export const isOfKeys = ({ change }: PlannedChange): boolean =>
  change.change === 'add-key-credential' || change.change === 'remove-key-credential';

/** Microsoft took neither token nor proof, and certainly changed nothing: the administrator's own write is left. */
const isNotTaken = (error: unknown): boolean =>
  (error instanceof Fault && error.code === 'rotation.proof-refused') ||
  (error instanceof GraphFailure && (error.kind === 'forbidden' || error.kind === 'unauthenticated'));

/**
 * Writes the changes of key credentials among these one by one, where a key of the application's own can.
 *
 * @returns what is left for the administrator to write
 */
export async function writeKeysAlone(run: KeyRun, changes: readonly PlannedChange[], objectId: string): Promise<readonly PlannedChange[]> {
  const keys = changes.filter(isOfKeys);
  const own = keys.length === 0 ? null : await run.ownKeys(keys);
  if (own === null) return changes;
  const done = new Set<PlannedChange>();
  for (const planned of keys) {
    try {
      await own.write(planned, objectId);
    } catch (error) {
      if (!isNotTaken(error)) throw error;
      break;
    }
    done.add(planned);
    run.onDone([planned]);
  }
  return changes.filter((planned) => !done.has(planned));
}
