import { describe, expect, it } from 'vitest';
import { count, Malformed, octets, oid, part, parts, readElement, tags } from '../../../main/certificates/ber.ts';
import { structureOf } from '../../../main/certificates/structure.ts';
import { validityOf } from '../../../main/certificates/x509.ts';
import { explicit, integer, nothing, objectId, octetString, sequence, tagged } from './der-writer.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const show = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('an element', () => {
  it.each([
    ['04 02 aabb', 0x04, 'aabb', '0402aabb'],
    ['04 02 aabb ccdd', 0x04, 'aabb', '0402aabb'],
    ['04 00', 0x04, '', '0400'],
    ['04 8101 aa', 0x04, 'aa', '048101aa'],
    ['04 820001 aa', 0x04, 'aa', '04820001aa'],
    ['04 86000000000001 aa', 0x04, 'aa', '0486000000000001aa'],
    ['5f8101 01 aa', 0x5f, 'aa', '5f810101aa'],
    ['24 80 0401aa 0401bb 0000 ff', 0x24, '0401aa0401bb', '24800401aa0401bb0000'],
    ['30 80 3080 0500 0000 0000', 0x30, '308005000000', '30803080050000000000'],
  ])('%s is read as it stands', (bytes, tag, contents, whole) => {
    const element = readElement(hex(bytes));
    expect([element.tag, show(element.contents), show(element.bytes)]).toEqual([tag, contents, whole]);
  });

  it.each([
    ['', true],
    ['04', true],
    ['04 02 aa', true],
    ['04 82 00', true],
    ['24 80 0401aa', true],
    ['04 80 0000', false],
    ['04 87 00000000000001 aa', false],
  ])('%s is none, and says whether its end is missing: %s', (bytes, cutOff) => {
    expect(() => readElement(hex(bytes))).toThrow(expect.objectContaining({ cutOff }));
    expect(() => readElement(hex(bytes))).toThrow(Malformed);
  });

  it('of indefinite length within one another ends at 32', () => {
    const nested = (depth: number) => hex('3080'.repeat(depth) + '0000'.repeat(depth));
    expect(readElement(nested(33)).bytes).toHaveLength(132);
    expect(() => readElement(nested(34))).toThrow(Malformed);
  });

  it('of a length that a file has in 300 bytes is read by both octets of it', () => {
    const long = octetString(Buffer.alloc(300, 7));
    expect(readElement(long).contents).toHaveLength(300);
    expect(() => readElement(long.subarray(0, 303))).toThrow(expect.objectContaining({ cutOff: true }));
  });
});

describe('what elements hold', () => {
  it('parts, each by its place and tag', () => {
    const inside = parts(readElement(sequence(integer(5), nothing, octetString())));
    expect(inside.map(({ tag }) => tag)).toEqual([0x02, 0x05, 0x04]);
    expect(part(inside, 0, tags.integer)).toBe(inside[0]);
    expect(() => part(inside, 1, tags.integer)).toThrow('expected 2, found 5');
    expect(() => part(inside, 3, tags.integer)).toThrow('found nothing');
    expect(parts(readElement(sequence()))).toEqual([]);
  });

  it('octets, in one or in pieces', () => {
    expect(show(octets(readElement(hex('0402aabb'))))).toBe('aabb');
    expect(show(octets(readElement(hex('2480 0401aa 2403 0401bb 0000'))))).toBe('aabb');
    expect(show(octets(readElement(hex('a003 0401aa'))))).toBe('aa');
  });

  it('an object identifier', () => {
    for (const dotted of ['1.2.840.113549.1.7.1', '0.9.2342', '2.5.4.3', '2.999.1', '1.3.6.1.4.1.311.17.1'])
      expect(oid(readElement(objectId(dotted)))).toBe(dotted);
    expect(() => oid(readElement(integer(1)))).toThrow(Malformed);
    expect(() => oid(undefined)).toThrow(Malformed);
  });

  it('a count, which is never below nothing', () => {
    for (const value of [0, 1, 127, 128, 255, 256, 100_000]) expect(count(readElement(integer(value)))).toBe(value);
    for (const bytes of ['0201ff', '0200', '040101']) expect(() => count(readElement(hex(bytes)))).toThrow(Malformed);
    expect(() => count(undefined)).toThrow(Malformed);
    expect(count(readElement(tagged(0x02, Buffer.concat([Buffer.alloc(1), Buffer.alloc(20, 255)]))))).toBeGreaterThan(2 ** 100);
  });
});

