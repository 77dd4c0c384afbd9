import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommandLineIo } from '../../../main/cli/io.ts';
import { table } from '../../../main/cli/table.ts';
import { visibleIo } from '../../../main/cli/visible-io.ts';
import { createTexts, languages, type TextKey } from '../../../main/texts/index.ts';
import { jsonText, visibleLine, visibleText } from '../../../main/visible-text.ts';
import en from '../../../assets/i18n/en.json' with { type: 'json' };

/** Written with code points, so that no pattern of the code under test is repeated. */
const isObeyed = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  const within = (from: number, to: number) => code >= from && code <= to;
  return (
    within(0, 0x1f) ||
    within(0x7f, 0x9f) ||
    within(0x20_2a, 0x20_2e) ||
    within(0x20_66, 0x20_69) ||
    [0x6_1c, 0x20_0e, 0x20_0f, 0x20_28, 0x20_29].includes(code)
  );
};
const obeyed = (text: string, but = ''): string[] =>
  Array.from(text).filter((character) => isObeyed(character) && !but.includes(character));

const evil = 'Contoso\u001B]0;pwned\u0007\u001B[2J\u001B[1;1H\u001B]52;c;Y3VybCBldmls\u0007\u202Egnp.exe\r\nALL CHECKS PASSED';
const control = fc.constantFrom(
  '\u001B[2J',
  '\u009B2J',
  '\u0007',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\u007F',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202E',
  '\u2066',
  '\u200F',
  '\u061C',
  '\0',
);
const outside = fc.array(fc.oneof(fc.string({ unit: 'binary' }), control, fc.string())).map((parts) => parts.join(''));

describe('a text from outside', () => {
  test('is one line, in which everything is seen', () => {
    expect(visibleLine(evil)).toBe(
      'Contoso<U+001B>]0;pwned<U+0007><U+001B>[2J<U+001B>[1;1H<U+001B>]52;c;Y3VybCBldmls<U+0007><U+202E>gnp.exe ↵ ALL CHECKS PASSED',
    );
    fc.assert(
      fc.property(outside, (text) => {
        expect(obeyed(visibleLine(text))).toEqual([]);
      }),
    );
  });

  test('keeps what is only read: letters of any script, emoji, signs', () => {
    for (const name of ['Müller & Söhne "x" (50%)', 'שלום עולם', 'شركة', '😀👩‍👩‍👧 GmbH', 'Ärger\u200D', '=cmd|calc', '${jndi:x}', 'a\u0301'])
      expect(visibleLine(name)).toBe(name);
  });

  test('adds no line to any of our texts, in any language', () => {
    for (const language of languages) {
      const { t, has } = createTexts(language);
      const keys = Object.keys(en).filter((key): key is TextKey => has(key));
      const linesOf = (key: TextKey, value: string) =>
        t(
          key,
          new Proxy(
            {},
            {
              has: () => true,
              get: () => value,
              ownKeys: () => namesIn(key),
              getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value }),
            },
          ),
        ).split('\n').length;
      for (const key of keys.filter((each) => /\{\w+\}/.test(en[each]) && !/\{\w+,/.test(en[each])))
        expect(`${key} ${linesOf(key, evil)}`).toBe(`${key} ${linesOf(key, 'Contoso')}`);
    }
  });
});

const namesIn = (key: TextKey): string[] => [...new Set([...en[key].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))];

describe('output of the command line', () => {
  test('has no character that a terminal obeys but line breaks and tabs', () => {
    fc.assert(
      fc.property(outside, (text) => {
        const written: string[] = [];
        const note = (said: string) => void written.push(said);
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is written, and nothing else
        const io = visibleIo({
          out: note,
          err: note,
          live: note,
          ask: async (said: string) => (note(said), ''),
        } as unknown as CommandLineIo);
        io.out(text);
        io.err(text);
        io.live(text);
        void io.ask(text);
        expect(written).toHaveLength(4);
        expect(obeyed(written.join(''), '\n\t')).toEqual([]);
      }),
    );
    expect(visibleText('one\r\n\ttwo\n')).toBe('one\n\ttwo\n');
  });

  test('a table has as many lines as rows', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(outside, outside, outside), { minLength: 1 }), (rows) => {
        expect(table(rows).trimEnd().split('\n').length).toBeLessThanOrEqual(rows.length);
        expect(obeyed(table(rows), '\n')).toEqual([]);
      }),
    );
    expect(table([['  a', 'b']])).toBe('  a  b\n');
  });
});

describe('JSON', () => {
  test('keeps every value, and escapes what a terminal would obey', () => {
    fc.assert(
      fc.property(fc.jsonValue(), outside, outside, (value, name, text) => {
        const document = { value, [`k${name}`]: [text] };
        for (const written of [jsonText(document), jsonText(document, 2)]) {
          expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(document)));
          expect(obeyed(written, '\n')).toEqual([]);
        }
        expect(jsonText(document)).not.toContain('\n');
      }),
    );
    // What this is for: the engine's own function leaves them.
    expect(JSON.stringify('\u009B2J\u202E')).toContain('\u009B');
    expect(jsonText('\u009B2J\u202E')).toBe(String.raw`"\u009B2J\u202E"`);
  });
});
