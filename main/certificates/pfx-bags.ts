import { BmpString, OctetString } from 'asn1js';
import * as pkijs from 'pkijs';
import type { PfxWork } from './pfx.ts';

const oids = {
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  keyProviderName: '1.3.6.1.4.1.311.17.1',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  keyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
};

/**
 * szOID_PKCS_12_KEY_PROVIDER_NAME_ATTR of wincrypt.h. Without it Windows puts the key into a provider of its old CryptoAPI
 * with which .NET makes no signature over SHA-256; this is the CNG provider's name, MS_KEY_STORAGE_PROVIDER of ncrypt.h.
 */
const keyProvider = 'Microsoft Software Key Storage Provider';

/** Bytes as pkijs takes them. */
export const buffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

type Named = Pick<PfxWork, 'friendlyName'>;

const bagAttributes = ({ friendlyName }: Named, localKeyId: Uint8Array): pkijs.Attribute[] => [
  new pkijs.Attribute({ type: oids.friendlyName, values: [new BmpString({ value: friendlyName })] }),
  new pkijs.Attribute({ type: oids.localKeyId, values: [new OctetString({ valueHex: buffer(localKeyId) })] }),
];

/** The encrypted key with its names, and with the provider in which Windows is to keep it. */
export function keyContents(key: pkijs.PKCS8ShroudedKeyBag, names: Named, localKeyId: Uint8Array): pkijs.SafeContents {
  const provider = new pkijs.Attribute({ type: oids.keyProviderName, values: [new BmpString({ value: keyProvider })] });
  return new pkijs.SafeContents({
    safeBags: [new pkijs.SafeBag({ bagId: oids.keyBag, bagValue: key, bagAttributes: [...bagAttributes(names, localKeyId), provider] })],
  });
}

const certificateBag = (der: Uint8Array): pkijs.CertBag =>
  new pkijs.CertBag({ certId: oids.x509Certificate, certValue: new OctetString({ valueHex: buffer(der) }) });

/** The certificate first, which has the names of its key, then those above it, which have none: so readers tell them apart. */
export function certificateContents({ certificate, chain, friendlyName }: PfxWork, localKeyId: Uint8Array): pkijs.SafeContents {
  const leaf = new pkijs.SafeBag({
    bagId: oids.certificateBag,
    bagValue: certificateBag(certificate),
    bagAttributes: bagAttributes({ friendlyName }, localKeyId),
  });
  const above = chain.map((der) => new pkijs.SafeBag({ bagId: oids.certificateBag, bagValue: certificateBag(der) }));
  return new pkijs.SafeContents({ safeBags: [leaf, ...above] });
}
