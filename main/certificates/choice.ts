import type { KeyObject } from 'node:crypto';
import { isOfKey } from './chain.ts';
import { isInTime } from './usable.ts';
import { validityOf, type FoundCertificate } from './x509.ts';

/**
 * Of several certificates of one key the one that is meant: of those in their time the one that ends last; where none is
 * in its time, the one that ends last, whose refusal then says so.
 */
export function latestOf<T extends FoundCertificate>(all: readonly T[], now: Date): T | null {
  const dated = all.map((found) => ({ found, validity: validityOf(found.der) }));
  const inTime = dated.filter(({ validity }) => validity !== null && isInTime(validity, now));
  const among = inTime.length > 0 ? inTime : dated;
  const end = (one: (typeof among)[number]) => one.validity?.notAfter ?? Number.NEGATIVE_INFINITY;
  return among.toSorted((one, other) => end(other) - end(one))[0]?.found ?? null;
}

/** The certificate that is meant by a private key; null where none is of this key. */
export const certificateOf = <T extends FoundCertificate>(privateKey: KeyObject, all: readonly T[], now: Date): T | null =>
  latestOf(
    all.filter((each) => isOfKey(each, privateKey)),
    now,
  );
