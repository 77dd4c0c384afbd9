import { textOf } from '../files/index.ts';
import { Malformed, part, parts, readElement, tags } from './ber.ts';
import { kindOfBytes, kindOfLabel, kindOfText, type OtherKind } from './other-kind.ts';
import { pemText } from './encode.ts';
import { bareBase64, readPem, type PemBlock } from './pem.ts';
import { structureOf, type Structure } from './structure.ts';

/** A private key as it stands in a file; whether it opens is for OpenSSL to say. */
export interface FoundKey {
  /** PEM, also where the file has DER. */
  readonly text: string;
  readonly encrypted: boolean;
}

/** What a file holds: nothing of it is validated, and of certificates the very bytes of the file are kept. */
export interface Holdings {
  readonly certificates: readonly Uint8Array[];
  readonly keys: readonly FoundKey[];
  /** A PKCS#12 structure. */
  readonly pfx: Uint8Array | null;
  /** Something ends before it is whole. */
  readonly cutOff: boolean;
  /** What else there is that can be named. */
  readonly kinds: readonly OtherKind[];
}

const nothing: Holdings = { certificates: [], keys: [], pfx: null, cutOff: false, kinds: [] };
const kind = (...kinds: readonly OtherKind[]): Holdings => ({ ...nothing, kinds });

function together(all: readonly Holdings[]): Holdings {
  return {
    certificates: all.flatMap(({ certificates }) => certificates),
    keys: all.flatMap(({ keys }) => keys),
    pfx: all.find(({ pfx }) => pfx !== null)?.pfx ?? null,
    cutOff: all.some(({ cutOff }) => cutOff),
    kinds: all.flatMap(({ kinds }) => kinds),
  };
}

/** The certificates of a PKCS#7 structure, as certification authorities hand them out (RFC 5652, section 5.1; `.p7b`). */
function inPkcs7(bytes: Uint8Array): Holdings {
  try {
    // ContentInfo { contentType, [0] SignedData { version, digestAlgorithms, encapContentInfo, [0] certificates, … } }
    const [signedData] = parts(part(parts(readElement(bytes)), 1, tags.zero));
    const inside = signedData === undefined ? [] : parts(signedData);
    const certificates = inside.find(({ tag }) => tag === tags.zero);
    // CertificateChoices: others than X.509 have tags of their own.
    const all = certificates === undefined ? [] : parts(certificates).filter(({ tag }) => tag === tags.sequence);
    return { ...nothing, certificates: all.map((each) => each.bytes) };
  } catch (error) {
    if (error instanceof Malformed) return { ...nothing, cutOff: true };
    throw error;
  }
}

/** PKCS#1, SEC 1 and PKCS#8 have the same first octets; the shape of what follows tells which. */
function keyLabel(der: Uint8Array): string {
  const [, second] = parts(readElement(der));
  if (second?.tag === tags.sequence) return 'PRIVATE KEY';
  return second?.tag === tags.octetString ? 'EC PRIVATE KEY' : 'RSA PRIVATE KEY';
}

/** One element of DER; null where it is nothing that is known. */
function inElement(own: Uint8Array, structure: Structure): Holdings | null {
  switch (structure) {
    case 'certificate':
      return { ...nothing, certificates: [own] };
    case 'private-key':
      return { ...nothing, keys: [{ text: pemText(keyLabel(own), own), encrypted: false }] };
    case 'encrypted-private-key':
      return { ...nothing, keys: [{ text: pemText('ENCRYPTED PRIVATE KEY', own), encrypted: true }] };
    case 'pkcs7':
      return inPkcs7(own);
    case 'pfx':
      return { ...nothing, pfx: own };
    case 'request':
    case 'crl':
    case 'publickey':
      return kind(structure);
    case 'cut-off':
      return { ...nothing, cutOff: true };
    case 'unknown':
      return null;
    default: {
      const never: never = structure;
      return never;
    }
  }
}

/**
 * What stands in DER: one certificate after the other, or a key behind it. Windows leaves zeros behind what it writes, and
 * editors a line end: what is no element is nothing.
 */
function inDer(bytes: Uint8Array): Holdings {
  const found: Holdings[] = [];
  for (let rest = bytes; rest[0] === tags.sequence;) {
    const { structure, length } = structureOf(rest);
    const inside = inElement(rest.subarray(0, length), structure);
    if (inside === null) break;
    found.push(inside);
    rest = rest.subarray(length);
  }
  return together(found);
}

const isKey = (label: string): boolean => /^(?:ENCRYPTED |RSA |EC |DSA )?PRIVATE KEY$/.test(label);

function inBlock({ label, bytes, text }: PemBlock): Holdings {
  if (/^(?:X509 |TRUSTED )?CERTIFICATE$|^PKCS7$|^CMS$|^PKCS12$|^PFX$/.test(label)) return inDer(bytes);
  if (isKey(label)) return { ...nothing, keys: [{ text, encrypted: label.startsWith('ENCRYPTED') || text.includes('\nDEK-Info:') }] };
  return kind(kindOfLabel(label));
}

/** Says what is in bytes of unknown origin: DER, PEM with whatever stands around it, or base64 without its armour. */
export function holdingsOf(bytes: Uint8Array): Holdings {
  const named = kindOfBytes(bytes);
  if (named !== null) return kind(named);
  const text = textOf(bytes);
  const pem = readPem(text);
  if (pem !== null)
    return together([
      ...pem.blocks.map(inBlock),
      // Half a key is one that must not go anywhere, too.
      ...pem.unfinished.map((label) =>
        isKey(label) ? { ...nothing, keys: [{ text: '', encrypted: false }] } : { ...nothing, cutOff: true },
      ),
    ]);
  // A DER sequence begins with 0x30, which in a text is the digit 0.
  if (bytes[0] === tags.sequence && structureOf(bytes).structure !== 'unknown') return inDer(bytes);
  const inside = bareBase64(text);
  if (inside !== null) return inDer(inside);
  const ofText = kindOfText(text);
  return ofText === null ? nothing : kind(ofText);
}
