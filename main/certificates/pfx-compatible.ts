import { webcrypto } from 'node:crypto';
import forge from 'node-forge';
import * as pkijs from 'pkijs';
import type { PfxWork } from './pfx.ts';
import { buffer, certificateContents, keyContents } from './pfx-bags.ts';

const iterations = 50_000;

/** The key under pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292, appendix C), which WebCrypto does not have. */
function encryptedKey({ privateKey, password }: PfxWork): pkijs.PKCS8ShroudedKeyBag {
  const plain = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(privateKey).toString('binary')));
  const encrypted = forge.pki.encryptPrivateKeyInfo(plain, password, { algorithm: '3des', count: iterations, saltSize: 20 });
  return pkijs.PKCS8ShroudedKeyBag.fromBER(buffer(Buffer.from(forge.asn1.toDer(encrypted).getBytes(), 'binary')));
}

/** PKCS#12 with Triple DES and SHA-1, which Windows Server 2016 and older open. */
export async function compatiblePfx(work: PfxWork, localKeyId: Uint8Array): Promise<Uint8Array> {
  pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto }));
  const authenticatedSafe = new pkijs.AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        { privacyMode: 0, value: keyContents(encryptedKey(work), work, localKeyId) },
        { privacyMode: 0, value: certificateContents(work, localKeyId) },
      ],
    },
  });
  await authenticatedSafe.makeInternalValues({ safeContents: [{}, {}] });
  const pfx = new pkijs.PFX({ parsedValue: { integrityMode: 0, authenticatedSafe } });
  const password = buffer(Buffer.from(work.password, 'utf8'));
  await pfx.makeInternalValues({ password, iterations, pbkdf2HashAlgorithm: 'SHA-1', hmacHashAlgorithm: 'SHA-1' });
  return new Uint8Array(pfx.toSchema().toBER());
}
