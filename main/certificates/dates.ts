/** Clocks differ by minutes: a certificate that begins a little earlier is valid at once everywhere. */
const backdate = 10 * 60 * 1000;

/** ISO 8601 UTC without milliseconds, the form Microsoft Graph wants. */
export const isoSeconds = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, 'Z');

/** How long a new certificate is to live: whole calendar months, at least 1, or to the end of a day in UTC, `YYYY-MM-DD`. */
export type Lifetime = { readonly months: number } | { readonly until: string };

/** As long as the certificates that archiving servers make themselves. */
export const defaultLifetime: Lifetime = { months: 15 };

export interface CertificateDates {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** The same day so many months later; the last day of a shorter month stands for a day it does not have. */
function monthsAfter(from: Date, months: number): Date {
  const end = new Date(from);
  end.setUTCDate(1);
  end.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return end;
}

/** Begin and end of a new certificate, to the second: from ten minutes ago, for as long as asked. */
export function certificateDates(now: Date, lifetime: Lifetime): CertificateDates {
  const notBefore = new Date(Math.floor((now.getTime() - backdate) / 1000) * 1000);
  const notAfter = 'until' in lifetime ? new Date(`${lifetime.until}T23:59:59Z`) : monthsAfter(notBefore, lifetime.months);
  return { notBefore, notAfter };
}
