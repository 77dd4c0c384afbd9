import { webcrypto } from 'node:crypto';
import { BmpString, OctetString } from 'asn1js';
import * as pkijs from 'pkijs';
import type { PfxWork } from './pfx.ts';

/** What Windows and OpenSSL 3 understand, and far more than their own default of 2,048 rounds. */
const iterations = 100_000;
const oids = { friendlyName: '1.2.840.113549.1.9.20', localKeyId: '1.2.840.113549.1.9.21', keyBag: '1.2.840.113549.1.12.10.1.2', certificateBag: '1.2.840.113549.1.12.10.1.3' };

const buffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** PKCS#12 with PBES2 (RFC 8018): AES-256-CBC, HMAC-SHA-256, encrypted certificate bag, SHA-256 MAC. */
export async function modernPfx({ certificate, privateKey, password, friendlyName }: PfxWork, localKeyId: Uint8Array): Promise<Uint8Array> {
  pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto }));
  const secret = buffer(Buffer.from(password, 'utf8'));
  const bagAttributes = () => [
    new pkijs.Attribute({ type: oids.friendlyName, values: [new BmpString({ value: friendlyName })] }),
    new pkijs.Attribute({ type: oids.localKeyId, values: [new OctetString({ valueHex: buffer(localKeyId) })] }),
  ];
  const keyBag = new pkijs.PKCS8ShroudedKeyBag({ parsedValue: pkijs.PrivateKeyInfo.fromBER(buffer(privateKey)) });
  const encryption = { contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256 }, hmacHashAlgorithm: 'SHA-256', iterationCount: iterations };
  await keyBag.makeInternalValues({ ...encryption, password: secret });
  const pfx = new pkijs.PFX({
    parsedValue: {
      integrityMode: 0,
      authenticatedSafe: new pkijs.AuthenticatedSafe({
        parsedValue: {
          safeContents: [
            {
              privacyMode: 0,
              value: new pkijs.SafeContents({ safeBags: [new pkijs.SafeBag({ bagId: oids.keyBag, bagValue: keyBag, bagAttributes: bagAttributes() })] }),
            },
            {
              privacyMode: 1,
              value: new pkijs.SafeContents({
                safeBags: [
                  new pkijs.SafeBag({
                    bagId: oids.certificateBag,
                    bagValue: new pkijs.CertBag({ parsedValue: pkijs.Certificate.fromBER(buffer(certificate)) }),
                    bagAttributes: bagAttributes(),
                  }),
                ],
              }),
            },
          ],
        },
      }),
    },
  });
  const safe: pkijs.AuthenticatedSafe | undefined = pfx.parsedValue?.authenticatedSafe;
  if (safe === undefined) throw new Error('PFX without contents');
  await safe.makeInternalValues({ safeContents: [{}, { ...encryption, password: secret }] });
  await pfx.makeInternalValues({ password: secret, iterations, pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' });
  return new Uint8Array(pfx.toSchema().toBER());
}
