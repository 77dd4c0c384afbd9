import type { CredentialRecord } from '../vault/index.ts';

/** Days before the end of a certificate at which it is told, each once; 0 = it has ended. */
export const expirySteps = [30, 14, 7, 1, 0] as const;
export type ExpiryStep = (typeof expirySteps)[number];

/** One certificate that has come to a step. */
export interface Expiring {
  /** Id. */
  readonly credential: string;
  readonly name: string;
  readonly tenantName: string;
  readonly thumbprint: string;
  readonly step: ExpiryStep;
  /** Whole days that are left, counting the one that has begun; 0 when it has ended. */
  readonly days: number;
  /** ISO 8601 UTC. */
  readonly notAfter: string;
}

const day = 24 * 60 * 60 * 1000;

const daysLeft = (notAfter: string, now: Date): number => Math.max(0, Math.ceil((Date.parse(notAfter) - now.getTime()) / day));

/** The step a certificate stands at; null while it has more than thirty days. */
export function stepOf(notAfter: string, now: Date): ExpiryStep | null {
  const left = daysLeft(notAfter, now);
  return expirySteps.findLast((step) => left <= step) ?? null;
}

/** Every credential whose certificate stands at a step, whoever holds the key. */
export function expiring(records: readonly CredentialRecord[], now: Date): Expiring[] {
  return records.flatMap(({ id, name, tenantName, certificate }): Expiring[] => {
    const step = certificate === null ? null : stepOf(certificate.notAfter, now);
    if (certificate === null || step === null) return [];
    const { thumbprint, notAfter } = certificate;
    return [{ credential: id, name, tenantName, thumbprint, step, days: daysLeft(notAfter, now), notAfter }];
  });
}
