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

interface Times {
  /** By this computer. */
  readonly now: Date;
  /** As far as it was told. */
  readonly microsoftNow: Date;
}

/**
 * The new certificate of a run, now that the tenant was read. One of ours is made here, and lives as long as asked or as long
 * as the policy allows; any other is what it is. Where this computer's clock is ahead of Microsoft's, it begins by Microsoft's: a
 * certificate that is valid only some days from now would be published, current, and of no use.
 *
 * @param overlapDays of a rotation
 * @throws Fault('rotation.overlap-too-long') where the policy leaves the new certificate less than the overlap
 */
export async function issue(
  certificate: NewCertificate | PreparedCertificate | null,
  policy: ObservedPolicy | null,
  overlapDays: number | undefined,
  { now, microsoftNow }: Times,
): Promise<Issued> {
  if (certificate === null || 'stored' in certificate) return { next: certificate, askedEnd: null };
  const { dated } = certificate;
  const ahead = Math.max(0, now.getTime() - microsoftNow.getTime());
  const asked = { ...certificate.asked, notBefore: new Date(certificate.asked.notBefore.getTime() - ahead) };
  const end = allowedEnd(asked, policy);
  if (overlapDays !== undefined) requireOverlapWithin(overlapDays, end, now);
  return { next: await dated({ ...asked, notAfter: end }), askedEnd: end < asked.notAfter ? isoSeconds(asked.notAfter) : null };
}
