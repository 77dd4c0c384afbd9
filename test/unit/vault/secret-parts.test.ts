import { describe, expect, test } from 'vitest';
import { join, longestEntry, partAccount, readHeader, split } from '../../../main/vault/secret-parts.ts';

const value = Array.from({ length: 5000 }, (_, index) => 'ABCDEFGHIJ'[index % 10]).join('');

function headerOf(text: string) {
  const { head, parts } = split(text);
  const header = readHeader(head);
  if (header === null) throw new Error('no header');
  return { header, parts };
}

describe('a secret', () => {
  test('that fits is one entry, and no header', () => {
    const fits = value.slice(0, longestEntry);
    expect(split(fits)).toEqual({ head: fits, parts: [] });
    expect(readHeader(fits)).toBeNull();
  });

  test('that is longer is parts that fit, and a header that says what they are', () => {
    const { header, parts } = headerOf(value);
    expect(parts).toEqual([value.slice(0, 2400), value.slice(2400, 4800), value.slice(4800)]);
    expect(header).toMatchObject({ format: 1, parts: 3, length: 5000 });
    expect(join(header, parts)).toBe(value);
    expect(split(`${value.slice(0, longestEntry)}x`).parts.map(({ length }) => length)).toEqual([2400, 1]);
    expect(partAccount('account', 2)).toBe('account/2');
  });

  test.for<[string, (parts: readonly string[]) => readonly (string | null)[]]>([
    ['a part is missing', ([one = '', , three = '']) => [one, null, three]],
    ['a part is another secret’s, as long as its own', ([one = '', two = '', three = '']) => [one, `x${two.slice(1)}`, three]],
    ['parts are in another order', ([one = '', two = '', three = '']) => [two.slice(1), one, two.slice(0, 1) + three]],
    ['a part is longer', ([one = '', two = '', three = '']) => [one, two, `${three}A`]],
    ['nothing is left', () => []],
  ])('is none where %s', ([, damage]) => {
    const { header, parts } = headerOf(value);
    expect(join(header, damage(parts))).toBeNull();
  });

  test.for(['{"format":2}', '{"format":1,"parts":1,"length":1,"sha256":""}', '{', '{}'])('whose header is %s is not guessed at', (head) => {
    expect(() => readHeader(head)).toThrow();
  });
});
