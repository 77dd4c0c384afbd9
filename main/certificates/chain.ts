import type { KeyObject } from 'node:crypto';
import type { Certificate } from './certificate.ts';
import type { FoundCertificate } from './x509.ts';

/** A certificate and those who vouch for it. */
export interface ChainedCertificate {
  readonly certificate: Certificate;
  /** DER of its issuer, of the issuer's issuer, and so on as far as they are known; empty for a self-signed one. */
  readonly chain: readonly Uint8Array[];
}

/** A certificate with its private key. */
export type CertificateWithKey = ChainedCertificate & { readonly privateKey: KeyObject };

/** Who signed it, by name and by signature: a name alone proves nothing. */
function isIssuedBy(each: FoundCertificate, issuer: FoundCertificate): boolean {
  try {
    return each.x509.checkIssued(issuer.x509) && each.x509.verify(issuer.x509.publicKey);
  } catch {
    // A kind of key or of signature that OpenSSL does not know.
    return false;
  }
}

/** More floors has no authority; what claims them is made to take time. */
const highest = 16;

/** The certificates above one, issuer first, as they stand in the file. Whatever else is among those given belongs to another chain. */
export function chainAbove(leaf: FoundCertificate, all: readonly FoundCertificate[]): Uint8Array[] {
  const found: FoundCertificate[] = [];
  for (let below = leaf; found.length < highest && !isIssuedBy(below, below);) {
    const child = below;
    const issuer = all.find((each) => !same(each, child) && !found.includes(each) && isIssuedBy(child, each));
    if (issuer === undefined) break;
    found.push(issuer);
    below = issuer;
  }
  return found.map(({ der }) => der);
}

const same = (one: FoundCertificate, other: FoundCertificate): boolean => Buffer.compare(one.der, other.der) === 0;

/** Whether the public key of a certificate belongs to a private key. */
export function isOfKey({ x509 }: FoundCertificate, privateKey: KeyObject): boolean {
  try {
    return x509.checkPrivateKey(privateKey);
  } catch {
    return false;
  }
}
