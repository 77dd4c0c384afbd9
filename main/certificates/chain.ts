import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Certificate } from './certificate.ts';

/** A certificate and those who vouch for it. */
export interface ChainedCertificate {
  readonly certificate: Certificate;
  /** DER of its issuer, of the issuer's issuer, and so on as far as they are known; empty for a self-signed one. */
  readonly chain: readonly Uint8Array[];
}

/** Who signed it, by name and by signature: a name alone proves nothing. */
const issuedBy =
  (issuer: X509Certificate) =>
  (each: X509Certificate): boolean =>
    each.checkIssued(issuer) && each.verify(issuer.publicKey);

const isSelfSigned = (x509: X509Certificate): boolean => issuedBy(x509)(x509);

/** The certificates above one, issuer first. Whatever else is among those given belongs to another chain and is left out. */
export function chainAbove(leaf: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const found: X509Certificate[] = [];
  for (let below = leaf; !isSelfSigned(below);) {
    const child = below;
    const issuer = all.find((each) => each.fingerprint256 !== child.fingerprint256 && !found.includes(each) && issuedBy(each)(child));
    if (issuer === undefined) break;
    found.push(issuer);
    below = issuer;
  }
  return found;
}

/** The one whose public key belongs to a private key; null when none does. */
export function certificateOf(privateKey: KeyObject, all: readonly X509Certificate[]): X509Certificate | null {
  return all.find((each) => each.checkPrivateKey(privateKey)) ?? null;
}
