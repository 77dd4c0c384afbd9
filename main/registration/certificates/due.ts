import { usableUntil, type CredentialRecord, type StoredCertificate } from '../../credential/index.ts';
import { retirable } from './retirable.ts';
import { isHandoverPending, isOpen, reachedAt } from './timeline.ts';

const day = 24 * 60 * 60 * 1000;

/** Days before its end at which a certificate is due, where nobody says otherwise. */
export const defaultWithinDays = 60;

/**
 * Whether a certificate is to be replaced: it ends within so many days, or half of its life is over where it lives for less
 * than twice as long. Without that bound a short-lived one would be due from its first day.
 */
export function isDue(certificate: StoredCertificate, now: Date, withinDays: number): boolean {
  const end = Date.parse(usableUntil(certificate));
  const lifetime = end - Date.parse(certificate.notBefore);
  return end - now.getTime() <= Math.min(withinDays * day, lifetime / 2);
}

/** The current certificate went into a file, so somebody can have given it to the server. */
export function isHandedOut({ presented, certificate }: CredentialRecord): boolean {
  return presented !== null && presented.how === 'exported' && presented.thumbprint === certificate?.thumbprint;
}

export interface RotationWish {
  /** This one was asked for by name, so it is rotated whether it is due or not. */
  readonly asked: boolean;
  readonly withinDays: number;
  /** The new certificate is to be written into a file for the server. */
  readonly handsOut?: boolean;
}

/**
 * What a run has to do: `begin` a rotation, `continue` the one that is open, or `nothing`. A rotation that waits for the
 * handover only is continued when it was asked for by name; its successor begins before its own certificate ends.
 */
export function rotationTask(
  record: CredentialRecord,
  now: Date,
  { asked, withinDays, handsOut = false }: RotationWish,
): 'begin' | 'continue' | 'nothing' {
  const { certificate, rotation, custody } = record;
  if (certificate === null) return asked ? 'begin' : 'nothing';
  const due = isDue(certificate, now, withinDays);
  const open = isOpen(record);
  const removable = retirable(record, now).length > 0;
  // What was rolled back and may go now goes before anything else begins.
  const back = removable && rotation !== null && reachedAt(rotation, 'rolled-back') !== null;
  if (due || (asked && !open && !back)) return custody === 'external' && removable ? 'continue' : 'begin';
  if (asked || removable) return 'continue';
  // The file of one night may have failed: without it the server never gets the certificate.
  if (handsOut && isHandoverPending(record) && !isHandedOut(record)) return 'continue';
  const unproven = custody === 'keyring' && open && rotation !== null && reachedAt(rotation, 'proven') === null;
  return unproven ? 'continue' : 'nothing';
}
