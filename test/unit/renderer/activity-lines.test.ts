import { describe, expect, it } from 'vitest';
import { csv, settled, type AuditLine } from '../../../renderer/features/activity/lines.ts';

const line = (phase: string, change = 'grant-role', credential = 'Contoso'): AuditLine => ({
  at: '2026-11-24T09:30:00.000Z',
  actor: 'admin',
  phase,
  step: 'consent',
  change,
  target: null,
  credential,
});

describe('the trail as it is read', () => {
  it('leaves out what was announced and then done, and keeps an announcement that stands alone', () => {
    const alone = line('intent', 'add-key-credential');
    const done = line('done');
    const elsewhere = line('intent', 'grant-role', 'Fabrikam');
    expect(settled([line('intent'), elsewhere, done, alone])).toEqual([alone, done, elsewhere]);
  });

  it('counts each outcome against one announcement only', () => {
    const second = line('intent');
    expect(settled([line('intent'), second, line('failed')])).toEqual([line('failed'), second]);
  });
});

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
