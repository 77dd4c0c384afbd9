/** Tags as their first octet (X.690, section 8.1.2): class, the constructed bit, and the number. */
export const tags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  /** `[0]`, constructed: the content of a PKCS#7 ContentInfo, of a bag, the certificates of SignedData. */
  zero: 0xa0,
} as const;

/** One element as it stands in the bytes: views of them, never a copy and never written anew. */
export interface Element {
  readonly tag: number;
  /** With tag and length. */
  readonly bytes: Uint8Array;
  readonly contents: Uint8Array;
}

/** The bytes are not BER, or end before the element does. */
export class Malformed extends Error {
  readonly cutOff: boolean;

  constructor(message: string, cutOff = false) {
    super(message);
    this.cutOff = cutOff;
  }
}

/** Elements of indefinite length within one another; nobody needs more, and each costs another reading. */
const deepest = 32;

/** Offset behind the tag, which has more than one octet where its number is 31 or more. */
function afterTag(bytes: Uint8Array, at: number): number {
  let next = at + 1;
  if (((bytes[at] ?? 0) & 0x1f) !== 0x1f) return next;
  while (((bytes[next] ?? 0) & 0x80) !== 0) next += 1;
  return next + 1;
}

/** An element without a length (X.690, section 8.1.3.6): its parts follow one another up to two zeros. */
function indefinite(bytes: Uint8Array, at: number, start: number, depth: number): Element {
  if (((bytes[at] ?? 0) & 0x20) === 0 || depth > deepest) throw new Malformed('indefinite length');
  for (let next = start; next < bytes.length;) {
    if (bytes[next] === 0 && bytes[next + 1] === 0)
      return { tag: bytes[at] ?? 0, bytes: bytes.subarray(at, next + 2), contents: bytes.subarray(start, next) };
    next += elementAt(bytes, next, depth + 1).bytes.length;
  }
  throw new Malformed('no end of contents', true);
}

function elementAt(bytes: Uint8Array, at: number, depth: number): Element {
  const tag = bytes[at];
  const head = afterTag(bytes, at);
  const first = bytes[head];
  if (tag === undefined || first === undefined) throw new Malformed('no length', true);
  if (first === 0x80) return indefinite(bytes, at, head + 1, depth);
  const digits = first < 0x80 ? Uint8Array.of(first) : bytes.subarray(head + 1, head + 1 + (first & 0x7f));
  if (first > 0x86) throw new Malformed('a length of more than six octets');
  if (first > 0x80 && digits.length < (first & 0x7f)) throw new Malformed('half a length', true);
  const start = head + 1 + (first < 0x80 ? 0 : digits.length);
  const end = start + digits.reduce((length, digit) => length * 256 + digit, 0);
  if (end > bytes.length) throw new Malformed(`an element of ${end - at} bytes in ${bytes.length - at}`, true);
  return { tag, bytes: bytes.subarray(at, end), contents: bytes.subarray(start, end) };
}

/**
 * The first element of bytes; whatever follows it is left alone.
 *
 * @throws Malformed
 */
export const readElement = (bytes: Uint8Array): Element => elementAt(bytes, 0, 0);

/**
 * The parts of a constructed element, as views of its bytes.
 *
 * @throws Malformed
 */
export function parts({ contents }: Element): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < contents.length;) {
    const element = elementAt(contents, at, 0);
    found.push(element);
    at += element.bytes.length;
  }
  return found;
}

/** The part at a place. @throws Malformed where it is missing, or has another tag */
export function part(of: readonly Element[], index: number, tag: number): Element {
  const found = of[index];
  if (found?.tag !== tag) throw new Malformed(`expected ${tag.toString(16)}, found ${found?.tag.toString(16) ?? 'nothing'}`);
  return found;
}

/** The octets of an OCTET STRING, which BER may hand over in pieces; also under an implicit tag. @throws Malformed */
export function octets(element: Element): Uint8Array {
  if ((element.tag & 0x20) === 0) return element.contents;
  return Buffer.concat(parts(element).map(octets));
}

/** Dotted form of an OBJECT IDENTIFIER, e.g. `1.2.840.113549.1.7.1`. @throws Malformed */
export function oid(element: Element | undefined): string {
  if (element?.tag !== tags.objectIdentifier) throw new Malformed('no object identifier');
  const arcs: number[] = [];
  let value = 0;
  for (const octet of element.contents) {
    value = value * 128 + (octet & 0x7f);
    if ((octet & 0x80) !== 0) continue;
    if (arcs.length > 0) arcs.push(value);
    else arcs.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    value = 0;
  }
  return arcs.join('.');
}

/** A non-negative INTEGER; beyond 2^53 near enough to say that it is too large. @throws Malformed */
export function count(element: Element | undefined): number {
  if (element?.tag !== tags.integer || element.contents.length === 0 || ((element.contents[0] ?? 0) & 0x80) !== 0)
    throw new Malformed('no count');
  return element.contents.reduce((total, octet) => total * 256 + octet, 0);
}
