import { describe, expect, it } from 'vitest';
import { openPfx } from '../../../main/certificates/pfx-contents.ts';
import { bags, data, explicit, integer, nothing, objectId, octetString, pfxOfBags, sequence, setOf, tagged } from './der-writer.ts';

const password = 'Abc12345';
const rsa = '1.2.840.113549.1.';
const empty = data(sequence());
/** A PFX of one safe that is as it is. */
const ofSafe = (safe: Uint8Array, ...check: readonly Uint8Array[]) => sequence(integer(3), data(sequence(safe)), ...check);
/** The deepest that is read: eight within each other. */
const within = (depth: number): Uint8Array => (depth === 0 ? bags.certificate(Buffer.from('x')) : bags.nested(within(depth - 1)));
const encrypted = (...inside: readonly Uint8Array[]) =>
  sequence(objectId(`${rsa}7.6`), explicit(0, sequence(integer(0), sequence(objectId(`${rsa}7.1`), ...inside))));
const aes = sequence(
  objectId(`${rsa}5.13`),
  sequence(
    sequence(objectId(`${rsa}5.12`), sequence(octetString(Buffer.alloc(8)), integer(1))),
    sequence(objectId('2.16.840.1.101.3.4.1.42'), octetString(Buffer.alloc(16))),
  ),
);

describe('a PFX whose structure is not one', () => {
  it.each([
    ['of another version', 'no PFX', sequence(integer(4), empty)],
    ['of nothing else', 'no PFX', sequence(integer(3))],
    [
      'with contents of another kind',
      'contents 1.2.840.113549.1.7.2',
      sequence(integer(3), sequence(objectId(`${rsa}7.2`), explicit(0, octetString(sequence())))),
    ],
    [
      'with contents that are not wrapped',
      'contents 1.2.840.113549.1.7.1',
      sequence(integer(3), sequence(objectId(`${rsa}7.1`), octetString(sequence()))),
    ],
    ['without contents', 'contents 1.2.840.113549.1.7.1', sequence(integer(3), sequence(objectId(`${rsa}7.1`)))],
    ['with nothing in its contents', 'no contents', sequence(integer(3), sequence(objectId(`${rsa}7.1`), explicit(0)))],
    ['with an empty integrity check', 'integrity check', ofSafe(empty, sequence())],
    [
      'with an integrity check without a digest',
      'integrity check',
      ofSafe(empty, sequence(sequence(sequence(objectId('1.3.14.3.2.26'), nothing)))),
    ],
    [
      'with an integrity check by an unknown digest',
      'digest 1.2.3',
      ofSafe(empty, sequence(sequence(sequence(objectId('1.2.3')), octetString(Buffer.alloc(20))))),
    ],
    [
      'with PBMAC1 without parameters',
      'PBMAC1',
      ofSafe(empty, sequence(sequence(sequence(objectId(`${rsa}5.14`)), octetString(Buffer.alloc(32))))),
    ],
    [
      'with PBMAC1 of nothing',
      'PBMAC1',
      ofSafe(empty, sequence(sequence(sequence(objectId(`${rsa}5.14`), sequence()), octetString(Buffer.alloc(32))))),
    ],
    ['with encrypted contents without data', 'encrypted contents', ofSafe(encrypted(aes))],
    ['with encrypted contents of nothing', 'encrypted contents', ofSafe(sequence(objectId(`${rsa}7.6`)))],
    ['with an encrypted key without data', 'encrypted key', ofSafe(data(sequence(bags.shroudedKey(sequence(aes)))))],
    ['with an encrypted key of nothing', 'encrypted key', ofSafe(data(sequence(bags.shroudedKey(sequence()))))],
    ['with bags within bags without an end', 'bags within bags', ofSafe(data(sequence(within(9))))],
  ])('is refused: %s', (_, reason, pfx) => {
    expect(openPfx(pfx, password)).toEqual({ refused: 'structure', reason });
  });

  it('is read as deep as anybody nests bags', () => {
    expect(openPfx(ofSafe(data(sequence(within(8)))), password)).toMatchObject({ contents: { certificates: [{ name: null }] } });
  });
});

describe('what is encrypted in a PFX', () => {
  const unreadable = encrypted(aes, tagged(0x80, Buffer.alloc(32)));

  it('with another password is a wrong password where nothing else says that it is right', () => {
    expect(openPfx(ofSafe(unreadable), password)).toMatchObject({ refused: 'password' });
  });

  it('with another password than the integrity check is damaged', () => {
    const key = sequence(aes, octetString(Buffer.alloc(32)));
    expect(openPfx(pfxOfBags([[bags.shroudedKey(key)]], password), password)).toMatchObject({
      refused: 'structure',
      reason: expect.stringContaining('another password'),
    });
  });
});

describe('what is said beside a bag', () => {
  const named = (attributes: Uint8Array) =>
    sequence(
      objectId(`${rsa}12.10.1.3`),
      explicit(0, sequence(objectId(`${rsa}9.22.1`), explicit(0, octetString(Buffer.from('x'))))),
      attributes,
    );
  const name = (value: Uint8Array) => sequence(objectId(`${rsa}9.20`), setOf(value));
  const bmp = tagged(0x1e, Buffer.from('Contoso\u0000', 'utf16le').swap16());

  it.each([
    ['its name', setOf(name(bmp)), 'Contoso'],
    ['a name in another alphabet says nothing', setOf(name(tagged(0x0c, Buffer.from('Contoso')))), null],
    ['an attribute without a value says nothing, the next does', setOf(sequence(objectId(`${rsa}9.20`)), name(bmp)), 'Contoso'],
    ['an attribute that is none ends it', setOf(octetString(Buffer.from([0x30, 0x05]))), null],
  ])('is read: %s', (_, attributes, expected) => {
    expect(openPfx(ofSafe(data(sequence(named(attributes)))), '')).toMatchObject({ contents: { certificates: [{ name: expected }] } });
  });

  it('a certificate of another kind is left alone', () => {
    const sdsi = sequence(
      objectId(`${rsa}12.10.1.3`),
      explicit(0, sequence(objectId(`${rsa}9.22.2`), explicit(0, octetString(Buffer.from('x'))))),
    );
    expect(openPfx(ofSafe(data(sequence(sdsi, sequence(objectId(`${rsa}12.10.1.1`))))), '')).toEqual({
      contents: { keys: [], certificates: [] },
    });
  });
});
