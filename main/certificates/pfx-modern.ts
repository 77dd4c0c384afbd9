import { webcrypto } from 'node:crypto';
import * as pkijs from 'pkijs';
import type { PfxWork } from './pfx.ts';
import { buffer, certificateContents, keyContents } from './pfx-bags.ts';

/** What Windows and OpenSSL 3 understand, and far more than their own default of 2,048 rounds. */
const iterations = 100_000;

/** PKCS#12 with PBES2 (RFC 8018): AES-256-CBC, HMAC-SHA-256, encrypted certificate bags, SHA-256 MAC. */
export async function modernPfx(work: PfxWork, localKeyId: Uint8Array): Promise<Uint8Array> {
  pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto }));
  const secret = buffer(Buffer.from(work.password, 'utf8'));
  const keyBag = new pkijs.PKCS8ShroudedKeyBag({ parsedValue: pkijs.PrivateKeyInfo.fromBER(buffer(work.privateKey)) });
  const encryption = {
    contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256 },
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: iterations,
  };
  await keyBag.makeInternalValues({ ...encryption, password: secret });
  const authenticatedSafe = new pkijs.AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        { privacyMode: 0, value: keyContents(keyBag, work, localKeyId) },
        { privacyMode: 1, value: certificateContents(work, localKeyId) },
      ],
    },
  });
  await authenticatedSafe.makeInternalValues({ safeContents: [{}, { ...encryption, password: secret }] });
  const pfx = new pkijs.PFX({ parsedValue: { integrityMode: 0, authenticatedSafe } });
  await pfx.makeInternalValues({ password: secret, iterations, pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' });
  return new Uint8Array(pfx.toSchema().toBER());
}
