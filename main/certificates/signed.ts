import { sign, type KeyObject } from 'node:crypto';
import forge from 'node-forge';

const { asn1, pki } = forge;

/** Upper bound of an X.520 common name (RFC 5280, appendix A.1, ub-common-name). */
const longestCommonName = 64;

/** Cut between characters: half a surrogate pair has no UTF-8. */
const cutToCommonName = (name: string) => Array.from(name.toWellFormed()).slice(0, longestCommonName).join('');

/** A name with nothing but the common name, cut to 64 characters. */
export function distinguishedName(commonName: string): forge.pki.CertificateField[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the published types mistake a tag for a class
  return [{ shortName: 'CN', value: cutToCommonName(commonName), valueTagClass: asn1.Type.UTF8 as unknown as forge.asn1.Class }];
}

/** What our keys are for: no authority; for signing, and for the client's side of an authentication. */
export const purpose: readonly object[] = [
  { name: 'basicConstraints', cA: false, critical: true },
  { name: 'keyUsage', digitalSignature: true, critical: true },
  { name: 'extKeyUsage', clientAuth: true },
];

/** For the server's side of TLS, at these IP addresses (RFC 5280, sections 4.2.1.6 and 4.2.1.12). */
export const serverPurpose = (addresses: readonly string[]): readonly object[] => [
  { name: 'basicConstraints', cA: false, critical: true },
  { name: 'keyUsage', digitalSignature: true, critical: true },
  { name: 'extKeyUsage', serverAuth: true },
  { name: 'subjectAltName', altNames: addresses.map((ip) => ({ type: 7, ip })) },
];

/** The public key goes in as the DER that Node made, because forge's own key classes are slow on the main thread. */
export function forgePublicKey(key: KeyObject): forge.pki.PublicKey {
  return pki.publicKeyFromAsn1(asn1.fromDer(forge.util.createBuffer(key.export({ format: 'der', type: 'spki' }).toString('binary'))));
}

/** `sha256WithRSAEncryption` with its NULL parameters (RFC 4055, section 5). */
function signatureAlgorithm(): forge.asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
    asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(pki.oids['sha256WithRSAEncryption'] ?? '').getBytes()),
    asn1.create(asn1.Class.UNIVERSAL, asn1.Type.NULL, false, ''),
  ]);
}

const signAsync = (data: Uint8Array, key: KeyObject) =>
  new Promise<Buffer>((resolve, reject) => {
    sign('sha256', data, key, (error, signature) => (error ? reject(error) : resolve(signature)));
  });

/** A structure with its signature, as certificates (RFC 5280) and requests (RFC 2986) have it; signed off the main thread. @returns DER */
export async function signed(body: forge.asn1.Asn1, privateKey: KeyObject): Promise<Buffer> {
  const signature = await signAsync(Buffer.from(asn1.toDer(body).getBytes(), 'binary'), privateKey);
  const structure = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
    body,
    signatureAlgorithm(),
    asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BITSTRING, false, `\u0000${signature.toString('binary')}`),
  ]);
  return Buffer.from(asn1.toDer(structure).getBytes(), 'binary');
}
