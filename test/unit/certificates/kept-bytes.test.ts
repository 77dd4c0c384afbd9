import { createHash, generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCertificateContents, readSignedCertificate, toPem } from '../../../main/certificates/index.ts';
import { validatedPfx } from '../../../main/certificates/read-pfx.ts';
import { openPfx } from '../../../main/certificates/pfx-contents.ts';
import { bags, explicit, integer, nothing, objectId, octetString, pfxOfBags, sequence, setOf, tagged } from './der-writer.ts';
import { once, scratchFile } from './samples.ts';

const now = new Date('2026-12-01T12:00:00Z');

const keys = once(() => ({
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  authority: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  curve: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
}));

const text = (tag: number, value: string, encoding: BufferEncoding = 'utf8') => tagged(tag, Buffer.from(value, encoding));
const commonName = (value: Uint8Array) => sequence(setOf(sequence(objectId('2.5.4.3'), value)));

/** Encodings that differ, are all legal, and that a library which writes a certificate anew changes. */
const odd = fc.record({
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
type Odd = typeof odd extends fc.Arbitrary<infer T> ? T : never;

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

function certificate(shape: Odd, publicKey: KeyObject): Buffer {
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

const sha1 = (der: Uint8Array) => createHash('sha1').update(der).digest('hex').toUpperCase();

describe('the bytes of a certificate', () => {
  it('are those of the file, through every door and in every export, however it is legally encoded', async () => {
    const { publicKey, privateKey } = keys().rsa;
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
    const path = scratchFile('odd.cer', '');
    await fc.assert(
      fc.asyncProperty(odd, odd, async (shape, above) => {
        const der = certificate(shape, publicKey);
        const issuer = certificate(above, above.signer === 'curve' ? keys().curve.publicKey : keys().authority.publicKey);
        const pfx = pfxOfBags([[bags.key(pkcs8)], [bags.certificate(issuer), bags.certificate(der)]], 'Abc12345');
        const file = { path, door: 'pfx' } as const;
        const p7b = sequence(
          objectId('1.2.840.113549.1.7.2'),
          explicit(0, sequence(integer(1), setOf(), sequence(objectId('1.2.840.113549.1.7.1')), tagged(0xa0, der), setOf())),
        );
        const read = [
          readCertificateContents('odd.cer', der, now),
          readCertificateContents('odd.cer', Buffer.from(toPem({ der })), now),
          readCertificateContents('odd.p7b', Buffer.concat([p7b, Buffer.alloc(7)]), now),
          (await readSignedCertificate(scratchFile('answer.p7b', p7b), [privateKey], now)).certificate,
          validatedPfx(file, openPfx(pfx, 'Abc12345'), null, now).certificate,
        ];
        for (const each of read) {
          expect(Buffer.from(each.der)).toEqual(der);
          expect(each).toMatchObject({ thumbprint: sha1(der), notBefore: '2026-01-01T00:00:00Z', notAfter: '2028-01-01T00:00:00Z' });
          expect(each.subject).not.toBe('');
          expect(Buffer.from(toPem(each).split('\n').slice(1, -2).join(''), 'base64')).toEqual(der);
        }
      }),
      { numRuns: 60 },
    );
  }, 240_000);

  it('have to be DER: what OpenSSL would write anew is refused, because two programs would see two thumbprints', () => {
    const der = certificate(
      { subject: 'utf8', parameters: 'null', signer: 'rsa', serial: Buffer.from([1]), time: 'utc', extensions: true },
      keys().rsa.publicKey,
    );
    // The outer length in one octet more than it needs: BER, not DER.
    const ber = Buffer.concat([Buffer.from([0x30, 0x83, 0x00]), der.subarray(2)]);
    expect(new X509Certificate(ber).raw.equals(ber)).toBe(false);
    expect(() => readCertificateContents('ber.cer', ber, now)).toThrow(expect.objectContaining({ code: 'certificate.not-der' }));
  });
});
