import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import de from '../../../assets/i18n/de.json' with { type: 'json' };
import en from '../../../assets/i18n/en.json' with { type: 'json' };
import fr from '../../../assets/i18n/fr.json' with { type: 'json' };
import { below, page, pages, rows } from './pages.ts';

const style = page('docs/style.md');
const languages = ['en', 'fr', 'de'] as const;
type Language = (typeof languages)[number];
const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, fr, de };
const folders = { en: 'en-US', fr: 'fr-FR', de: 'de-DE' } as const;

/** What docs/style.md says not to write in a language. */
const bad = (language: Language) =>
  rows(below(style, 'Not these'))
    .filter(([of]) => of === language)
    .map(([, not = '']) => not);

/** The phrase as words of their own, whatever the apostrophe is and where the line breaks. */
const pattern = (phrase: string) =>
  new RegExp(
    `(?<![\\p{L}-])${phrase
      .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/['’]/g, "[’']")
      .replaceAll(' ', String.raw`\s+`)}(?![\\p{L}])`,
    'iu',
  );

/** A window of MailStore is called what MailStore calls it, a function of Windows what Windows calls it. */
const quoted = (text: string) =>
  text
    .replaceAll('\u00a0', ' ')
    .replaceAll('« Gestionnaire des titres de compétences »', '')
    .replaceAll('mots de passe et d’informations d’identification pour l’authentification', '')
    .replaceAll('itinérance des informations d’identification', '')
    .replaceAll('Informations d’identification Windows', '')
    // Where a link leads is no word.
    .replaceAll(/\]\([^)]*\)/g, ']')
    // Names of what is filled in are words of the sources.
    .replaceAll(/\{\w+(?=[},])/g, '{');
/** Options and JSON names are English on the pages of every language. */
const withoutCode = (text: string) => text.replaceAll(/^```[^]*?^```$/gm, '').replaceAll(/`[^`\n]+`/g, '');
/** Windows' own policy and error speak of Windows' passwords. */
const aboutWindows = (name: string) => name.startsWith('fault.task.');

function textsOf(language: Language): (readonly [name: string, text: string])[] {
  const policies = `assets/policies/${folders[language]}/TenantKeyring.adml`;
  const languageOf = (path: string): Language => (path.startsWith('docs/fr/') ? 'fr' : path.startsWith('docs/de/') ? 'de' : 'en');
  const inLanguage = pages.filter((path) => path !== 'docs/style.md' && languageOf(path) === language);
  const read = (paths: readonly string[]) => paths.map((path) => [path, readFileSync(path, 'utf8')] as const);
  return [
    ...Object.entries(catalogues[language]).filter(([name]) => !aboutWindows(name)),
    ...read([policies]),
    ...read(inLanguage).map(([path, text]) => [path, language === 'en' ? text : withoutCode(text)] as const),
  ];
}

describe.each(languages)('what is written in %s', (language) => {
  it('has one word for a thing, and none of the phrases that were put right', () => {
    const phrases = bad(language);
    expect(phrases.length).toBeGreaterThan(5);
    const found = textsOf(language).flatMap(([name, text]) =>
      phrases.filter((phrase) => pattern(phrase).test(quoted(text))).map((phrase) => `${name}: ${phrase}`),
    );
    expect(found).toEqual([]);
  });
});

it('keeps French punctuation on the line of its word', () => {
  const torn = Object.entries(fr).filter(([, text]) => / [;:?!»]|« /.test(text));
  expect(torn.map(([key]) => key)).toEqual([]);
  expect(Object.values(fr).filter((text) => text.includes('\u00a0')).length).toBeGreaterThan(500);
});

it('finds a phrase across a line, with either apostrophe, and not inside another word', () => {
  expect('Mend them\nthere').toMatch(pattern('mend'));
  expect("d'informations d'identification").toMatch(pattern('informations d’identification'));
  expect('may not be\nworked with').toMatch(pattern('be worked with'));
  expect('a recommended amendment').not.toMatch(pattern('mend'));
});

it('names every term in three languages with its source, and the words are in use', () => {
  const terms = rows(below(style, 'Terms')).slice(1);
  expect(terms.length).toBeGreaterThan(12);
  for (const cells of terms)
    expect(
      cells.filter((cell) => cell !== ''),
      cells[0],
    ).toHaveLength(4);
  const all = (language: Language) => Object.values(catalogues[language]).join('\n').toLowerCase();
  for (const [index, language] of languages.entries()) {
    const texts = all(language);
    const unused = terms
      .map(
        (cells) =>
          (cells[index] ?? '')
            .split(',')[0]
            ?.replace(/ \(of .*\)|^.*: /, '')
            .toLowerCase() ?? '',
      )
      .filter((term) => !texts.includes(term));
    expect(unused, language).toEqual([]);
  }
});

it('is kept in comments of the sources as well, in English', () => {
  const found = globSync('{main,renderer,preload}/**/*.{ts,tsx}').flatMap((path) =>
    bad('en')
      .filter((phrase) => !['fingerprint', 'not ours'].includes(phrase))
      .filter((phrase) => pattern(phrase).test(readFileSync(path, 'utf8')))
      .map((phrase) => `${path}: ${phrase}`),
  );
  expect(found).toEqual([]);
});
