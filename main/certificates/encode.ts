import type { Certificate } from './certificate.ts';

/** DER: what Windows, the portal and server software call a `.cer` file. */
export function toCer(certificate: Certificate): Uint8Array {
  return certificate.der;
}

/** RFC 7468: base64 in lines of 64 characters, between its labels. */
export function pemText(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The certificate alone, in PEM (RFC 7468). */
export function toPem(certificate: Pick<Certificate, 'der'>): string {
  return pemText('CERTIFICATE', certificate.der);
}
