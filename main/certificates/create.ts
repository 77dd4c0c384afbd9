import { generateKeyPair, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';
import type { Certificate } from './certificate.ts';
import { certificateFacts } from './read.ts';

const generate = promisify(generateKeyPair);
const { asn1 } = forge;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- missing in the published types
const pki = forge.pki as typeof forge.pki & { getTBSCertificate(certificate: forge.pki.Certificate): forge.asn1.Asn1 };

export interface NewCertificateRequest {
  readonly commonName: string;
  readonly keySize: 2048 | 3072 | 4096;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Upper bound of an X.520 common name (RFC 5280, appendix A.1, ub-common-name). */
const longestCommonName = 64;

/** Cut between characters: half a surrogate pair has no UTF-8. */
const cutToCommonName = (name: string) => Array.from(name.toWellFormed()).slice(0, longestCommonName).join('');

/** 16 random bytes, positive and never with a leading zero octet (RFC 5280, section 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

/**
 * The part of the certificate that is signed. Forge builds the structure; the public key goes in as the DER that Node
 * made, because forge's own key classes are slow on the main thread.
 */
function toBeSigned(request: NewCertificateRequest, publicKey: KeyObject): forge.asn1.Asn1 {
  const certificate = pki.createCertificate();
  const spki = asn1.fromDer(forge.util.createBuffer(publicKey.export({ format: 'der', type: 'spki' }).toString('binary')));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the published types mistake a tag for a class
  const name = [{ shortName: 'CN', value: cutToCommonName(request.commonName), valueTagClass: asn1.Type.UTF8 as unknown as forge.asn1.Class }];
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = request.notBefore;
  certificate.validity.notAfter = request.notAfter;
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.publicKey = pki.publicKeyFromAsn1(spki);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', clientAuth: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.signatureOid = pki.oids['sha256WithRSAEncryption'] ?? '';
  certificate.siginfo.algorithmOid = certificate.signatureOid;
  return pki.getTBSCertificate(certificate);
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

/**
 * Makes an RSA key and a self-signed certificate for it (RFC 5280): SHA-256, not an authority, for signing and client
 * authentication. Key and signature are made off the main thread.
 *
 * @param request `commonName` is cut to 64 characters; the dates are kept to the second
 */
export async function createCertificate(request: NewCertificateRequest): Promise<{ readonly certificate: Certificate; readonly privateKey: KeyObject }> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: request.keySize });
  const body = toBeSigned(request, publicKey);
  const signature = await signAsync(Buffer.from(asn1.toDer(body).getBytes(), 'binary'), privateKey);
  const certificate = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
    body,
    signatureAlgorithm(),
    asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BITSTRING, false, `\u0000${signature.toString('binary')}`),
  ]);
  const der = Buffer.from(asn1.toDer(certificate).getBytes(), 'binary');
  return { certificate: certificateFacts(new X509Certificate(der)), privateKey };
}
