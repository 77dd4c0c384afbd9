import { describe, expect, it } from 'vitest';
import { csv } from '../../../renderer/features/activity/lines.ts';

describe('the lines as CSV', () => {
  it('quotes what has to be quoted, and lets nothing be a formula', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          ['x,y', 'say "z"'],
          ['=1+1', 'line\nbreak'],
        ],
        1000,
      ),
    ).toEqual({ text: 'a,b\r\n"x,y","say ""z"""\r\n\'=1+1,"line\nbreak"\r\n', lines: 2 });
  });

  it('holds whole lines as far as there is room', () => {
    expect(csv(['head'], [['12345'], ['12345']], 15)).toEqual({ text: 'head\r\n12345\r\n', lines: 1 });
  });
});
