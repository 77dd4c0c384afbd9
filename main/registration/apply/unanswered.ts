import type { AuditTrail } from '../../audit/index.ts';
import { replicationWindow } from '../backoff.ts';
import type { Change, PlannedChange } from '../change.ts';

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
 *
 * @param now by the clock that the trail is written by
 */
function unanswered(trail: AuditTrail, credentialId: string, now: Date): ReadonlySet<string> {
  const open = new Map<string, number>();
  for (const { phase, at, detail } of trail.list({ credentialId, since: new Date(now.getTime() - replicationWindow) }))
    for (const name of namesIn(detail['once'])) {
      if (phase === 'intent' || phase === 'uncertain') open.set(name, Date.parse(at));
      else open.delete(name);
    }
  // An entry of a clock that has been set back since says nothing about how long ago it was.
  return new Set([...open].filter(([, at]) => at - now.getTime() < replicationWindow).map(([name]) => name));
}

/** Those of the planned changes that are looked up before they may be sent again. @param now as the trail tells the time */
export function heldBack(
  { trail, credentialId }: { readonly trail: AuditTrail; readonly credentialId: string },
  changes: readonly PlannedChange[],
  now: Date,
): PlannedChange[] {
  if (!changes.some(({ change }) => madeOnce(change) !== null)) return [];
  const open = unanswered(trail, credentialId, now);
  return changes.filter(({ change }) => open.has(madeOnce(change) ?? ''));
}
