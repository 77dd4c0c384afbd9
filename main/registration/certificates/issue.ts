import { isoSeconds, type CertificateDates } from '../../certificates/index.ts';
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

/** Milliseconds. Microsoft's time comes in whole seconds, with an answer that was on its way; a certificate begins ten minutes early. */
const noDifference = 60_000;

/**
 * The same dates, the begin by Microsoft's clock where this computer's is ahead of it: a certificate that is valid only some days
 * from now would be published, current, and of no use.
 */
export function begunByMicrosoft(asked: CertificateDates, { now, microsoftNow }: Times): CertificateDates {
  const ahead = now.getTime() - microsoftNow.getTime();
  if (ahead < noDifference) return asked;
  return { ...asked, notBefore: new Date(asked.notBefore.getTime() - ahead) };
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
  times: Times,
): Promise<Issued> {
  if (certificate === null || 'stored' in certificate) return { next: certificate, askedEnd: null };
  const { dated } = certificate;
  const asked = begunByMicrosoft(certificate.asked, times);
  const end = allowedEnd(asked, policy);
  if (overlapDays !== undefined) requireOverlapWithin(overlapDays, end, times.now);
  return { next: await dated({ ...asked, notAfter: end }), askedEnd: end < asked.notAfter ? isoSeconds(asked.notAfter) : null };
}
