import { handoverOf } from '../../credential/index.ts';
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

/**
 * When it was said that the server uses the current certificate; an earlier word was about another moment. Where a server that holds
 * the key can be asked, its own word counts alone: a run has to have succeeded with the new certificate.
 */
function handedOverAt(record: CredentialRecord): number | null {
  const handover = handoverOf(record);
  if (handover === null) return null;
  const { server } = handover;
  if (record.custody === 'external' && server !== undefined && server.archived === null) return null;
  const at = Date.parse(record.custody === 'external' && server?.archived != null ? server.archived.seenAt : handover.confirmedAt);
  return at >= currentSince(record) ? at : null;
}

/** When the current certificate, whose key is ours, was proven by a token that was issued for it. */
function provenAt({ rotation, custody }: CredentialRecord): number | null {
  if (custody === 'external' || rotation === null) return null;
  const at = reachedAt(rotation, 'rolled-back') ?? reachedAt(rotation, 'proven');
  return at === null ? null : Date.parse(at);
}

/** Nobody but this program ever held its key, and by the administrator's word no other software uses it. */
const isOursAlone = ({ holder, otherHolders, usedHereOnly }: StoredCertificate): boolean =>
  holder === 'keyring' && otherHolders !== 'possible' && usedHereOnly;

/**
 * When the key credential of one earlier certificate may go: the overlap after the handover of the current certificate was
 * confirmed. Where nobody else can use the earlier one, the token that was issued for the current one stands for the handover.
 * Null while neither is so, however much time has passed. Epoch milliseconds.
 */
export function retirableFrom(record: CredentialRecord, earlier: StoredCertificate): number | null {
  const settled = handedOverAt(record) ?? (isOursAlone(earlier) ? provenAt(record) : null);
  return settled === null ? null : settled + (record.rotation?.overlapDays ?? defaultOverlapDays) * day;
}

/** As `retirableFrom` of the certificate that the latest rotation replaces; null where there is none. */
export function predecessorRetirableFrom(record: CredentialRecord): number | null {
  const predecessor =
    record.earlierCertificates.find(({ thumbprint }) => thumbprint === record.rotation?.from) ?? record.earlierCertificates.at(-1);
  return predecessor === undefined ? null : retirableFrom(record, predecessor);
}

/**
 * Earlier certificates of this credential whose key credentials may be removed now: each once its handover and overlap are over,
 * and those that have expired, which no server can use any more. Whether one has expired is told by the clock of this computer,
 * so it counts only where a token of the current key, which a wrong clock would not get, comes before the removal: not where the
 * server holds the key.
 */
export function retirable(record: CredentialRecord, now: Date): StoredCertificate[] {
  if (record.certificate === null) return [];
  const ended = ({ notAfter }: StoredCertificate) => record.custody === 'keyring' && Date.parse(notAfter) <= now.getTime();
  return record.earlierCertificates.filter((each) => {
    const from = retirableFrom(record, each);
    return (from !== null && from <= now.getTime()) || ended(each);
  });
}
