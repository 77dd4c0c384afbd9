import { certificatesOf, isUsedHereOnly, usableUntil } from '../credential/index.ts';
import type { CredentialRecord, StoredCertificate } from '../credential/index.ts';

/** Days before the end of a certificate at which it is told, each once; 0 = it has ended. */
export const expirySteps = [90, 60, 30, 14, 7, 1, 0] as const;
export type ExpiryStep = (typeof expirySteps)[number];

/** One certificate that is watched, wherever it stands. */
export interface Watched {
  readonly record: CredentialRecord;
  readonly certificate: StoredCertificate;
  /**
   * True for an earlier certificate that was handed over, while the one that takes its place is not: the server still
   * signs in with it, so its end is the one that stops the archive.
   */
  readonly superseded: boolean;
  /** Whole days that are left, counting the one that has begun; 0 when it has ended. */
  readonly days: number;
  /** Null while it has more than ninety days. */
  readonly step: ExpiryStep | null;
}

/** A watched certificate that has come to a step. */
export interface Expiring extends Watched {
  readonly step: ExpiryStep;
}

/** Milliseconds. */
export const day = 24 * 60 * 60 * 1000;

/** Whole days until then, counting the one that has begun; 0 from that moment on. */
export const daysLeft = (notAfter: string, now: Date): number => Math.max(0, Math.ceil((Date.parse(notAfter) - now.getTime()) / day));

/** The step at so many days before the end; null while there are more than ninety. */
export const stepAt = (days: number): ExpiryStep | null => expirySteps.findLast((step) => days <= step) ?? null;

/** The step a certificate stands at; null while it has more than ninety days. */
export const stepOf = (notAfter: string, now: Date): ExpiryStep | null => stepAt(daysLeft(notAfter, now));

/** The certificate that a rotation replaces, until the administrator says that the server uses the new one. */
function replacedBy({ rotation, certificate }: CredentialRecord): string | undefined {
  if (rotation === null || rotation.to !== certificate?.thumbprint) return undefined;
  return rotation.timeline.some(({ state }) => state === 'handed-over' || state === 'rolled-back') ? undefined : rotation.from;
}

/** The certificate the server was last known to use, where another has taken its place here but not there. */
function stillInUse(record: CredentialRecord): StoredCertificate | null {
  const { custody, certificate, earlierCertificates } = record;
  // A server that makes its own certificates uses the new one from the moment it made it.
  if (custody === 'external' || isUsedHereOnly(record)) return null;
  const handedOver = certificatesOf(record).filter(({ handover }) => handover !== null);
  const [latest] = handedOver.toSorted((one, other) => (other.handover?.confirmedAt ?? '').localeCompare(one.handover?.confirmedAt ?? ''));
  const used = latest?.thumbprint ?? replacedBy(record);
  return used === certificate?.thumbprint ? null : (earlierCertificates.find(({ thumbprint }) => thumbprint === used) ?? null);
}

/** Every certificate that is watched, whoever holds its key: the current one of each credential, and what the server still uses. */
export function watched(records: readonly CredentialRecord[], now: Date): Watched[] {
  return records.flatMap((record) => {
    const both = [
      { certificate: record.certificate, superseded: false },
      { certificate: stillInUse(record), superseded: true },
    ];
    return both.flatMap(({ certificate, superseded }): Watched[] => {
      if (certificate === null) return [];
      // Where the tenant's entry ends before the certificate does, nobody can sign in with it from then on.
      const notAfter = usableUntil(certificate);
      return [
        { record, certificate: { ...certificate, notAfter }, superseded, days: daysLeft(notAfter, now), step: stepOf(notAfter, now) },
      ];
    });
  });
}

/** Those of the watched certificates that stand at a step. */
export function expiring(records: readonly CredentialRecord[], now: Date): Expiring[] {
  return watched(records, now).flatMap((each): Expiring[] => (each.step === null ? [] : [{ ...each, step: each.step }]));
}
