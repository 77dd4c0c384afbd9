import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thumbprintText } from '../../../main/certificates/index.ts';

describe('a typed thumbprint', () => {
  it('is understood however it was pasted', () => {
    const separators = fc.constantFrom('', ' ', ':', '-', '\u200E', '\t', '\uFEFF');
    fc.assert(
      fc.property(fc.constantFrom(20, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length })), separators, fc.boolean(), (bytes, separator, lower) => {
        const hex = Buffer.from(bytes).toString('hex').toUpperCase();
        const pasted = separator + (hex.match(/../g) ?? []).join(separator);
        expect(thumbprintText(lower ? pasted.toLowerCase() : pasted)).toBe(hex);
      }),
    );
  });

  it.each(['', 'A94F', 'G'.repeat(40), 'A'.repeat(41)])('refuses %j', (typed) => {
    expect(() => thumbprintText(typed)).toThrow(expect.objectContaining({ code: 'certificate.thumbprint-invalid' }));
  });
});
