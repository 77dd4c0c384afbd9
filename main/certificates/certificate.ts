/** The public facts of one X.509 certificate (RFC 5280). Never holds a private key. */
export interface Certificate {
  readonly der: Uint8Array;
  /** SHA-1 of the DER, upper-case hex without separators: what the portal, Windows and server software show. */
  readonly thumbprint: string;
  /** SHA-256 of the DER, upper-case hex without separators. */
  readonly thumbprintSha256: string;
  /** One line, most specific first, e.g. `CN=Archive`. */
  readonly subject: string;
  readonly issuer: string;
  readonly selfSigned: boolean;
  /** RSA modulus length in bits. */
  readonly keySize: number;
  /** ISO 8601 UTC without milliseconds, e.g. `2026-11-23T10:00:00Z`: the form Graph wants. */
  readonly notBefore: string;
  readonly notAfter: string;
}
