import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filterTerms } from './filter-terms.ts';
import { anchors, literals, page, rows } from './pages.ts';

// Pages for users and administrators exist in three languages: docs/NAME.md is English, docs/fr/NAME.md and docs/de/NAME.md
// say the same. What a program reads (commands, ids, JSON, paths) stands in backticks or code blocks and is the same in each.
const languages = ['fr', 'de'] as const;
type Language = 'en' | (typeof languages)[number];
const translated = ['data-and-secrets.md', 'installing.md', 'rotation.md', 'user-guide.md', 'watch.md'];
const pathOf = (name: string, language: Language) => (language === 'en' ? `docs/${name}` : `docs/${language}/${name}`);
const texts = (language: Language) => JSON.parse(readFileSync(`assets/i18n/${language}.json`, 'utf8')) as Record<string, string>;

/** The page with the filter’s terms as the English page has them. */
function withEnglishTerms(text: string, language: (typeof languages)[number]): string {
  const english = new Map(filterTerms[language].map(([local, term]) => [`\`${local}\``, `\`${term}\``]));
  return text.replaceAll(/`[^`\n]+`/g, (literal) => english.get(literal) ?? literal);
}

const codeBlock = /^```[^]*?^```$/gm;
const blocks = (text: string) => text.match(codeBlock) ?? [];
const prose = (text: string) => text.replaceAll(codeBlock, '');
const unique = (values: readonly string[]) => [...new Set(values)].toSorted();

/** What each line is, in the order of the page, without its words: a change of this is a change of what is said. */
const outline = (text: string): string[] =>
  text
    .replaceAll(codeBlock, 'code')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /^(#+|\s*[-|]|\s*\d+\.|!\[|code$)/.exec(line)?.[1] ?? 'paragraph');

/** The first cells of all tables: what a program knows as it stands, '' where it is words. */
const firstCells = (text: string): string[] =>
  rows(text).map(([first = '']) => (/^(\d+|`[^`]+`)$/.test(first) ? first : literals(first).join(' ')));

/** Pictures of the window in this language, where there are any. */
const pictures = (language: Language) => `docs/screenshots/${existsSync(`docs/screenshots/${language}`) ? language : 'en'}/`;

/** Where the links of a page lead, as the English page would say it: translated pages by their English name, headings by number. */
const targets = (path: string, language: Language): string[] =>
  [...prose(page(path)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .map((target) => {
      if (target.startsWith('https://')) return target;
      const [file = '', heading] = target.split('#');
      const to = file === '' ? path : join(dirname(path), file).replaceAll('\\', '/');
      const number = heading === undefined ? '' : `#${String(anchors(to).indexOf(heading))}`;
      return `${to.replace(`docs/${language}/`, 'docs/').replace(pictures(language), 'docs/screenshots/')}${number}`;
    })
    .toSorted();

const own = (name: string) => (target: string) =>
  languages.every((language) => target !== pathOf(name, language)) && target !== pathOf(name, 'en');

const withoutDots = (label: string) => label.replace(/…$/, '');

/** What stands between asterisks, a way through menus as each of its steps. */
const emphasised = (text: string): string[][] =>
  [
    ...prose(text)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/(\*{1,2})([^*\n]+)\1/g),
  ].map(([, , words = '']) => words.split(' > ').map(withoutDots));

/** What the window calls in this language that which it calls so in English: by place it may differ. */
const labels = (language: Language): ReadonlyMap<string, string[]> => {
  const local = texts(language);
  const names = new Map<string, string[]>();
  for (const [key, text] of Object.entries(texts('en'))) {
    const label = withoutDots(text);
    names.set(label, unique([...(names.get(label) ?? []), withoutDots(local[key] ?? '')]));
  }
  return names;
};

it.each(languages)('%s has every page that is translated, and no other', (language) => {
  expect(
    globSync(`docs/${language}/*.md`)
      .map((path) => basename(path))
      .toSorted(),
  ).toEqual(translated);
});

describe.each(languages.flatMap((language) => translated.map((name) => [pathOf(name, language), name, language] as const)))(
  '%s',
  (path, name, language) => {
    const original = page(pathOf(name, 'en'));
    const text = page(path);
    const withTerms = withEnglishTerms(text, language);

    it('has the headings, paragraphs, lists, tables and pictures of the English page', () => {
      expect(outline(text)).toEqual(outline(original));
    });

    it('has its code blocks', () => {
      expect(blocks(text)).toEqual(blocks(original));
    });

    it('has its ids, codes and options in the first columns of the tables', () => {
      expect(firstCells(withTerms)).toEqual(firstCells(original));
      expect(rows(text).map((cells) => cells.length)).toEqual(rows(original).map((cells) => cells.length));
    });

    it('has its commands, ids, JSON names and paths, and no other', () => {
      expect(unique(literals(prose(withTerms)))).toEqual(unique(literals(prose(original))));
    });

    it('leads to the same places, in its own language where they are there', () => {
      for (const target of [...prose(text).matchAll(/\]\(([^)#\s]+\.md)/g)].map((match) => join(dirname(path), match[1] ?? ''))) {
        const inDocs = relative('docs', target).replaceAll('\\', '/');
        if (inDocs !== name) expect(translated, target).not.toContain(inDocs);
      }
      expect(targets(path, language).filter(own(name))).toEqual(targets(pathOf(name, 'en'), 'en').filter(own(name)));
    });

    it('calls what the window shows as the window does', () => {
      const names = labels(language);
      // A way that begins elsewhere, as in Windows' Control Panel, has no name of ours behind it.
      const ours = unique(emphasised(original).flatMap((way) => (names.has(way[0] ?? '') ? way : [])));
      const said = new Set(emphasised(text).flat());
      const wrong = ours.filter((label) => names.has(label) && !names.get(label)?.some((each) => said.has(each)));
      expect(wrong.map((label) => `${label}: ${names.get(label)?.join(' or ') ?? ''}`)).toEqual([]);
    });
  },
);

it.each(translated)('%s leads from each language to the others', (name) => {
  const all = ['en', ...languages] as const;
  for (const from of all)
    expect(targets(pathOf(name, from), 'en')).toEqual(
      expect.arrayContaining(all.filter((to) => to !== from).map((to) => pathOf(name, to))),
    );
});

it.each(['en', ...languages] as const)('the texts in %s name pages that are there, in that language if they are', (language) => {
  const named = Object.values(texts(language)).flatMap((text) => [...text.matchAll(/docs\/[\w/-]+\.md/g)].map(([path]) => path));
  expect(named.length).toBeGreaterThan(0);
  for (const path of named) {
    expect(existsSync(path), path).toBe(true);
    if (translated.includes(basename(path))) expect(path).toBe(pathOf(basename(path), language));
  }
});
