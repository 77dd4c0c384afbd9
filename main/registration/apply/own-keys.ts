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
  readonly onDone: (changes: readonly PlannedChange[]) => void;
}

export const isOfKeys = ({ change }: PlannedChange): boolean =>
  change.change === 'add-key-credential' || change.change === 'remove-key-credential';

/** Microsoft took neither token nor proof, and certainly changed nothing: the administrator's own write is left. */
const isNotTaken = (error: unknown): boolean =>
  (error instanceof Fault && error.code === 'rotation.proof-refused') ||
  (error instanceof GraphFailure && (error.kind === 'forbidden' || error.kind === 'unauthenticated'));

/**
 * Writes the changes of key credentials among these one by one with a key of the application's own.
 *
 * @returns whether any was written: then what was read before is behind, and what is left is planned anew
 */
export async function writeKeysAlone(run: KeyRun, own: OwnKeys, changes: readonly PlannedChange[], objectId: string): Promise<boolean> {
  let isWritten = false;
  for (const planned of changes.filter(isOfKeys)) {
    try {
      await own.write(planned, objectId);
    } catch (error) {
      if (!isNotTaken(error)) throw error;
      return isWritten;
    }
    isWritten = true;
    run.onDone([planned]);
  }
  return isWritten;
}
