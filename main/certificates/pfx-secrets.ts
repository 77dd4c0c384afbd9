import { hash } from 'node:crypto';
import { Malformed } from './ber.ts';

/** A password in the two forms in which it goes into a key. */
export interface Secret {
  /** For the derivation of PKCS#12 itself: BMPString with two zeros behind it (RFC 7292, appendix B.1). */
  readonly bmp: Uint8Array;
  /** For PBKDF2, which takes octets (RFC 8018, section 5.2). */
  readonly octets: Uint8Array;
}

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const bmp = (text: string): Buffer => Buffer.concat([utf16be(text), Buffer.alloc(2)]);

/**
 * What one password may mean, the likeliest first. Of ASCII all programs make the same; letters with accents are composed
 * or not, OpenSSL before 1.1 took the octets of UTF-8 for letters, and PBKDF2 gets UTF-8, the code page of Windows, or
 * UTF-16. No password is nothing at all (Azure Key Vault, .NET) or an empty text.
 */
export function secretsOf(password: string): Secret[] {
  if (password === '')
    return [
      { bmp: bmp(''), octets: Buffer.alloc(0) },
      { bmp: Buffer.alloc(0), octets: Buffer.alloc(0) },
    ];
  const forms = [...new Set([password, password.normalize('NFC'), password.normalize('NFD')])];
  const plain = forms.map((text) => ({ bmp: bmp(text), octets: Buffer.from(text) }));
  if (Buffer.byteLength(password) === password.length) return plain;
  const others = forms.flatMap((text) => [
    { bmp: bmp(Buffer.from(text).toString('latin1')), octets: Buffer.from(text) },
    { bmp: bmp(text), octets: Buffer.from(text, 'latin1') },
    { bmp: bmp(text), octets: Buffer.from(text, 'utf16le') },
    { bmp: bmp(text), octets: bmp(text) },
  ]);
  return [...plain, ...others];
}

/** Digests by their identifiers, with the octets of one block. */
const digests: Readonly<Record<string, readonly [name: string, block: number]>> = {
  '1.2.840.113549.2.5': ['md5', 64],
  '1.3.14.3.2.26': ['sha1', 64],
  '2.16.840.1.101.3.4.2.4': ['sha224', 64],
  '2.16.840.1.101.3.4.2.1': ['sha256', 64],
  '2.16.840.1.101.3.4.2.2': ['sha384', 128],
  '2.16.840.1.101.3.4.2.3': ['sha512', 128],
};

/** @throws Malformed */
export function digestOf(identifier: string): string {
  const [name] = digests[identifier] ?? [];
  if (name === undefined) throw new Malformed(`digest ${identifier}`);
  return name;
}

/** As often as it takes to fill whole blocks (RFC 7292, appendix B.2, steps 2 and 3). */
function filled(bytes: Uint8Array, block: number): Buffer {
  return bytes.length === 0 ? Buffer.alloc(0) : Buffer.alloc(block * Math.ceil(bytes.length / block), bytes);
}

/** Adds one number and 1 to another, modulo the octets they have (step 6C). */
function addTo(sum: Buffer, block: Uint8Array): void {
  for (let at = sum.length - 1, carry = 1; at >= 0; at -= 1) {
    carry += (sum[at] ?? 0) + (block[at] ?? 0);
    sum[at] = carry & 0xff;
    carry >>= 8;
  }
}

export interface Derivation {
  readonly digest: string;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

/** What the octets are for (RFC 7292, appendix B.3). */
export const purposes = { key: 1, iv: 2, mac: 3 } as const;

/**
 * Octets out of a password, as PKCS#12 itself derives them (RFC 7292, appendix B.2).
 *
 * @param length of the outcome in octets
 */
export function pkcs12Octets({ bmp: secret }: Secret, { digest, salt, iterations }: Derivation, purpose: number, length: number): Buffer {
  const block = Object.values(digests).find(([name]) => name === digest)?.[1] ?? 64;
  const diversifier = Buffer.alloc(block, purpose);
  const input = Buffer.concat([filled(salt, block), filled(secret, block)]);
  const output: Buffer[] = [];
  for (let have = 0; have < length;) {
    let step = hash(digest, Buffer.concat([diversifier, input]), 'buffer');
    for (let round = 1; round < iterations; round += 1) step = hash(digest, step, 'buffer');
    output.push(step);
    have += step.length;
    const repeated = filled(step, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) addTo(input.subarray(at, at + block), repeated);
  }
  return Buffer.concat(output).subarray(0, length);
}
