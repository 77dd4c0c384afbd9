import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotationNames, givenAnnotations, textFieldNames, textFields } from '../../../main/credential/index.ts';
import { createTexts, languages } from '../../../main/texts/index.ts';

const refusal = (name: keyof typeof textFields, typed: string) => {
  const check = textFields[name].rule(typed);
  return check.ok ? null : check.fault.code;
};
const value = (name: keyof typeof textFields, typed: string) => {
  const check = textFields[name].rule(typed);
  return check.ok ? check.value : check.fault;
};

describe('the customer', () => {
  it('is one line of at most 120 characters, and may be empty', () => {
    expect(value('customer', '  Contoso Ltd ')).toBe('Contoso Ltd');
    expect(value('customer', '')).toBe('');
    expect(value('customer', 'x'.repeat(120))).toHaveLength(120);
    expect(refusal('customer', 'x'.repeat(121))).toBe('input.annotation.too-long');
    expect(refusal('customer', 'one\ntwo')).toBe('input.annotation.control-characters');
    expect(refusal('customer', 'a\u202Eb')).toBe('input.annotation.control-characters');
  });

  it('is one and the same however its accents are composed', () => {
    expect(value('customer', 'Mu\u0308ller')).toBe('M\u00FCller');
  });
});

describe('notes', () => {
  it('have up to 4,000 characters in several lines, with line breaks of one kind', () => {
    expect(value('notes', 'one\r\n\ttwo\rthree\u2028four\n')).toBe('one\n\ttwo\nthree\nfour');
    expect(value('notes', 'x'.repeat(4000))).toHaveLength(4000);
    expect(refusal('notes', 'x'.repeat(4001))).toBe('input.annotation.too-long');
    expect(refusal('notes', 'a\u001B[2Jb')).toBe('input.annotation.control-characters');
    expect(refusal('notes', 'half \uD83D')).toBe('input.annotation.control-characters');
  });
});

it('what a rule gives, it takes again unchanged', () => {
  fc.assert(
    fc.property(fc.constantFrom(...annotationNames), fc.string({ unit: 'binary', maxLength: 300 }), (name, typed) => {
      const check = textFields[name].rule(typed);
      expect(check.ok ? textFields[name].rule(check.value) : check).toEqual(check);
    }),
  );
});

it('what was not typed is left out, what is wrong is refused', () => {
  expect(givenAnnotations({ customer: ' Contoso ' })).toEqual({ customer: 'Contoso' });
  expect(givenAnnotations({ customer: undefined, notes: '' })).toEqual({ notes: '' });
  expect(() => givenAnnotations({ notes: 'x'.repeat(4001) })).toThrow(expect.objectContaining({ code: 'input.annotation.too-long' }));
});

it('each field says in every language what is too long, by its name', () => {
  for (const language of languages)
    for (const name of annotationNames) {
      const check = textFields[name].rule('x'.repeat(5000));
      if (check.ok) throw new Error(`${name} takes everything`);
      expect(createTexts(language).faultText(check.fault).message).not.toMatch(/^(The text|Le texte|Der Text)/);
    }
});

it('the table names every field once', () => {
  expect(textFieldNames.toSorted()).toEqual(Object.keys(textFields).toSorted());
});
