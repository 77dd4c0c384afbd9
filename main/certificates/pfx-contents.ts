import { createHmac, timingSafeEqual } from 'node:crypto';
import { count, Malformed, octets, oid, part, parts, readElement, tags, type Element } from './ber.ts';
import { decryptedBy, derivedKey, functionOf, iterationsOf, TooManyIterations } from './pfx-encryption.ts';
import { digestOf, pkcs12Octets, purposes, secretsOf, type Secret } from './pfx-secrets.ts';

/** What stands in one bag, as the file has it: never read and written anew. */
export interface PfxItem {
  /** Of a certificate its DER; of a key its PKCS#8. */
  readonly der: Uint8Array;
  /** Hex; the same at a key and at its certificate. */
  readonly localKeyId: string | null;
  /** `friendlyName`, which Java calls the alias. */
  readonly name: string | null;
}

/** What a PFX holds. */
export interface PfxContents {
  readonly keys: readonly PfxItem[];
  readonly certificates: readonly PfxItem[];
}

export type PfxAnswer =
  | { readonly contents: PfxContents }
  | { readonly refused: 'password' | 'structure'; readonly reason: string }
  | { readonly refused: 'iterations'; readonly reason: string; readonly iterations: number };

const pkcs7 = '1.2.840.113549.1.7.';
const bag = '1.2.840.113549.1.12.10.1.';
const pkcs9 = '1.2.840.113549.1.9.';

/** Bags within bags; nobody needs more. */
const deepest = 8;

class WrongPassword extends Error {}

/** `[0] EXPLICIT OCTET STRING` of a ContentInfo, in as many pieces as it came. */
function dataOf(contentInfo: Element): Uint8Array {
  const [type, content] = parts(contentInfo);
  if (oid(type) !== `${pkcs7}1` || content?.tag !== tags.zero) throw new Malformed(`contents ${oid(type)}`);
  const [inside] = parts(content);
  if (inside === undefined) throw new Malformed('no contents');
  return octets(inside);
}

/** How the integrity of the whole is checked with a password. */
function macOf(algorithm: Element, macData: readonly Element[], secret: Secret, data: Uint8Array): Buffer {
  const [name, parameters] = parts(algorithm);
  // PBMAC1 (RFC 9579): the derivation and the function stand in its parameters.
  if (oid(name) === '1.2.840.113549.1.5.14') {
    const [derivation, scheme] = parameters === undefined ? [] : parts(parameters);
    if (derivation === undefined || scheme === undefined) throw new Malformed('PBMAC1');
    return createHmac(functionOf(scheme), derivedKey(derivation, secret, null))
      .update(data)
      .digest();
  }
  const digest = digestOf(oid(name));
  const salt = octets(part(macData, 1, tags.octetString));
  const iterations = macData[2] === undefined ? 1 : iterationsOf(macData[2]);
  const length = createHmac(digest, '').digest().length;
  return createHmac(digest, pkcs12Octets(secret, { digest, salt, iterations }, purposes.mac, length))
    .update(data)
    .digest();
}

/**
 * The readings of the password that fit the integrity check; all of them where there is none.
 *
 * @throws WrongPassword, Malformed, TooManyIterations
 */
function fittingSecrets(macData: Element | undefined, secrets: readonly Secret[], data: Uint8Array): readonly Secret[] {
  if (macData === undefined) return secrets;
  const inside = parts(macData);
  const [algorithm, expected] = inside[0] === undefined ? [] : parts(inside[0]);
  if (algorithm === undefined || expected === undefined) throw new Malformed('integrity check');
  // Several readings differ for PBKDF2 alone; each check costs as much as the file says.
  const checked = new Map<string, boolean>();
  const ofBmp = oid(parts(algorithm)[0]) !== '1.2.840.113549.1.5.14';
  const fits = (secret: Secret): boolean => {
    const key = Buffer.from(ofBmp ? secret.bmp : secret.octets).toString('hex');
    const known = checked.get(key);
    if (known !== undefined) return known;
    const found = macOf(algorithm, inside, secret, data);
    const told = octets(expected);
    const fit = found.length === told.length && timingSafeEqual(found, told);
    checked.set(key, fit);
    return fit;
  };
  // One that fits settles it: others are tried with what it was read as, not checked as well.
  const first = secrets.find(fits);
  if (first === undefined) throw new WrongPassword();
  return [first, ...secrets.filter((secret) => secret !== first)];
}

