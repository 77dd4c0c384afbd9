import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blocksOf, inlineOf } from '../../../renderer/parts/markdown.ts';

describe('a line of Markdown', () => {
  it('has bold, emphasis, code and links, in words', () => {
    expect(inlineOf('Press **Create…** or *Edit*, run `npm ci`, [see](https://example.com/a).')).toEqual([
      { kind: 'text', text: 'Press ' },
      { kind: 'strong', text: 'Create…' },
      { kind: 'text', text: ' or ' },
      { kind: 'emphasis', text: 'Edit' },
      { kind: 'text', text: ', run ' },
      { kind: 'code', text: 'npm ci' },
      { kind: 'text', text: ', ' },
      { kind: 'link', text: 'see', address: 'https://example.com/a' },
      { kind: 'text', text: '.' },
    ]);
  });

  it('is the text that it is where it is anything else', () => {
    const hostile = '<img src=x onerror=alert(1)> 2 * 3 * 4 [open';
    expect(inlineOf(hostile)).toEqual([{ kind: 'text', text: hostile }]);
    expect(inlineOf('[x](javascript:alert(1))')[0]).toMatchObject({ kind: 'link', address: 'javascript:alert(1' });
  });
});

describe('a text of Markdown', () => {
  it('has headings, paragraphs over several lines, lists in lists, tables and code, and no pictures', () => {
    const text = [
      '## What is new',
      '',
      'Keys are found',
      'sooner.',
      '![A picture](a.png)',
      '- one',
      '- two',
      '  - inside',
      '',
      '1. first',
      '2. second',
      '```',
      'a | b',
      '```',
      '| a | b |',
      '|---|---|',
      '| 1 | **2** |',
    ].join('\r\n');
    expect(blocksOf(text)).toEqual([
      { kind: 'heading', level: 2, line: inlineOf('What is new') },
      { kind: 'paragraph', line: inlineOf('Keys are found sooner.') },
      {
        kind: 'list',
        ordered: false,
        items: [
          [{ kind: 'paragraph', line: inlineOf('one') }],
          [
            { kind: 'paragraph', line: inlineOf('two') },
            { kind: 'list', ordered: false, items: [[{ kind: 'paragraph', line: inlineOf('inside') }]] },
          ],
        ],
      },
      {
        kind: 'list',
        ordered: true,
        items: [[{ kind: 'paragraph', line: inlineOf('first') }], [{ kind: 'paragraph', line: inlineOf('second') }]],
      },
      { kind: 'code', text: 'a | b' },
      { kind: 'table', head: [inlineOf('a'), inlineOf('b')], rows: [[inlineOf('1'), inlineOf('**2**')]] },
    ]);
  });

  it.each(['docs/user-guide.md', 'docs/fr/user-guide.md', 'CHANGELOG.md'])('comes to an end, and loses no word of %s', (path) => {
    const text = readFileSync(path, 'utf8');
    const words = (of: string) => of.match(/\p{L}{4,}/gu) ?? [];
    const left = words(JSON.stringify(blocksOf(text)));
    const pictures = words([...text.matchAll(/^!\[.*$/gm)].join(' '));
    const there = new Set([...left, ...pictures]);
    expect(words(text).filter((word) => !there.has(word))).toEqual([]);
  });

  it.each(['', '\n\n', '```', '|', '- ', '#', '- a\n\n\n', '1. a\n   b\n\nc', '   - x\n- y'])('ends for %j', (text) => {
    expect(Array.isArray(blocksOf(text))).toBe(true);
  });
});
