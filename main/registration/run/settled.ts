import { readCertificate } from '../../certificates/index.ts';
import { storedCertificate, type CredentialRecord, type StoredCertificate } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { withSuccessor } from '../certificates/timeline.ts';
import type { Engine, LeasedEngine } from '../engine.ts';
import type { Observed } from '../observed.ts';

/**
 * In a store that was restored from a backup nothing is rotated or removed on the word of the backup: the tenant may have a
 * newer certificate, and the server may use it.
 *
 * @throws Fault store.unsettled
 */
export function requireSettled({ unsettled }: Pick<Engine, 'unsettled'>, { id, name }: Pick<CredentialRecord, 'id' | 'name'>): void {
  if (unsettled.has(id)) throw new Fault('store.unsettled', { params: { name } });
}

/** Certificates that stand in the tenant, whose key is in our keychain, and that the record does not know; the oldest first. */
async function forgotten(engine: Engine, record: CredentialRecord, { application }: Observed): Promise<StoredCertificate[]> {
  const known = new Set([record.certificate, ...record.earlierCertificates].map((each) => each?.thumbprint));
  const found: StoredCertificate[] = [];
  for (const { entry, thumbprint } of application?.keyCredentials ?? []) {
    const { key, keyId } = entry;
    if (thumbprint === null || known.has(thumbprint) || typeof key !== 'string' || key === '') continue;
    if ((await engine.secrets.load({ credentialId: record.id, thumbprint })) === null) continue;
    // Whether its PFX was exported, the backup does not know.
    found.push({ ...storedCertificate(readCertificate(Buffer.from(key, 'base64')), 'key-imported'), keyId });
  }
  return found.toSorted((one, other) => Date.parse(one.notBefore) - Date.parse(other.notBefore));
}

/** What the backup says of other users of a key was about a time before. */
const doubted = (certificate: StoredCertificate): StoredCertificate => ({ ...certificate, usedHereOnly: false, otherHolders: 'possible' });

/** The record with what it had forgotten: the newest is the current one again, as far as the key is ours. */
function remembering(stored: CredentialRecord, found: readonly StoredCertificate[], now: Date): CredentialRecord {
  const current = stored.certificate === null ? null : doubted(stored.certificate);
  const record = { ...stored, certificate: current, earlierCertificates: stored.earlierCertificates.map(doubted) };
  const newest = found.at(-1);
  if (newest === undefined) return record;
  // Of two of the same second the one that the backup does not know came after it.
  const later = current === null || Date.parse(newest.notBefore) >= Date.parse(current.notBefore);
  if (record.custody === 'keyring' && later)
    return withSuccessor({ ...record, earlierCertificates: [...found.slice(0, -1), ...record.earlierCertificates] }, newest, now);
  // Which of them the server uses, has to be said anew before one of them goes.
  const unsaid = current === null ? null : { ...current, handover: null };
  return { ...record, certificate: unsaid, earlierCertificates: [...record.earlierCertificates, ...found] };
}

/**
 * The tenant of a credential was read: what the backup had forgotten is in the record again, and from now on it counts. A
 * handover and the word that nobody else uses the key were about a time before; they do not count for what came after.
 */
export async function settleFromTenant(engine: LeasedEngine, record: CredentialRecord, observed: Observed): Promise<CredentialRecord> {
  const { id } = record;
  if (!engine.unsettled.has(id) || observed.application === null) return record;
  const found = await forgotten(engine, record, observed);
  const settled = engine.store.change(id, (stored) => {
    const { certificate, earlierCertificates, rotation, proof, state } = remembering(stored, found, engine.clock.now());
    return { certificate, earlierCertificates, rotation, proof, state };
  });
  engine.unsettled.settle(id);
  engine.log.info('credential.settled', { credential: id, found: found.map(({ thumbprint }) => thumbprint) });
  return settled;
}
