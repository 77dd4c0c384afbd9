import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { toPem } from '../../../main/certificates/index.ts';
import { explicit, integer, nothing, objectId, octetString, sequence, setOf, tagged } from './der-writer.ts';
import { once } from './samples.ts';

/** Keys of a server and of those who sign for it. */
export const keys = once(() => ({
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  authority: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  curve: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
}));

const text = (tag: number, value: string, encoding: BufferEncoding = 'utf8') => tagged(tag, Buffer.from(value, encoding));
const commonName = (value: Uint8Array) => sequence(setOf(sequence(objectId('2.5.4.3'), value)));

/** Encodings that differ, are all legal, and that a library which writes a certificate anew changes. */
export const odd = fc.record({
  /** PrintableString, UTF8String, TeletexString, BMPString; and no subject at all. */
  subject: fc.constantFrom('printable', 'utf8', 'teletex', 'bmp', 'empty'),
  /** NULL beside the algorithm, or nothing (RFC 4055 wants the first, many authorities write the second). */
  parameters: fc.constantFrom('null', 'absent'),
  signer: fc.constantFrom('rsa', 'pss-short', 'pss-long', 'curve'),
  /** Digits of the serial number; 20 octets are the most that is legal. */
  serial: fc
    .uint8Array({ minLength: 1, maxLength: 20 })
    .map((bytes) => Buffer.from(bytes.map((octet, index) => (index === 0 ? (octet & 0x7f) | 1 : octet)))),
  time: fc.constantFrom('utc', 'generalized'),
  extensions: fc.boolean(),
});
export type Odd = typeof odd extends fc.Arbitrary<infer T> ? T : never;

function nameOf(subject: Odd['subject']): Buffer {
  switch (subject) {
    case 'printable':
      return commonName(text(0x13, 'ms-server'));
    case 'utf8':
      return commonName(text(0x0c, 'Köln'));
    case 'teletex':
      return commonName(text(0x14, 'Köln', 'latin1'));
    case 'bmp':
      return commonName(tagged(0x1e, Buffer.from('Köln', 'utf16le').swap16()));
    case 'empty':
      return sequence();
    default:
      return subject;
  }
}

/** RSASSA-PSS-params (RFC 4055, section 3.1): the salt of 32 octets, the trailer field told or left to its default. */
function pssParameters(long: boolean): Buffer {
  const sha256 = sequence(objectId('2.16.840.1.101.3.4.2.1'), ...(long ? [nothing] : []));
  const mgf = sequence(objectId('1.2.840.113549.1.1.8'), sha256);
  return sequence(explicit(0, sha256), explicit(1, mgf), explicit(2, integer(32)), ...(long ? [explicit(3, integer(1))] : []));
}

function algorithmOf({ signer, parameters }: Odd): Buffer {
  if (signer === 'curve') return sequence(objectId('1.2.840.10045.4.3.2'));
  if (signer === 'rsa') return sequence(objectId('1.2.840.113549.1.1.11'), ...(parameters === 'null' ? [nothing] : []));
  return sequence(objectId('1.2.840.113549.1.1.10'), pssParameters(signer === 'pss-long'));
}

function signatureOf(body: Buffer, signer: Odd['signer']): Buffer {
  if (signer === 'curve') return sign('sha256', body, keys().curve.privateKey);
  const key = keys().authority.privateKey;
  return sign('sha256', body, signer === 'rsa' ? key : { key, padding: 6, saltLength: 32 });
}

const serverName = sequence(objectId('2.5.29.17'), octetString(sequence(tagged(0x82, Buffer.from('mail.contoso.com')))));
// BOOLEAN TRUE may be any octet in BER, DEFAULT FALSE may stand there: some authorities write both.
const notAnAuthority = sequence(objectId('2.5.29.19'), tagged(0x01, Buffer.from([0xff])), octetString(sequence()));

/** A certificate, in its time from 2026 to 2028; legal, and as no library would write it. */
export function oddCertificate(shape: Odd, publicKey: KeyObject): Buffer {
  const algorithm = algorithmOf(shape);
  const time = (value: string) => (shape.time === 'utc' ? text(0x17, value.slice(2)) : text(0x18, value));
  const body = sequence(
    explicit(0, integer(2)),
    tagged(0x02, shape.serial),
    algorithm,
    commonName(text(0x0c, 'Issuing CA')),
    sequence(time('20260101000000Z'), time('20280101000000Z')),
    nameOf(shape.subject),
    publicKey.export({ format: 'der', type: 'spki' }),
    ...(shape.extensions || shape.subject === 'empty' ? [explicit(3, sequence(notAnAuthority, serverName))] : []),
  );
  return sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signatureOf(body, shape.signer)])));
}

/** A PKCS#7 of certificates alone, as authorities hand them out (RFC 5652, section 5.1). */
export const p7bOf = (...certificates: readonly Uint8Array[]): Buffer =>
  sequence(
    objectId('1.2.840.113549.1.7.2'),
    explicit(0, sequence(integer(1), setOf(), sequence(objectId('1.2.840.113549.1.7.1')), tagged(0xa0, ...certificates), setOf())),
  );

/** One certificate as it is written into a file. */
export interface Shape {
  readonly name: string;
  readonly der: Buffer;
  readonly bytes: Buffer;
}

/** Certificates for one key in every shape in which files hold them, each a certificate of its own. */
export function shapesOf(publicKey: KeyObject): Shape[] {
  const plain: Odd = { subject: 'utf8', parameters: 'null', signer: 'rsa', serial: Buffer.from([1]), time: 'utc', extensions: true };
  const shape = (name: string, written: (der: Buffer, pem: string) => Buffer | string, change: Partial<Odd> = {}) => ({
    name,
    written,
    change,
  });
  const shapes = [
    shape('DER', (der) => der),
    shape('DER and a line end', (der) => Buffer.concat([der, Buffer.from('\r\n')])),
    shape('DER and zeros', (der) => Buffer.concat([der, Buffer.alloc(9)])),
    shape('PEM', (_, pem) => pem),
    shape('PEM quoted in a mail', (_, pem) => pem.replaceAll(/^/gm, '> ')),
    shape('PEM with invisible signs', (_, pem) => pem.replaceAll('\n', '\u200B\n')),
    shape('PEM whose line ends are written out', (_, pem) => pem.replaceAll('\n', String.raw`\n`)),
    shape('PEM in UTF-16', (_, pem) => Buffer.from(`\uFEFF${pem}`, 'utf16le')),
    shape('base64 without its armour', (der) => der.toString('base64')),
    shape('PKCS#7', (der) => p7bOf(der)),
    shape('PKCS#7 and zeros', (der) => Buffer.concat([p7bOf(der), Buffer.alloc(5)])),
    shape('without a subject', (_, pem) => pem, { subject: 'empty' }),
    shape('without NULL', (der) => der, { parameters: 'absent' }),
    shape('with short parameters of PSS', (der) => der, { signer: 'pss-short' }),
    shape('signed with an elliptic curve', (_, pem) => pem, { signer: 'curve' }),
  ];
  return shapes.map(({ name, written, change }, index) => {
    const der = oddCertificate({ ...plain, serial: Buffer.from([1, index]), ...change }, publicKey);
    const bytes = written(der, toPem({ der }));
    return { name, der, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes };
  });
}
