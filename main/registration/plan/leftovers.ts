import type { Change } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { ObservedKeyCredential } from '../observed.ts';
import { keyChanges, type ObservedKeys } from './application.ts';
import { found, remedy, type Found } from './found.ts';

const isOver = (time: string, at: string): boolean => Date.parse(time) <= Date.parse(at);

/** What the removal of one that is still valid waits for; it never goes because time has passed. */
function awaited(mayGoFrom: string | null, currentWorks: boolean, at: string): 'handover' | 'overlap' | 'current' | 'nothing' {
  if (mayGoFrom === null) return 'handover';
  if (!isOver(mayGoFrom, at)) return 'overlap';
  return currentWorks ? 'nothing' : 'current';
}

/**
 * Key credentials of earlier certificates of this credential that the plan leaves: expired, or superseded. One goes when
 * its finding is accepted: an expired one always, one that is still valid only after the handover of the current
 * certificate and the overlap, and while the current one is published and valid. Ours is told by the hash of the DER alone.
 * The one that an open rotation replaces is no leftover before its time.
 */
export function leftoverKeys(desired: Desired, observed: ObservedKeys): Found[] {
  const { at, application } = observed;
  if (application === null) return [];
  const current = desired.certificate?.thumbprintSha256;
  const going = new Set(
    keyChanges(desired, observed).flatMap(({ change }) => (change.change === 'remove-key-credential' ? [change.keyId] : [])),
  );
  const works = application.keyCredentials.some((key) => key.thumbprintSha256 === current && !isOver(key.endDateTime, at));
  const isLeft = ({ entry, thumbprintSha256: hash }: ObservedKeyCredential) =>
    hash !== null && hash !== current && desired.earlierThumbprints.includes(hash) && !going.has(entry.keyId);
  return application.keyCredentials
    .filter(isLeft)
    .flatMap(({ entry: { keyId }, displayName, thumbprint, thumbprintSha256, endDateTime }) => {
      const expired = isOver(endDateTime, at);
      const mayGoFrom = desired.earlierMayGoFrom[thumbprintSha256 ?? ''] ?? null;
      const waits = expired ? 'nothing' : awaited(mayGoFrom, works, at);
      if (waits !== 'nothing' && thumbprintSha256 === desired.predecessorThumbprint) return [];
      const params = {
        keyId,
        thumbprint: thumbprint ?? '',
        end: endDateTime.slice(0, 10),
        why: expired ? 'expired' : 'superseded',
        waits,
        from: mayGoFrom?.slice(0, 10) ?? '',
      };
      const change: Change = { change: 'remove-key-credential', keyId, displayName, ours: true, thumbprint };
      return found(
        'leftover-key-credential',
        params,
        waits === 'nothing' ? { key: keyId, remedy: remedy(change, 'key-credential') } : { key: keyId },
      );
    });
}
