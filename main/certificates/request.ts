import { createPublicKey, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { pemText } from './encode.ts';
import { distinguishedName, forgePublicKey, purpose, signed } from './signed.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- missing in the published types
const pki = forge.pki as typeof forge.pki & { getCertificationRequestInfo(request: forge.pki.CertificateSigningRequest): forge.asn1.Asn1 };

/**
 * A certification request (PKCS#10, RFC 2986) for a key: what a certification authority needs to sign a certificate for it.
 * It asks for the purposes that our own certificates have.
 *
 * @param commonName is cut to 64 characters
 * @returns PEM
 */
export async function createRequest(commonName: string, privateKey: KeyObject): Promise<string> {
  const request = pki.createCertificationRequest();
  request.publicKey = forgePublicKey(createPublicKey(privateKey));
  request.setSubject(distinguishedName(commonName));
  request.setAttributes([{ name: 'extensionRequest', extensions: [...purpose] }]);
  return pemText('CERTIFICATE REQUEST', await signed(pki.getCertificationRequestInfo(request), privateKey));
}
