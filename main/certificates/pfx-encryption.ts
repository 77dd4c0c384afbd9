import { createHash, pbkdf2Sync, scryptSync } from 'node:crypto';
import { count, Malformed, octets, oid, part, parts, tags, type Element } from './ber.ts';
import { decrypted, type Cipher, type CipherKey } from './pfx-ciphers.ts';
import { digestOf, pkcs12Octets, purposes, type Secret } from './pfx-secrets.ts';

/** Rounds beyond these are no protection any more, but a file that is made never to open. */
export const mostIterations = 5_000_000;

/** More rounds are asked for than anybody waits for. */
export class TooManyIterations extends Error {
  readonly iterations: number;

  constructor(iterations: number) {
    super(`${iterations} iterations`);
    this.iterations = iterations;
  }
}

/** @throws Malformed, TooManyIterations */
export function iterationsOf(element: Element | undefined): number {
  const iterations = count(element);
  if (iterations > mostIterations) throw new TooManyIterations(iterations);
  return Math.max(1, iterations);
}

/** Bytes that scrypt may take; its parameters say how many it wants. */
const mostMemory = 256 * 1024 * 1024;

const prefix = '1.2.840.113549.';
/** `prf` of PBKDF2 (RFC 8018, appendix B.1); HMAC-SHA-1 where it is left out. */
const functions: Readonly<Record<string, string>> = {
  [`${prefix}2.7`]: 'sha1',
  [`${prefix}2.8`]: 'sha224',
  [`${prefix}2.9`]: 'sha256',
  [`${prefix}2.10`]: 'sha384',
  [`${prefix}2.11`]: 'sha512',
};

/** @throws Malformed */
export function functionOf(element: Element | undefined): string {
  const identifier = element === undefined ? `${prefix}2.7` : oid(parts(element)[0]);
  const name = functions[identifier];
  if (name === undefined) throw new Malformed(`pseudo-random function ${identifier}`);
  return name;
}

/**
 * A key by PBKDF2 or scrypt (RFC 8018, section 5.2; RFC 7914, section 7).
 *
 * @param length in octets, where the parameters do not say it
 * @throws Malformed, TooManyIterations
 */
export function derivedKey(algorithm: Element, { octets: secret }: Secret, length: number | null): Buffer {
  const [name, parameters] = parts(algorithm);
  const inside = parameters === undefined ? [] : parts(parameters);
  const salt = octets(part(inside, 0, tags.octetString));
  if (oid(name) === '1.3.6.1.4.1.11591.4.11') {
    const [cost, block, lanes] = [inside[1], inside[2], inside[3]].map(count);
    const needed = 128 * (cost ?? 0) * (block ?? 0);
    if (needed > mostMemory || (lanes ?? 0) > 16) throw new TooManyIterations((cost ?? 0) * (lanes ?? 0));
    return scryptSync(secret, salt, length ?? 32, {
      cost: cost ?? 0,
      blockSize: block ?? 0,
      parallelization: lanes ?? 0,
      maxmem: 2 * mostMemory,
    });
  }
  if (oid(name) !== `${prefix}1.5.12`) throw new Malformed(`key derivation ${oid(name)}`);
  const iterations = iterationsOf(inside[1]);
  const told = inside[2]?.tag === tags.integer ? count(inside[2]) : null;
  const size = length ?? told;
  if (size === null || size === 0 || size > 64) throw new Malformed('length of the key');
  return pbkdf2Sync(secret, salt, iterations, size, functionOf(inside.slice(2).find(({ tag }) => tag === tags.sequence)));
}

/** Encryption schemes of PBES2 with the octets of their keys (RFC 8018, appendix B.2; NIST, "Computer Security Objects Register"). */
const schemes: Readonly<Record<string, readonly [cipher: Cipher, length: number]>> = {
  '2.16.840.1.101.3.4.1.2': ['aes-128-cbc', 16],
  '2.16.840.1.101.3.4.1.22': ['aes-192-cbc', 24],
  '2.16.840.1.101.3.4.1.42': ['aes-256-cbc', 32],
  [`${prefix}3.7`]: ['des-ede3-cbc', 24],
  [`${prefix}3.2`]: ['rc2-cbc', 16],
  '1.3.14.3.2.7': ['des-cbc', 8],
};

/** Bits that count, by the odd numbers that stand for them (RFC 2268, section 6). */
const rc2Versions: Readonly<Record<number, number>> = { 160: 40, 120: 64, 58: 128 };

