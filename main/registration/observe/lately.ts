import type { AuditEntry, AuditTrail } from '../../audit/index.ts';
import { replicationWindow } from '../backoff.ts';

/** Whose entries are looked for: all of a credential, or those of one run. */
export interface Written {
  readonly trail: AuditTrail;
  readonly credentialId: string;
  readonly operation?: string;
  /**
   * Also what was written under a clock that was ahead or behind and is right since: it may be as recent or older, nobody knows.
   * For those alone who wait for it for a while and then go on.
   */
  readonly perhaps?: boolean;
}

const time = ({ at }: AuditEntry): number => Date.parse(at);

/**
 * What was written within the replication window, in the order of writing. That order is sure where the times are not: what comes
 * after a recent entry is as recent, whatever the clock said then, and what comes before an old one is older.
 *
 * @param now by the clock that the trail is written by
 */
export function writtenLately({ trail, credentialId, operation, perhaps = false }: Written, now: Date): AuditEntry[] {
  const [from, to] = [now.getTime() - replicationWindow, now.getTime() + replicationWindow];
  const entries = trail.list({ credentialId, since: new Date(from), ...(operation === undefined ? {} : { operation }) });
  const found = entries.findIndex((entry) => time(entry) >= from && time(entry) <= to);
  const first = found < 0 ? entries.length : found;
  if (!perhaps) return entries.slice(first);
  const [begins] = entries;
  const wasBehind = begins !== undefined && time(begins) < from;
  return entries.slice(wasBehind ? 0 : entries.slice(0, first).findLastIndex((entry) => time(entry) < from) + 1);
}
