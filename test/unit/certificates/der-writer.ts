import { createHash, createHmac } from 'node:crypto';

/** DER by hand: what no library would write. */
export function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const inside = Buffer.concat(contents);
  const { length } = inside;
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return Buffer.concat([
    Buffer.from([tag]),
    length < 0x80 ? Buffer.from([length]) : Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]),
    inside,
  ]);
}

export const sequence = (...contents: readonly Uint8Array[]) => tagged(0x30, ...contents);
export const setOf = (...contents: readonly Uint8Array[]) => tagged(0x31, ...contents);
export const octetString = (...contents: readonly Uint8Array[]) => tagged(0x04, ...contents);
export const explicit = (number: number, ...contents: readonly Uint8Array[]) => tagged(0xa0 | number, ...contents);
export const nothing = tagged(0x05);

export function integer(value: number): Buffer {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return tagged(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]));
}

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  const octets = [40 * first + second, ...others].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) groups.unshift((rest & 0x7f) | 0x80);
    return groups;
  });
  return tagged(0x06, Buffer.from(octets));
}

/** What is said beside a bag. */
export interface BagNames {
  readonly name?: string;
  readonly localKeyId?: Uint8Array;
}

const pkcs9 = '1.2.840.113549.1.9.';
const bagKind = (kind: number) => objectId(`1.2.840.113549.1.12.10.1.${kind}`);

function attributes({ name, localKeyId }: BagNames): Buffer[] {
  const all = [
    ...(name === undefined ? [] : [sequence(objectId(`${pkcs9}20`), setOf(tagged(0x1e, Buffer.from(name, 'utf16le').swap16())))]),
    ...(localKeyId === undefined ? [] : [sequence(objectId(`${pkcs9}21`), setOf(octetString(localKeyId)))]),
  ];
  return all.length === 0 ? [] : [setOf(...all)];
}

const bag = (kind: number, value: Uint8Array, names: BagNames = {}) => sequence(bagKind(kind), explicit(0, value), ...attributes(names));

/** Bags of RFC 7292, section 4.2. */
export const bags = {
  key: (pkcs8: Uint8Array, names?: BagNames) => bag(1, pkcs8, names),
  shroudedKey: (encrypted: Uint8Array, names?: BagNames) => bag(2, encrypted, names),
  certificate: (der: Uint8Array, names?: BagNames) => bag(3, sequence(objectId(`${pkcs9}22.1`), explicit(0, octetString(der))), names),
  secret: () => bag(5, sequence(objectId(`${pkcs9}16.12.12`), explicit(0, octetString(Buffer.from('secret'))))),
  nested: (...inside: readonly Uint8Array[]) => bag(6, sequence(...inside)),
};

/** Octets for an integrity check, by RFC 7292, appendix B.2; `password` null is none at all. Written apart from the one that is tested. */
function macKey(password: string | null, salt: Buffer, iterations: number): Buffer {
  const repeated = (bytes: Buffer) => (bytes.length === 0 ? bytes : Buffer.alloc(64 * Math.ceil(bytes.length / 64), bytes));
  const secret = password === null ? Buffer.alloc(0) : Buffer.from(`${password}\u0000`, 'utf16le').swap16();
  let digest = createHash('sha1')
    .update(Buffer.concat([Buffer.alloc(64, 3), repeated(salt), repeated(secret)]))
    .digest();
  for (let round = 1; round < iterations; round += 1) digest = createHash('sha1').update(digest).digest();
  return digest;
}

export const data = (contents: Uint8Array) => sequence(objectId('1.2.840.113549.1.7.1'), explicit(0, octetString(contents)));

/**
 * A PFX of lists of bags, unencrypted, with an integrity check by SHA-1; without one where `password` is undefined.
 *
 * @param told rounds that stand in the file, where they are not those that were computed
 */
export function pfxOfBags(safes: readonly (readonly Uint8Array[])[], password?: string | null, iterations = 10, told = iterations): Buffer {
  const safe = sequence(...safes.map((each) => data(sequence(...each))));
  if (password === undefined) return sequence(integer(3), data(safe));
  const salt = Buffer.from('saltsalt');
  const mac = createHmac('sha1', macKey(password, salt, iterations))
    .update(safe)
    .digest();
  const check = sequence(sequence(sequence(objectId('1.3.14.3.2.26'), nothing), octetString(mac)), octetString(salt), integer(told));
  return sequence(integer(3), data(safe), check);
}
