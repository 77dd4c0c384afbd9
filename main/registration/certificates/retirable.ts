import type { CredentialRecord, StoredCertificate } from '../../credential/record.ts';
import { defaultOverlapDays, reachedAt } from './timeline.ts';

const day = 24 * 60 * 60 * 1000;

/** From when the current certificate is the current one, as far as a rotation tells; epoch milliseconds. */
function currentSince({ rotation, certificate }: CredentialRecord): number {
  if (rotation === null) return 0;
  const rolledBack = reachedAt(rotation, 'rolled-back');
  if (rolledBack !== null) return Date.parse(rolledBack);
  return rotation.to === certificate?.thumbprint
    ? Date.parse(reachedAt(rotation, 'created') ?? rotation.timeline[0]?.at ?? '')
    : Number.POSITIVE_INFINITY;
}

/** When the administrator said that the server uses the current certificate; an earlier word was about another moment. */
function handedOverAt(record: CredentialRecord): number | null {
  const { handover, certificate } = record;
  if (handover === null || handover.thumbprint !== certificate?.thumbprint) return null;
  const at = Date.parse(handover.confirmedAt);
  return at >= currentSince(record) ? at : null;
}

/** Where no other software uses the key, the token that was issued for it stands for the handover. */
function settledHereAt({ usedHereOnly, rotation, custody }: CredentialRecord): number | null {
  if (!usedHereOnly || custody === 'external' || rotation === null) return null;
  const at = reachedAt(rotation, 'rolled-back') ?? reachedAt(rotation, 'proven');
  return at === null ? null : Date.parse(at);
}

/**
 * When the old key credentials may go: the overlap after the handover of the current certificate was confirmed. Null
 * while it is not, however much time has passed. Epoch milliseconds.
 */
export function retirableFrom(record: CredentialRecord): number | null {
  const settled = handedOverAt(record) ?? settledHereAt(record);
  return settled === null ? null : settled + (record.rotation?.overlapDays ?? defaultOverlapDays) * day;
}

/**
 * Earlier certificates of this credential whose key credentials may be removed now: all of them once handover and overlap
 * are over, and those that have expired, which no server can use any more. Whether one has expired is told by the clock of
 * this computer, so it counts only where a token of the current key, which a wrong clock would not get, comes before the
 * removal: not where the server holds the key.
 */
export function retirable(record: CredentialRecord, now: Date): StoredCertificate[] {
  if (record.certificate === null) return [];
  const from = retirableFrom(record);
  const over = from !== null && from <= now.getTime();
  const ended = (notAfter: string) => record.custody === 'keyring' && Date.parse(notAfter) <= now.getTime();
  return record.earlierCertificates.filter(({ notAfter }) => over || ended(notAfter));
}
