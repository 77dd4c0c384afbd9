import type { CredentialRecord } from '../credential/index.ts';
import type { ServerFinding } from './server-findings.ts';
import { watched, type ExpiryStep, type Watched } from './expiry.ts';

export type WatchResult = 'fine' | 'expiring' | 'expired';

/** One certificate as the watch reports it, or a credential that has none yet. */
export interface WatchLine {
  /** Of the credential. */
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly status: WatchResult | 'no-certificate';
  /** Whole days that are left, counting the one that has begun; 0 when it has ended. */
  readonly days: number | null;
  readonly level: ExpiryStep | null;
  /** SHA-1, upper-case hex. */
  readonly thumbprint: string | null;
  /** ISO 8601 UTC. */
  readonly notAfter: string | null;
  /** The server still uses it, although another has taken its place here. */
  readonly superseded: boolean;
}

export interface WatchReport {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly withinDays: number;
  /** The worst of them. */
  readonly result: WatchResult;
  /** What ends first stands first; credentials without a certificate stand last. */
  readonly certificates: readonly WatchLine[];
  /** What the servers that were asked are in need of. */
  readonly servers: readonly ServerFinding[];
}

const statusOf = ({ days }: Watched, withinDays: number): WatchResult => {
  if (days === 0) return 'expired';
  return days <= withinDays ? 'expiring' : 'fine';
};

const credentialOf = ({ id, name, tenantId, tenantName }: CredentialRecord) => ({ id, name, tenantId, tenantName });

function line(each: Watched, withinDays: number): WatchLine {
  const { record, certificate, superseded, days, step } = each;
  const { thumbprint, notAfter } = certificate;
  return { ...credentialOf(record), status: statusOf(each, withinDays), days, level: step, thumbprint, notAfter, superseded };
}

/**
 * How all certificates stand: those of the list, and by `servers` those that are in a server alone. Reads nothing but what is stored:
 * no key, no tenant.
 */
export function watchReport(
  records: readonly CredentialRecord[],
  now: Date,
  withinDays: number,
  servers: readonly ServerFinding[] = [],
): WatchReport {
  const lines = watched(records, now)
    .toSorted((a, b) => Date.parse(a.certificate.notAfter) - Date.parse(b.certificate.notAfter))
    .map((each) => line(each, withinDays));
  const without = records
    .filter(({ certificate }) => certificate === null)
    .map((record): WatchLine => ({
      ...credentialOf(record),
      status: 'no-certificate',
      days: null,
      level: null,
      thumbprint: null,
      notAfter: null,
      superseded: false,
    }));
  const isSo = (status: 'expired' | 'expiring') =>
    lines.some((each) => each.status === status) || servers.some(({ finding }) => finding === status);
  const result = (['expired', 'expiring'] as const).find(isSo) ?? 'fine';
  return { at: now.toISOString(), withinDays, result, certificates: [...lines, ...without], servers };
}
