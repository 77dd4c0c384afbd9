import { createDecipheriv } from 'node:crypto';
import forge from 'node-forge';

/** How something is encrypted; all but RC4 in blocks, one chained to the next (CBC). */
export type Cipher = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc' | 'des-cbc' | 'rc2-cbc' | 'rc4';

/** Key and octets to begin with; of RC2 also how many bits of the key count (RFC 2268, section 6). */
export interface CipherKey {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly effectiveBits?: number;
}

const binary = (bytes: Uint8Array) => forge.util.createBuffer(Buffer.from(bytes).toString('binary'));

const bytesOf = (output: forge.util.ByteBuffer) => Buffer.from(output.getBytes(), 'binary');

/** DES and RC2: neither OpenSSL 3 nor BoringSSL has them without more. Null where the padding says that the key is wrong. */
const old = {
  'des-cbc': ({ key, iv }: CipherKey, data: Uint8Array): Buffer | null => {
    const cipher = forge.cipher.createDecipher('DES-CBC', binary(key));
    cipher.start({ iv: binary(iv) });
    cipher.update(binary(data));
    return cipher.finish() ? bytesOf(cipher.output) : null;
  },
  'rc2-cbc': ({ key, iv, effectiveBits = 128 }: CipherKey, data: Uint8Array): Buffer | null => {
    const cipher = forge.rc2.createDecryptionCipher(binary(key), effectiveBits);
    cipher.start(binary(iv));
    cipher.update(binary(data));
    return cipher.finish() ? bytesOf(cipher.output) : null;
  },
} as const;

function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number) => {
    [state[one], state[other]] = [state[other] ?? 0, state[one] ?? 0];
  };
  for (let at = 0, other = 0; at < 256; at += 1) {
    other = (other + (state[at] ?? 0) + (key[at % key.length] ?? 0)) & 0xff;
    swap(at, other);
  }
  let [at, other] = [0, 0];
  const output = Buffer.from(data);
  for (const [index, octet] of data.entries()) {
    at = (at + 1) & 0xff;
    other = (other + (state[at] ?? 0)) & 0xff;
    swap(at, other);
    output[index] = octet ^ (state[((state[at] ?? 0) + (state[other] ?? 0)) & 0xff] ?? 0);
  }
  return output;
}

/** Null where the padding says that the key is wrong. */
export function decrypted(cipher: Cipher, key: CipherKey, data: Uint8Array): Buffer | null {
  if (cipher === 'rc4') return rc4(key.key, data);
  if (data.length === 0 || data.length % (cipher.startsWith('aes') ? 16 : 8) !== 0) return null;
  if (cipher === 'des-cbc' || cipher === 'rc2-cbc') return old[cipher](key, data);
  try {
    const decipher = createDecipheriv(cipher, key.key, key.iv);
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    return null;
  }
}
