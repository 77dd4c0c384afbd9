import { X509Certificate } from 'node:crypto';
import type { FaultCode } from '../faults.ts';
import { textOf } from '../files/index.ts';
import { isPrivateKey, structureOf } from './der.ts';

/** The one certificate, or why there is none. */
export type Unwrapped = { readonly x509: X509Certificate } | { readonly refused: FaultCode };

const begin = /-----BEGIN (?:X509 )?CERTIFICATE-----/g;
const end = /-----END (?:X509 )?CERTIFICATE-----/;
const refused = (code: FaultCode): Unwrapped => ({ refused: code });

function parse(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

function unwrapOther(der: Uint8Array): Unwrapped {
  const structure = structureOf(der);
  if (structure === 'pfx') return refused('certificate.pfx');
  if (structure === 'pkcs7') return refused('certificate.chain');
  if (structure === 'encrypted-private-key' || isPrivateKey(der)) return refused('certificate.private-key-inside');
  return refused(structure === 'cut-off' ? 'certificate.cut-off' : 'certificate.not-a-certificate');
}

function unwrapDer(der: Uint8Array): Unwrapped {
  const x509 = parse(der);
  if (x509 === null) return unwrapOther(der);
  // OpenSSL stops after the first certificate; what follows it has to be told apart.
  const rest = der.subarray(x509.raw.length);
  if (rest.every((byte) => [0x00, 0x09, 0x0a, 0x0d, 0x20].includes(byte))) return { x509 };
  if (parse(rest) !== null) return refused('certificate.chain');
  return unwrapOther(rest);
}

/** PEM (RFC 7468) with or without text around it, or base64 without its armour. */
function unwrapText(text: string): Unwrapped {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return refused('certificate.private-key-inside');
  if (/-----BEGIN (?:PKCS7|CMS)-----/.test(text)) return refused('certificate.chain');
  const [before = '', body, ...more] = text.split(begin);
  if (more.length > 0) return refused('certificate.chain');
  const armoured = body !== undefined;
  if (armoured !== end.test(text)) return refused('certificate.cut-off');
  const base64 = (armoured ? (body.split(end)[0] ?? '') : before).replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return refused(armoured ? 'certificate.cut-off' : 'certificate.not-a-certificate');
  return unwrapDer(Buffer.from(base64, 'base64'));
}

/**
 * Finds the one certificate in bytes of unknown origin: DER, PEM, or base64 without its armour. Everything else is named:
 * a PFX, a private key, a chain, half a certificate, or nothing of the kind.
 */
export function unwrap(bytes: Uint8Array): Unwrapped {
  if (bytes.length === 0) return refused('certificate.file-empty');
  const text = textOf(bytes);
  // A DER sequence begins with 0x30, which in a text is the digit 0.
  return bytes[0] === 0x30 && !text.includes('-----BEGIN ') ? unwrapDer(bytes) : unwrapText(text);
}
