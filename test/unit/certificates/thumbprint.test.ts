import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thumbprintForms, thumbprintText } from '../../../main/certificates/index.ts';
import { openssl, ours, scratchFile } from './samples.ts';

describe('a typed thumbprint', () => {
  it('is understood however it was pasted', () => {
    const separators = fc.constantFrom('', ' ', ':', '-', '\u200E', '\t', '\uFEFF');
    fc.assert(
      fc.property(
        fc.constantFrom(20, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
        separators,
        fc.boolean(),
        (bytes, separator, lower) => {
          const hex = Buffer.from(bytes).toString('hex').toUpperCase();
          const pasted = separator + (hex.match(/../g) ?? []).join(separator);
          expect(thumbprintText(lower ? pasted.toLowerCase() : pasted)).toBe(hex);
        },
      ),
    );
  });

  it.each(['', 'A94F', 'G'.repeat(40), 'A'.repeat(41)])('refuses %j', (typed) => {
    expect(() => thumbprintText(typed)).toThrow(expect.objectContaining({ code: 'certificate.thumbprint-invalid' }));
  });
});

it('every form of a thumbprint is that which OpenSSL computes from the certificate', async () => {
  const { certificate } = await ours();
  const path = scratchFile('c.der', certificate.der);
  const digest = (algorithm: string) => Buffer.from(openssl(['dgst', `-${algorithm}`, '-r', path]).split(' ')[0] ?? '', 'hex');
  expect(thumbprintForms(certificate)).toEqual({
    sha1: digest('sha1').toString('hex').toUpperCase(),
    sha256: digest('sha256').toString('hex').toUpperCase(),
    x5t: digest('sha1').toString('base64url'),
    x5tS256: digest('sha256').toString('base64url'),
  });
});
