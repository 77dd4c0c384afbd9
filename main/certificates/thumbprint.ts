import { Fault } from '../faults.ts';
import type { Certificate } from './certificate.ts';

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

/** The same two hashes in every form that is asked for somewhere. */
export interface ThumbprintForms {
  /** Upper-case hex: Windows, the portal, server software. */
  readonly sha1: string;
  /** Upper-case hex. */
  readonly sha256: string;
  /** Base64url of the SHA-1: the head of a token (RFC 7515, section 4.1.7). */
  readonly x5t: string;
  /** Base64url of the SHA-256: `x5t#S256` (RFC 7515, section 4.1.8). */
  readonly x5tS256: string;
}

const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

/** The thumbprints of a certificate in all their forms. */
export function thumbprintForms({ thumbprint, thumbprintSha256 }: Pick<Certificate, 'thumbprint' | 'thumbprintSha256'>): ThumbprintForms {
  return { sha1: thumbprint, sha256: thumbprintSha256, x5t: base64url(thumbprint), x5tS256: base64url(thumbprintSha256) };
}
