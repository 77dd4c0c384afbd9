import forge from 'node-forge';
import type { PfxWork } from './pfx.ts';

const binary = (bytes: Uint8Array) => forge.util.createBuffer(Buffer.from(bytes).toString('binary'));

/** PKCS#12 with Triple DES and SHA-1, which Windows Server 2016 and older open. */
export function compatiblePfx({ certificate, privateKey, password, friendlyName }: PfxWork, localKeyId: Uint8Array): Uint8Array {
  const key = forge.pki.privateKeyFromAsn1(forge.asn1.fromDer(binary(privateKey)));
  const chain = [forge.pki.certificateFromAsn1(forge.asn1.fromDer(binary(certificate)))];
  const pfx = forge.pkcs12.toPkcs12Asn1(key, chain, password, {
    algorithm: '3des',
    count: 50_000,
    saltSize: 20,
    friendlyName,
    localKeyId: Buffer.from(localKeyId).toString('hex'),
    generateLocalKeyId: false,
  });
  return new Uint8Array(Buffer.from(forge.asn1.toDer(pfx).getBytes(), 'binary'));
}