/** A structure that was encrypted, by the first reading of the password that gives one. */
function opened(algorithm: Element, secrets: readonly Secret[], data: Uint8Array): Element {
  for (const secret of secrets) {
    const plain = decryptedBy(algorithm, secret, data);
    if (plain?.[0] !== tags.sequence) continue;
    try {
      return readElement(plain);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
  }
  throw new WrongPassword();
}

/** The bags of one ContentInfo, which is as it is or encrypted. */
function safeContents(contentInfo: Element, secrets: readonly Secret[]): Element {
  const [type, content] = parts(contentInfo);
  if (oid(type) !== `${pkcs7}6`) return readElement(dataOf(contentInfo));
  // EncryptedData ::= SEQUENCE { version, EncryptedContentInfo { contentType, algorithm, [0] contents } } (RFC 5652, section 8)
  const [encrypted] = content === undefined ? [] : parts(content);
  const inside = encrypted === undefined ? undefined : parts(encrypted)[1];
  const [, algorithm, data] = inside === undefined ? [] : parts(inside);
  if (algorithm === undefined || data === undefined) throw new Malformed('encrypted contents');
  return opened(algorithm, secrets, octets(data));
}

/** What is said beside a bag; what is odd there says nothing. */
function attributesOf(set: Element | undefined): Pick<PfxItem, 'localKeyId' | 'name'> {
  const found: { localKeyId: string | null; name: string | null } = { localKeyId: null, name: null };
  try {
    for (const attribute of set === undefined ? [] : parts(set)) {
      const [type, values] = parts(attribute);
      const [value] = values === undefined ? [] : parts(values);
      if (value === undefined) continue;
      if (oid(type) === `${pkcs9}21`) found.localKeyId = Buffer.from(octets(value)).toString('hex');
      if (oid(type) === `${pkcs9}20` && value.tag === tags.bmpString)
        found.name = new TextDecoder('utf-16be').decode(value.contents).replaceAll('\u0000', '');
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  return found;
}

interface Found {
  readonly keys: PfxItem[];
  readonly certificates: PfxItem[];
}

/** Takes keys and certificates out of bags; lists of revoked certificates, other kinds of certificates and secrets are left alone. */
function takeBags(contents: Element, secrets: readonly Secret[], found: Found, depth = 0): void {
  if (depth > deepest) throw new Malformed('bags within bags');
  for (const each of parts(contents)) {
    const [type, wrapped, set] = parts(each);
    const [value] = wrapped === undefined ? [] : parts(wrapped);
    if (value === undefined) continue;
    const item = (der: Uint8Array): PfxItem => ({ der: new Uint8Array(der), ...attributesOf(set) });
    const kind = oid(type);
    if (kind === `${bag}1`) found.keys.push(item(value.bytes));
    else if (kind === `${bag}2`) {
      const [algorithm, data] = parts(value);
      if (algorithm === undefined || data === undefined) throw new Malformed('encrypted key');
      found.keys.push(item(opened(algorithm, secrets, octets(data)).bytes));
    } else if (kind === `${bag}3`) {
      const [of, certificate] = parts(value);
      if (oid(of) === `${pkcs9}22.1` && certificate !== undefined)
        found.certificates.push(item(octets(part(parts(certificate), 0, tags.octetString))));
    } else if (kind === `${bag}6`) takeBags(value, secrets, found, depth + 1);
  }
}

function contentsOf(bytes: Uint8Array, password: string): PfxContents {
  // PFX ::= SEQUENCE { version INTEGER, authSafe ContentInfo, macData MacData OPTIONAL }; Windows leaves zeros behind it.
  const [version, authSafe, macData] = parts(readElement(bytes));
  if (count(version) !== 3 || authSafe === undefined) throw new Malformed('no PFX');
  const data = dataOf(authSafe);
  const secrets = fittingSecrets(macData, secretsOf(password), data);
  const found: Found = { keys: [], certificates: [] };
  try {
    for (const contentInfo of parts(readElement(data))) takeBags(safeContents(contentInfo, secrets), secrets, found);
  } catch (error) {
    // The integrity check has spoken for the password.
    if (error instanceof WrongPassword && macData !== undefined)
      throw new Malformed('encrypted with another password than the integrity check');
    throw error;
  }
  return found;
}

/** Opens a PFX (PKCS#12, RFC 7292) with its password, whoever made it; an empty one is also none at all. */
export function openPfx(bytes: Uint8Array, password: string): PfxAnswer {
  try {
    return { contents: contentsOf(bytes, password) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof TooManyIterations) return { refused: 'iterations', reason, iterations: error.iterations };
    return { refused: error instanceof WrongPassword ? 'password' : 'structure', reason };
  }
}
