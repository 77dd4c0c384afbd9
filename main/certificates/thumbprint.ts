import { Fault } from '../faults.ts';

/**
 * A thumbprint as people paste it: colons, spaces, dashes, small letters and the invisible U+200E that the Windows
 * certificate dialog puts in front are taken off.
 *
 * @returns upper-case hex, 40 digits (SHA-1) or 64 (SHA-256)
 * @throws Fault certificate.thumbprint-invalid
 */
export function thumbprintText(typed: string): string {
  const hex = typed.replaceAll(/[\s:\-\u200B-\u200F\u202A-\u202E\uFEFF]/g, '').toUpperCase();
  if (!/^([0-9A-F]{40}|[0-9A-F]{64})$/.test(hex)) throw new Fault('certificate.thumbprint-invalid', { params: { value: typed } });
  return hex;
}
