import { count, Malformed, oid, parts, readElement, tags, type Element } from './ber.ts';

/** What a DER or BER structure is, by the kinds and order of its first parts; `unknown` for everything not looked for. */
export type Structure =
  'certificate' | 'pfx' | 'pkcs7' | 'encrypted-private-key' | 'private-key' | 'request' | 'crl' | 'publickey' | 'cut-off' | 'unknown';

/** 1.2.840.113549.1.7: PKCS#7 content types (RFC 2315, section 14). */
const pkcs7 = '1.2.840.113549.1.7.';
/** Encryption by password (RFC 8018, appendix C; RFC 7292, appendix C). */
const byPassword = ['1.2.840.113549.1.5.', '1.2.840.113549.1.12.1.'];

/** Tags of the first parts; more than these nobody asks for, and a hostile file has a million. */
const shape = (elements: readonly Element[]): string =>
  elements
    .slice(0, 12)
    .map(({ tag }) => tag.toString(16).padStart(2, '0'))
    .join(' ');

/** What is signed, of a certificate, a request or a list of revoked ones, all of which are SEQUENCE { SEQUENCE, SEQUENCE, BIT STRING }. */
function signedStructure(body: Element): Structure {
  const inside = shape(parts(body));
  // RFC 5280, section 4.1: version, serial number, algorithm, issuer, validity, subject, public key
  if (/^(?:a0 )?02 30 30 30 30 30/.test(inside)) return 'certificate';
  // RFC 2986, section 4.1: version, subject, public key, attributes
  if (/^02 30 30(?: a0)?$/.test(inside)) return 'request';
  // RFC 5280, section 5.1: version, algorithm, issuer, the dates
  return /^(?:02 )?30 30 1[78]/.test(inside) ? 'crl' : 'unknown';
}

function sequenceStructure(inside: readonly Element[]): Structure {
  const [first, second] = inside;
  const kinds = shape(inside);
  if (first === undefined) return 'unknown';
  if (first.tag === tags.objectIdentifier) return oid(first).startsWith(pkcs7) ? 'pkcs7' : 'unknown';
  // PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC 1 (RFC 5915)
  if (kinds.startsWith('02 30 04') || /^02(?: 02){8}/.test(kinds) || /^02 04(?: a[01])/.test(kinds)) return 'private-key';
  if (kinds === '02 02') return 'publickey';
  if (/^02 30(?: 30)?$/.test(kinds) && count(first) === 3) return 'pfx';
  if (kinds === '30 30 03') return signedStructure(first);
  if (first.tag !== tags.sequence || second === undefined || inside.length !== 2) return 'unknown';
  const [algorithm] = parts(first);
  if (algorithm?.tag !== tags.objectIdentifier) return 'unknown';
  if (second.tag === 0x03) return 'publickey';
  // EncryptedPrivateKeyInfo (RFC 5958, section 3)
  const encrypted = second.tag === tags.octetString && byPassword.some((prefix) => oid(algorithm).startsWith(prefix));
  return encrypted ? 'encrypted-private-key' : 'unknown';
}

/** What is left of a structure whose end is missing: enough to tell a PFX and a key from half a certificate. */
function cutOffStructure(bytes: Uint8Array): Structure {
  if (bytes[0] !== tags.sequence) return 'unknown';
  const head = bytes.subarray(0, 64);
  const second = (bytes[1] ?? 0) > 0x80 ? 2 + ((bytes[1] ?? 0) & 0x7f) : 2;
  // PFX ::= SEQUENCE { version INTEGER (3), authSafe SEQUENCE … } (RFC 7292, section 4)
  if (Buffer.from(head.subarray(second, second + 4)).toString('hex') === '02010330') return 'pfx';
  return head[second] === tags.sequence ? 'cut-off' : 'unknown';
}

/** Names the structure at the beginning of bytes, and how many of them it takes. */
export function structureOf(bytes: Uint8Array): { readonly structure: Structure; readonly length: number } {
  let root: Element;
  try {
    root = readElement(bytes);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { structure: error.cutOff ? cutOffStructure(bytes) : 'unknown', length: bytes.length };
  }
  try {
    return { structure: root.tag === tags.sequence ? sequenceStructure(parts(root)) : 'unknown', length: root.bytes.length };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { structure: 'unknown', length: root.bytes.length };
  }
}
