import { generateKeyPair, randomBytes, X509Certificate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';
import type { Certificate } from './certificate.ts';
import type { CertificateDates } from './dates.ts';
import { certificateFacts } from './read.ts';
import { distinguishedName, forgePublicKey, purpose, serverPurpose, signed } from './signed.ts';

const generate = promisify(generateKeyPair);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- missing in the published types
const pki = forge.pki as typeof forge.pki & { getTBSCertificate(certificate: forge.pki.Certificate): forge.asn1.Asn1 };

/** RSA modulus length in bits. */
export type KeySize = 2048 | 3072 | 4096;

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface CertificateRequest extends CertificateDates {
  readonly commonName: string;
  /** IP addresses that a server shows it for; absent = it is for signing and for the client's side of an authentication. */
  readonly serverAddresses?: readonly string[];
}

export interface NewCertificateRequest extends CertificateRequest {
  readonly keySize: KeySize;
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
function toBeSigned(request: CertificateRequest, publicKey: KeyObject): forge.asn1.Asn1 {
  const certificate = pki.createCertificate();
  const name = distinguishedName(request.commonName);
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = request.notBefore;
  certificate.validity.notAfter = request.notAfter;
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.publicKey = forgePublicKey(publicKey);
  const { serverAddresses } = request;
  certificate.setExtensions([
    ...(serverAddresses === undefined ? purpose : serverPurpose(serverAddresses)),
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.signatureOid = pki.oids['sha256WithRSAEncryption'] ?? '';
  certificate.siginfo.algorithmOid = certificate.signatureOid;
  return pki.getTBSCertificate(certificate);
}

/** Makes an RSA key, off the main thread: the part of a certificate that takes time. */
export function createKeyPair(keySize: KeySize): Promise<KeyPair> {
  return generate('rsa', { modulusLength: keySize });
}

/**
 * Makes a self-signed certificate for a key (RFC 5280): SHA-256, not an authority, for signing and client authentication, or for a
 * server.
 * The signature is made off the main thread.
 *
 * @param request `commonName` is cut to 64 characters; the dates are kept to the second
 */
export async function certifyKeyPair(request: CertificateRequest, { publicKey, privateKey }: KeyPair): Promise<Certificate> {
  const der = new Uint8Array(await signed(toBeSigned(request, publicKey), privateKey));
  return certificateFacts({ der, x509: new X509Certificate(der) });
}

/** Makes a key, and a certificate for it as `certifyKeyPair` does. */
export async function createCertificate({
  keySize,
  ...request
}: NewCertificateRequest): Promise<{ readonly certificate: Certificate; readonly privateKey: KeyObject }> {
  const keys = await createKeyPair(keySize);
  return { certificate: await certifyKeyPair(request, keys), privateKey: keys.privateKey };
}
