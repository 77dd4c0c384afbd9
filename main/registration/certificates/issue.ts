import { isoSeconds } from '../../certificates/index.ts';
import type { ObservedPolicy } from '../observed.ts';
import { allowedEnd } from '../plan/lifetime.ts';
import { requireOverlapWithin } from './overlap.ts';
import type { NewCertificate, PreparedCertificate } from './new-certificate.ts';

export interface Issued {
  /** Null: the record's own stays. */
  readonly next: NewCertificate | null;
  /** End that was asked for, where the policy allows an earlier one only; ISO 8601 UTC. */
  readonly askedEnd: string | null;
}

/**
 * The new certificate of a run, now that the tenant was read. One of ours is made here, and lives as long as asked or as long
 * as the policy allows; any other is what it is.
 *
 * @param overlapDays of a rotation
 * @throws Fault('rotation.overlap-too-long') where the policy leaves the new certificate less than the overlap
 */
export async function issue(
  certificate: NewCertificate | PreparedCertificate | null,
  policy: ObservedPolicy | null,
  overlapDays: number | undefined,
  now: Date,
): Promise<Issued> {
  if (certificate === null || 'stored' in certificate) return { next: certificate, askedEnd: null };
  const { asked, ending } = certificate;
  const end = allowedEnd(asked, policy);
  if (overlapDays !== undefined) requireOverlapWithin(overlapDays, end, now);
  return { next: await ending(end), askedEnd: end < asked.notAfter ? isoSeconds(asked.notAfter) : null };
}
