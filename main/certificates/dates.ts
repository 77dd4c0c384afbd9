/** Clocks differ by minutes: a certificate that begins a little earlier is valid at once everywhere. */
const backdate = 10 * 60 * 1000;

/** ISO 8601 UTC without milliseconds, the form Microsoft Graph wants. */
export const isoSeconds = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, 'Z');

/**
 * Begin and end of a new certificate: from ten minutes ago, for whole calendar months in UTC; the last day of a shorter
 * month stands for a day it does not have.
 *
 * @param validMonths at least 1
 */
export function certificateDates(now: Date, validMonths: number): { readonly notBefore: Date; readonly notAfter: Date } {
  const notBefore = new Date(Math.floor((now.getTime() - backdate) / 1000) * 1000);
  const notAfter = new Date(notBefore);
  notAfter.setUTCDate(1);
  notAfter.setUTCMonth(notBefore.getUTCMonth() + validMonths);
  const lastDay = new Date(Date.UTC(notAfter.getUTCFullYear(), notAfter.getUTCMonth() + 1, 0)).getUTCDate();
  notAfter.setUTCDate(Math.min(notBefore.getUTCDate(), lastDay));
  return { notBefore, notAfter };
}
