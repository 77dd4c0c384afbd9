import type { Certificate } from './certificate.ts';

/** DER: what Windows, the portal and MailStore call a `.cer` file. */
export function toCer(certificate: Certificate): Uint8Array {
  return certificate.der;
}

/** The certificate alone, in PEM (RFC 7468). */
export function toPem(certificate: Certificate): string {
  const lines = Buffer.from(certificate.der).toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