describe('the dates of a certificate', () => {
  const utc = (text: string) => tagged(tags.utcTime, Buffer.from(text, 'latin1'));
  const general = (text: string) => tagged(tags.generalizedTime, Buffer.from(text, 'latin1'));
  const certificate = (from: Uint8Array, until: Uint8Array, version: readonly Uint8Array[] = [explicit(0, integer(2))]) =>
    sequence(sequence(...version, integer(1), sequence(), sequence(), sequence(from, until)));
  const end = (time: Uint8Array) => {
    const validity = validityOf(certificate(utc('260101000000Z'), time));
    return validity === null ? null : new Date(validity.notAfter).toISOString();
  };

  it.each([
    [utc('280229123456Z'), '2028-02-29T12:34:56.000Z'],
    [utc('491231235959Z'), '2049-12-31T23:59:59.000Z'],
    [utc('500101000000Z'), '1950-01-01T00:00:00.000Z'],
    [utc('2802291234Z'), '2028-02-29T12:34:00.000Z'],
    [utc('280229123456+0130'), '2028-02-29T11:04:56.000Z'],
    [utc('280229123456-0130'), '2028-02-29T14:04:56.000Z'],
    [general('20500101000000Z'), '2050-01-01T00:00:00.000Z'],
    [general('20500101000000.5Z'), '2050-01-01T00:00:00.000Z'],
    [general('00500101000000Z'), '0050-01-01T00:00:00.000Z'],
    [general('99991231235959Z'), '9999-12-31T23:59:59.000Z'],
  ])('%s are read', (time, at) => expect(end(time)).toBe(at));

  it.each([
    utc('270229000000Z'),
    utc('271301000000Z'),
    utc('270001000000Z'),
    utc('270100000000Z'),
    utc('270101240000Z'),
    utc('270101006000Z'),
    utc('270101000060Z'),
    utc('270101000000'),
    utc('x270101000000Z'),
    utc('270101000000Zx'),
    utc('20500101000000Z'),
    general('270101000000Z'),
    octetString(Buffer.from('270101000000Z')),
  ])('that no calendar has, or that are no dates, are none: %s', (time) => expect(end(time)).toBeNull());

  it('stand one place earlier in a certificate of the first version', () => {
    expect(validityOf(certificate(utc('260101000000Z'), utc('270101000000Z'), []))).toEqual({
      notBefore: Date.UTC(2026, 0, 1),
      notAfter: Date.UTC(2027, 0, 1),
    });
  });

  it('are none of what is no certificate', () => {
    for (const bytes of [hex('3005'), sequence(), sequence(sequence(integer(1))), certificate(octetString(), utc('270101000000Z'))])
      expect(validityOf(bytes)).toBeNull();
  });
});

describe('a structure', () => {
  const empty = sequence();
  const bits = tagged(0x03, Buffer.from([0]));
  const algorithm = (dotted: string, ...more: readonly Uint8Array[]) => sequence(objectId(dotted), ...more);
  const signed = (...inside: readonly Uint8Array[]) => sequence(sequence(...inside), empty, bits);
  const times = tagged(0x17, Buffer.from('260101000000Z'));

  it.each<[string, Uint8Array, string]>([
    ['a certificate', signed(explicit(0, integer(2)), integer(1), empty, empty, empty, empty, empty), 'certificate'],
    ['one of the first version', signed(integer(1), empty, empty, empty, empty, empty), 'certificate'],
    ['a request', signed(integer(0), empty, empty, explicit(0)), 'request'],
    ['a request without attributes', signed(integer(0), empty, empty), 'request'],
    ['a list of revoked ones', signed(integer(1), empty, empty, times), 'crl'],
    ['one of the first version', signed(empty, empty, tagged(0x18, Buffer.from('20260101000000Z'))), 'crl'],
    ['something else that is signed', signed(empty, empty, empty), 'unknown'],
    ['PKCS#7', sequence(objectId('1.2.840.113549.1.7.2'), explicit(0)), 'pkcs7'],
    ['another named thing', sequence(objectId('1.2.840.113549.1.9.2')), 'unknown'],
    ['PKCS#8', sequence(integer(0), empty, octetString()), 'private-key'],
    ['PKCS#1', sequence(...Array.from({ length: 9 }, () => integer(0))), 'private-key'],
    ['SEC 1', sequence(integer(1), octetString(), explicit(0)), 'private-key'],
    ['SEC 1 with its public key alone', sequence(integer(1), octetString(), explicit(1)), 'private-key'],
    ['a public key of RSA', sequence(integer(1), integer(1)), 'publickey'],
    ['a public key', sequence(algorithm('1.2.840.113549.1.1.1', nothing), bits), 'publickey'],
    ['a PFX', sequence(integer(3), empty), 'pfx'],
    ['a PFX with its check', sequence(integer(3), empty, empty), 'pfx'],
    ['what is no PFX, by its version', sequence(integer(2), empty), 'unknown'],
    ['a key under a password', sequence(algorithm('1.2.840.113549.1.5.13'), octetString()), 'encrypted-private-key'],
    ['one of PKCS#12', sequence(algorithm('1.2.840.113549.1.12.1.3'), octetString()), 'encrypted-private-key'],
    ['another algorithm with octets', sequence(algorithm('1.2.840.113549.1.1.1'), octetString()), 'unknown'],
    ['a key under a password without octets', sequence(algorithm('1.2.840.113549.1.5.13'), integer(1)), 'unknown'],
    ['three parts', sequence(algorithm('1.2.840.113549.1.5.13'), octetString(), nothing), 'unknown'],
    ['one part', sequence(algorithm('1.2.840.113549.1.5.13')), 'unknown'],
    ['no algorithm', sequence(sequence(integer(1)), octetString()), 'unknown'],
    ['nothing', empty, 'unknown'],
    ['no sequence', octetString(empty), 'unknown'],
    ['a sequence of half an element', tagged(0x30, hex('0405')), 'unknown'],
  ])('is told by the kinds and order of its parts: %s', (_, bytes, structure) => {
    expect(structureOf(Buffer.concat([bytes, Buffer.from('more')]))).toEqual({ structure, length: bytes.length });
  });

  it('whose end is missing is told as far as its beginning tells', () => {
    const half = (bytes: Uint8Array) => structureOf(bytes.subarray(0, bytes.length - 1));
    expect(half(sequence(integer(3), sequence(octetString(Buffer.alloc(300)))))).toMatchObject({ structure: 'pfx' });
    expect(half(sequence(integer(3), empty))).toMatchObject({ structure: 'pfx', length: 6 });
    expect(half(sequence(sequence(octetString(Buffer.alloc(300))), empty))).toMatchObject({ structure: 'cut-off' });
    expect(half(sequence(integer(2), empty))).toMatchObject({ structure: 'unknown' });
    expect(half(octetString(empty))).toMatchObject({ structure: 'unknown' });
    expect(structureOf(hex('04 80 0000'))).toEqual({ structure: 'unknown', length: 4 });
  });
});
