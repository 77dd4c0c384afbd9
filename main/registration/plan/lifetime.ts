import type { CertificateDates } from '../../certificates/index.ts';
import type { Finding } from '../change.ts';
import type { Desired } from '../desired.ts';
import type { ObservedPolicy } from '../observed.ts';

const day = 24 * 60 * 60;

/** Days, to two places. */
export const daysOf = (seconds: number): number => Math.round((seconds / day) * 100) / 100;

/**
 * The end of a new certificate under a policy: that asked for, or the last one that is allowed. A limit below a day is left to
 * the obstacles of the plan: no certificate that keeps it is of use to a server.
 */
export function allowedEnd({ notBefore, notAfter }: CertificateDates, policy: ObservedPolicy | null): Date {
  const limit = policy?.maxLifetimeSeconds ?? null;
  if (limit === null || limit < day) return notAfter;
  return new Date(Math.min(notAfter.getTime(), notBefore.getTime() + limit * 1000));
}

/** Both moments by their day, or where that is the same by their time too. */
function told(asked: string, given: string): readonly [asked: string, given: string] {
  const length = asked.slice(0, 10) === given.slice(0, 10) ? 16 : 10;
  return [asked.slice(0, length).replace('T', ' '), given.slice(0, length).replace('T', ' ')];
}

/** That, and why, the certificate ends earlier than was asked for. */
export function clampedLifetime({ certificate, askedEnd }: Desired, policy: ObservedPolicy | null): Finding[] {
  if (certificate === null || askedEnd === null || policy?.maxLifetimeSeconds == null) return [];
  const [asked, given] = told(askedEnd, certificate.notAfter);
  const params = { policy: policy.displayName, policyId: policy.id, limit: String(daysOf(policy.maxLifetimeSeconds)), asked, given };
  return [{ finding: 'lifetime-clamped', id: 'lifetime-clamped', params, acceptable: false }];
}
