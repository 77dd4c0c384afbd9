import { expect, it } from 'vitest';
import { cutText } from '../../../main/visible-text.ts';

it.each([
  ['short', 10, 'short'],
  ['exactly ten', 11, 'exactly ten'],
  ['😀😀😀', 5, '😀😀'],
  ['😀😀😀', 4, '😀😀'],
  ['a\u0301a\u0301', 3, 'a\u0301'],
  ['👩‍👩‍👧‍👦x', 4, ''],
  ['Ärger', 3, 'Ärg'],
])('%s in %i units is %s', (text, length, cut) => {
  expect(cutText(text, length)).toBe(cut);
});
