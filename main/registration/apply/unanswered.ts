import { replicationWindow } from '../backoff.ts';
import type { Change, PlannedChange } from '../change.ts';
import { writtenLately, type Written } from '../observe/lately.ts';

/**
 * What a request makes that makes something new each time it is executed; null for one whose repetition changes nothing.
 * A key credential counts where `addKey` makes it: a PATCH names its keyId.
 */
export function madeOnce(change: Change): string | null {
  switch (change.change) {
    case 'add-key-credential':
      return `${change.change} ${change.certificate.thumbprint}`;
    case 'create-service-principal':
      return change.change;
    case 'create-resource-service-principal':
      return `${change.change} ${change.appId}`;
    case 'grant-role':
      return `${change.change} ${change.resourceId} ${change.roleId}`;
    case 'grant-scopes':
      return change.grantId === null ? `${change.change} ${change.resourceId}` : null;
    default:
      return null;
  }
}

const namesIn = (once: unknown): string[] => (Array.isArray(once) ? once.filter((name): name is string => typeof name === 'string') : []);

/**
 * Writes of the last minutes that must not be sent again yet: their answer was lost, or the process ended before it came, so
 * Microsoft may have executed them, and a read may not show it before the replication window is over.
 */
function unanswered(written: Written, now: Date): ReadonlySet<string> {
  const open = new Set<string>();
  for (const { phase, detail } of writtenLately(written, now))
    for (const name of namesIn(detail['once'])) {
      if (phase === 'intent' || phase === 'uncertain') open.add(name);
      else open.delete(name);
    }
  return open;
}

/** By the clock that the trail is written by. */
export interface RunTime {
  /** When the run began: what it found is at least as old. */
  readonly begun: Date;
  readonly now: Date;
}

/** Those of the planned changes that are looked up before they may be sent again. */
export function heldBack(
  { trail, credentialId }: Pick<Written, 'trail' | 'credentialId'>,
  changes: readonly PlannedChange[],
  { begun, now }: RunTime,
): PlannedChange[] {
  if (!changes.some(({ change }) => madeOnce(change) !== null)) return [];
  // Of what a wrong clock wrote nobody knows more than that it was before this run, or in it.
  const perhaps = now.getTime() - begun.getTime() <= replicationWindow;
  const open = unanswered({ trail, credentialId, perhaps }, now);
  return changes.filter(({ change }) => open.has(madeOnce(change) ?? ''));
}
