import { generateKeyPair, randomBytes, X509Certificate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';
import type { Certificate } from './certificate.ts';
import { certificateFacts } from './read.ts';
import { distinguishedName, forgePublicKey, purpose, signed } from './signed.ts';

const generate = promisify(generateKeyPair);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- missing in the published types
const pki = forge.pki as typeof forge.pki & { getTBSCertificate(certificate: forge.pki.Certificate): forge.asn1.Asn1 };

export interface NewCertificateRequest {
  readonly commonName: string;
  readonly keySize: 2048 | 3072 | 4096;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

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
  const name = distinguishedName(request.commonName);
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = request.notBefore;
  certificate.validity.notAfter = request.notAfter;
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.publicKey = forgePublicKey(publicKey);
  certificate.setExtensions([...purpose, { name: 'subjectKeyIdentifier' }]);
  certificate.signatureOid = pki.oids['sha256WithRSAEncryption'] ?? '';
  certificate.siginfo.algorithmOid = certificate.signatureOid;
  return pki.getTBSCertificate(certificate);
}

/**
 * Makes an RSA key and a self-signed certificate for it (RFC 5280): SHA-256, not an authority, for signing and client
 * authentication. Key and signature are made off the main thread.
 *
 * @param request `commonName` is cut to 64 characters; the dates are kept to the second
 */
export async function createCertificate(request: NewCertificateRequest): Promise<{ readonly certificate: Certificate; readonly privateKey: KeyObject }> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: request.keySize });
  const der = await signed(toBeSigned(request, publicKey), privateKey);
  return { certificate: certificateFacts(new X509Certificate(der)), privateKey };
}