/** RC2-CBC-Parameter ::= SEQUENCE { rc2ParameterVersion INTEGER OPTIONAL, iv OCTET STRING }; the length of its key may be told beside it. */
function rc2Key(parameters: Element, derivation: Element, secret: Secret): CipherKey {
  const inside = parts(parameters);
  const version = inside[0]?.tag === tags.integer ? count(inside[0]) : null;
  const effectiveBits = version === null ? 32 : (rc2Versions[version] ?? version);
  const [, told] = parts(derivation);
  const hasLength = told !== undefined && parts(told)[2]?.tag === tags.integer;
  if (effectiveBits < 1 || effectiveBits > 1024) throw new Malformed(`RC2 of ${effectiveBits} bits`);
  return {
    key: derivedKey(derivation, secret, hasLength ? null : Math.ceil(effectiveBits / 8)),
    iv: octets(part(inside, version === null ? 0 : 1, tags.octetString)),
    effectiveBits,
  };
}

function pbes2(parameters: Element, secret: Secret, data: Uint8Array): Buffer | null {
  const [derivation, scheme] = parts(parameters);
  if (derivation === undefined || scheme === undefined) throw new Malformed('PBES2');
  const [name, own] = parts(scheme);
  const [cipher, length] = schemes[oid(name)] ?? [];
  if (cipher === undefined || own === undefined || length === undefined) throw new Malformed(`encryption ${oid(name)}`);
  const key = cipher === 'rc2-cbc' ? rc2Key(own, derivation, secret) : { key: derivedKey(derivation, secret, length), iv: octets(own) };
  return decrypted(cipher, key, data);
}

/** Encryption as PKCS#12 itself has it (RFC 7292, appendix C): cipher, octets of its key, and of what it begins with. */
const own: Readonly<Record<string, readonly [cipher: Cipher, length: number, begin: number]>> = {
  [`${prefix}1.12.1.1`]: ['rc4', 16, 0],
  [`${prefix}1.12.1.2`]: ['rc4', 5, 0],
  [`${prefix}1.12.1.3`]: ['des-ede3-cbc', 24, 8],
  [`${prefix}1.12.1.4`]: ['des-ede3-cbc', 16, 8],
  [`${prefix}1.12.1.5`]: ['rc2-cbc', 16, 8],
  [`${prefix}1.12.1.6`]: ['rc2-cbc', 5, 8],
};

/** The oldest (PBES1; RFC 8018, appendix A.3): cipher and digest. */
const oldest: Readonly<Record<string, readonly [cipher: Cipher, digest: string]>> = {
  [`${prefix}1.5.3`]: ['des-cbc', 'md5'],
  [`${prefix}1.5.6`]: ['rc2-cbc', 'md5'],
  [`${prefix}1.5.10`]: ['des-cbc', 'sha1'],
  [`${prefix}1.5.11`]: ['rc2-cbc', 'sha1'],
};

/** PBKDF1 (RFC 8018, section 5.1): eight octets are the key, eight begin. */
function pbkdf1({ octets: secret }: Secret, salt: Uint8Array, iterations: number, digest: string): CipherKey {
  let step = createHash(digest).update(secret).update(salt).digest();
  for (let round = 1; round < iterations; round += 1) step = createHash(digest).update(step).digest();
  return { key: step.subarray(0, 8), iv: step.subarray(8, 16), effectiveBits: 64 };
}

/**
 * What is encrypted by a password, read with it.
 *
 * @param algorithm its AlgorithmIdentifier
 * @returns null where the password is another, as far as the padding tells
 * @throws Malformed, TooManyIterations
 */
export function decryptedBy(algorithm: Element, secret: Secret, data: Uint8Array): Buffer | null {
  const [name, parameters] = parts(algorithm);
  const identifier = oid(name);
  if (parameters === undefined) throw new Malformed(`encryption ${identifier} without parameters`);
  if (identifier === `${prefix}1.5.13`) return pbes2(parameters, secret, data);
  const inside = parts(parameters);
  const [salt, iterations] = [octets(part(inside, 0, tags.octetString)), iterationsOf(inside[1])];
  const [oldCipher, digest] = oldest[identifier] ?? [];
  if (oldCipher !== undefined && digest !== undefined) return decrypted(oldCipher, pbkdf1(secret, salt, iterations, digest), data);
  const [cipher, length, begin] = own[identifier] ?? [];
  if (cipher === undefined || length === undefined || begin === undefined) throw new Malformed(`encryption ${identifier}`);
  const derivation = { digest: digestOf('1.3.14.3.2.26'), salt, iterations };
  const key = pkcs12Octets(secret, derivation, purposes.key, length);
  // Triple DES with two keys: the first is the third, too.
  const full = cipher === 'des-ede3-cbc' && length === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key;
  const iv = begin === 0 ? Buffer.alloc(0) : pkcs12Octets(secret, derivation, purposes.iv, begin);
  return decrypted(cipher, { key: full, iv, effectiveBits: length * 8 }, data);
}
