import { createPrivateKey } from 'node:crypto';

/** Tags of ASN.1 (X.690, section 8.1.2). */
const tags = { integer: 0x02, octetString: 0x04, objectIdentifier: 0x06, sequence: 0x30 } as const;

interface Element {
  readonly tag: number;
  /** Offset of the contents. */
  readonly start: number;
  /** Offset after the contents, which may lie behind the end of bytes that are cut off. */
  readonly end: number;
}

/** Head of the element at an offset (X.690, section 8.1.3): not its contents, so a large file costs nothing. */
function elementAt(bytes: Uint8Array, at: number): Element | null {
  const [tag, first] = bytes.subarray(at, at + 2);
  if (tag === undefined || first === undefined) return null;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  // Indefinite length, which some makers of PFX files use: it ends where its surroundings end.
  if (first === 0x80) return { tag, start: at + 2, end: bytes.length };
  const digits = bytes.subarray(at + 2, at + 2 + (first & 0x7f));
  if (digits.length > 4 || digits.length < (first & 0x7f)) return null;
  const start = at + 2 + digits.length;
  return { tag, start, end: start + digits.reduce((length, digit) => length * 256 + digit, 0) };
}

const contentsOf = (bytes: Uint8Array, { start, end }: Element) => Buffer.from(bytes.subarray(start, end)).toString('hex');

/** 1.2.840.113549.1.7: PKCS#7 content types (RFC 2315, section 14). */
const pkcs7 = '2a864886f70d0107';
/** 1.2.840.113549.1.5 and 1.2.840.113549.1.12.1: encryption by password (RFC 8018, appendix C; RFC 7292, appendix C). */
const byPassword = ['2a864886f70d0105', '2a864886f70d010c01'];

/** What a DER or BER structure looks like from its first elements; `unknown` for everything not looked for. */
export type Structure = 'pfx' | 'pkcs7' | 'encrypted-private-key' | 'cut-off' | 'unknown';

/** Names the structures that are given by mistake for a certificate (RFC 5280, section 4.1). */
export function structureOf(bytes: Uint8Array): Structure {
  const root = elementAt(bytes, 0);
  const first = root?.tag === tags.sequence ? elementAt(bytes, root.start) : null;
  if (root === null || first === null) return 'unknown';
  const second = elementAt(bytes, first.end);
  // PFX ::= SEQUENCE { version INTEGER (3), authSafe SEQUENCE … } (RFC 7292, section 4)
  if (first.tag === tags.integer && contentsOf(bytes, first) === '03' && second?.tag === tags.sequence) return 'pfx';
  if (first.tag === tags.objectIdentifier) return contentsOf(bytes, first).startsWith(pkcs7) ? 'pkcs7' : 'unknown';
  if (first.tag !== tags.sequence) return 'unknown';
  // EncryptedPrivateKeyInfo ::= SEQUENCE { SEQUENCE { algorithm, … }, OCTET STRING } (RFC 5958, section 3)
  const algorithm = elementAt(bytes, first.start);
  if (algorithm?.tag === tags.objectIdentifier) {
    const named = byPassword.some((prefix) => contentsOf(bytes, algorithm).startsWith(prefix));
    return named && second?.tag === tags.octetString ? 'encrypted-private-key' : 'unknown';
  }
  return root.end > bytes.length ? 'cut-off' : 'unknown';
}

/** True for a private key of any kind in DER: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) or SEC 1 (RFC 5915). */
export function isPrivateKey(der: Uint8Array): boolean {
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      createPrivateKey({ key: Buffer.from(der), format: 'der', type });
      return true;
    } catch {
      return false;
    }
  });
}
