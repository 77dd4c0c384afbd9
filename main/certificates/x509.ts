import { Refusal } from './door.ts';
import { X509Certificate } from 'node:crypto';
import { Malformed, parts, readElement, tags, type Element } from './ber.ts';

/** A certificate beside the bytes that stood in its file: only those are ever kept, published and written. */
export interface FoundCertificate {
  readonly der: Uint8Array;
  readonly x509: X509Certificate;
}

/** Reads a certificate from its bytes; null where it is none that OpenSSL knows. */
export function foundCertificate(bytes: Uint8Array): FoundCertificate | null {
  try {
    const der = new Uint8Array(readElement(bytes).bytes);
    return { der, x509: new X509Certificate(der) };
  } catch {
    return null;
  }
}

/**
 * Refuses what was rebuilt on the way: OpenSSL writes some forms of BER anew, and then two programs see two thumbprints.
 *
 * @throws Refusal('certificate.not-der')
 */
export function requireKept({ der, x509 }: FoundCertificate): void {
  if (!x509.raw.equals(der)) throw new Refusal('certificate.not-der');
}

const digits = '(\\d\\d)';
/** RFC 5280 wants `YYMMDDHHMMSSZ`; X.680 also allows a time without seconds, and with the distance to UTC. */
const utcTime = new RegExp(`^${digits.repeat(5)}${digits}?(?:Z|([+-])${digits}${digits})$`);
const generalizedTime = new RegExp(`^(\\d{4})${digits.repeat(4)}${digits}?(?:[.,]\\d+)?(?:Z|([+-])${digits}${digits})$`);

/** Milliseconds since 1970; NaN for a moment that no calendar has, or one that does not say which zone it is in. */
function moment({ tag, contents }: Element): number {
  const text = Buffer.from(contents).toString('latin1');
  const found = (tag === tags.utcTime ? utcTime : generalizedTime).exec(text);
  if (found === null || (tag !== tags.utcTime && tag !== tags.generalizedTime)) return Number.NaN;
  const [, first = '', month, day, hour, minute, second = 0, sign, aheadHours, aheadMinutes] = found;
  // RFC 5280, section 4.1.2.5.1: of two digits, 50 and more are of the last century.
  const year = Number(first) + (first.length === 4 ? 0 : Number(first) >= 50 ? 1900 : 2000);
  const at = new Date(0);
  at.setUTCFullYear(year, Number(month) - 1, Number(day));
  const possible = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
  if (!possible || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return Number.NaN;
  at.setUTCHours(Number(hour), Number(minute), Number(second));
  const ahead = sign === undefined ? 0 : (Number(aheadHours) * 60 + Number(aheadMinutes)) * 60_000 * (sign === '+' ? 1 : -1);
  return at.getTime() - ahead;
}

export interface Validity {
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/**
 * The two dates of a certificate, from its own bytes: of an impossible one Node makes anything at all.
 *
 * @returns null where one of them is impossible
 */
export function validityOf(der: Uint8Array): Validity | null {
  try {
    const [body] = parts(readElement(der));
    const inside = body === undefined ? [] : parts(body);
    const validity = inside[inside[0]?.tag === tags.zero ? 4 : 3];
    const [notBefore = Number.NaN, notAfter = Number.NaN] = validity === undefined ? [] : parts(validity).map(moment);
    return Number.isNaN(notBefore) || Number.isNaN(notAfter) ? null : { notBefore, notAfter };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
