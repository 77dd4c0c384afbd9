import { handoverOf, isUsedHereOnly } from '../../credential/index.ts';
import type { CredentialRecord, Proof, Rotation, RotationState, StoredCertificate } from '../../credential/record.ts';

/** Days that the old key credential stays after the handover, where nobody says otherwise. */
export const defaultOverlapDays = 7;

/** ISO 8601 UTC; null while the rotation has not come there. */
export function reachedAt(rotation: Rotation, state: RotationState): string | null {
  return rotation.timeline.find((step) => step.state === state)?.at ?? null;
}

/** The rotation with one more step; unchanged where it has it already. */
export function reaching(rotation: Rotation, state: RotationState, now: Date): Rotation {
  if (reachedAt(rotation, state) !== null) return rotation;
  return { ...rotation, timeline: [...rotation.timeline, { state, at: now.toISOString() }] };
}

type Rotating = Pick<CredentialRecord, 'rotation' | 'certificate'>;

/** Whether something of the rotation is still to do: by us, or by the administrator. */
export function isOpen(record: Rotating): boolean {
  const { rotation } = record;
  if (rotation === null || reachedAt(rotation, 'rolled-back') !== null) return false;
  return reachedAt(rotation, 'old-removed') === null || (reachedAt(rotation, 'handed-over') === null && !isUsedHereOnly(record));
}

/**
 * Somebody has said that the server uses the current certificate, and the server, which holds the key and can be asked, has not shown
 * it yet: its own word counts alone.
 */
export function awaitsServer(record: Pick<CredentialRecord, 'certificate' | 'profile' | 'custody'>): boolean {
  const server = handoverOf(record)?.server;
  return record.custody === 'external' && server !== undefined && server.archived === null;
}

/** The new certificate is in use as far as this program can tell, and only the administrator can say that the server uses it. */
export function isHandoverPending(record: CredentialRecord): boolean {
  const { rotation, certificate } = record;
  if (rotation === null || rotation.to !== certificate?.thumbprint || !isOpen(record)) return false;
  if (isUsedHereOnly(record) || (reachedAt(rotation, 'handed-over') !== null && !awaitsServer(record))) return false;
  return reachedAt(rotation, record.custody === 'external' ? 'published' : 'proven') !== null;
}

/** The old key credential is gone from the tenant, and the next run looks whether Microsoft still accepts its key. */
export function isRemovalPending({ rotation }: Pick<CredentialRecord, 'rotation'>): boolean {
  return rotation !== null && reachedAt(rotation, 'removing') !== null && reachedAt(rotation, 'old-removed') === null;
}

/** The fields that another certificate changes. */
export type Succession = Pick<CredentialRecord, 'certificate' | 'earlierCertificates' | 'rotation' | 'proof' | 'state'>;

/**
 * The credential with another certificate. What takes the place of a certificate of a registered application begins a rotation:
 * the old certificate stays known with all that is known of it, and stays in the tenant. What was proven was proven with the
 * old one. The word that no other software uses the key goes on only for a key that was made here.
 */
export function succession(record: CredentialRecord, next: StoredCertificate, now: Date, overlapDays = defaultOverlapDays): Succession {
  const current = record.certificate === null ? [] : [record.certificate];
  const earlierCertificates = [...record.earlierCertificates, ...current].filter(({ thumbprint }) => thumbprint !== next.thumbprint);
  const from = earlierCertificates.at(-1);
  const begins = from !== undefined && record.clientId !== null;
  const rotation: Rotation | null = begins
    ? { from: from.thumbprint, to: next.thumbprint, overlapDays, timeline: [{ state: 'created', at: now.toISOString() }], pfx: null }
    : null;
  const certificate = { ...next, usedHereOnly: next.otherHolders === 'none' && isUsedHereOnly(record) };
  const { proof, state } = record;
  if (!begins) return { certificate, earlierCertificates, rotation, proof, state };
  return { certificate, earlierCertificates, rotation, proof: null, state: state === 'waiting-consent' ? state : 'never-checked' };
}

/** The whole record with another certificate, as `succession` has it. */
export function withSuccessor(
  record: CredentialRecord,
  next: StoredCertificate,
  now: Date,
  overlapDays = defaultOverlapDays,
): CredentialRecord {
  return { ...record, ...succession(record, next, now, overlapDays) };
}

/** The record as it is with another overlap; null leaves it. */
export function withOverlap(record: CredentialRecord, overlapDays: number | null): CredentialRecord {
  const { rotation } = record;
  return rotation === null || overlapDays === null ? record : { ...record, rotation: { ...rotation, overlapDays } };
}

/** The rotation of a record after it was proven: a token, or the key credential that was seen, takes it further. */
export function provenRotation({ rotation, certificate, custody }: CredentialRecord, { checks }: Proof, now: Date): Rotation | null {
  if (rotation === null || rotation.to !== certificate?.thumbprint || reachedAt(rotation, 'rolled-back') !== null) return rotation;
  const tokens = checks.filter(({ check }) => check === 'token-graph' || check === 'token-exchange');
  const proven = custody === 'keyring' && tokens.length > 0 && tokens.every(({ result }) => result === 'passed');
  const published = proven || checks.some(({ check, result }) => check === 'key-credential' && result === 'passed');
  if (!published) return rotation;
  const there = reaching(rotation, 'published', now);
  return proven ? reaching(there, 'proven', now) : there;
}
