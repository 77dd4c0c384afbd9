import { globSync, readFileSync } from 'node:fs';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import de from '../../../assets/i18n/de.json' with { type: 'json' };
import en from '../../../assets/i18n/en.json' with { type: 'json' };
import fr from '../../../assets/i18n/fr.json' with { type: 'json' };
import { faultTable, Fault, type FaultCode } from '../../../main/faults.ts';
import { chooseLanguage, createTexts, languages, type TextKey } from '../../../main/texts/index.ts';
import { keysIn } from './reach.ts';
import { usesOf } from './uses.ts';

const catalogues: Record<string, Record<string, string>> = { en, fr, de };

const kindOf = (type: TYPE) => (type === TYPE.plural ? TYPE[TYPE.number] : TYPE[type]);

/** Name and kind of every placeholder: a number formatted as one in one language only is a mistake in the other. */
function placeholdersOf(elements: readonly MessageFormatElement[]): (readonly [name: string, kind: string])[] {
  return elements.flatMap((each) => {
    if (each.type === TYPE.literal || each.type === TYPE.pound) return [];
    if (each.type === TYPE.tag) return placeholdersOf(each.children);
    const inner =
      each.type === TYPE.plural || each.type === TYPE.select
        ? Object.values(each.options).flatMap((option) => placeholdersOf(option.value))
        : [];
    return [[each.value, kindOf(each.type)] as const, ...inner];
  });
}

const placeholders = (text: string) => [...new Set(placeholdersOf(parse(text)).map((each) => each.join(' ')))].toSorted();
const names = (key: string) => placeholdersOf(parse((catalogues['en'] ?? {})[key] ?? '')).map(([name]) => name);

describe.each(languages)('the catalogue %s', (language) => {
  const catalogue = catalogues[language] ?? {};

  it('has exactly the keys of the English one, sorted', () => {
    expect(Object.keys(catalogue)).toEqual(Object.keys(en).toSorted());
  });

  it('has the same placeholders in every text', () => {
    const differing = Object.entries(en).filter(([key, text]) => placeholders(text).join() !== placeholders(catalogue[key] ?? '').join());
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('can be formatted in every text: plurals have their “other”, tags are closed', () => {
    const texts = createTexts(language);
    for (const key of Object.keys(en) as TextKey[]) {
      const params = Object.fromEntries(placeholdersOf(parse(en[key])).map(([name, kind]) => [name, kind === 'argument' ? 'x' : 2]));
      expect(texts.t(key, params).trim(), key).not.toBe('');
    }
  });

  it.each(['window', 'command line'] as const)('tells every fault in the %s, also when a value is unknown', (client) => {
    const texts = createTexts(language, client);
    for (const code of Object.keys(faultTable) as FaultCode[]) {
      const { message, fix } = texts.faultText(new Fault(code));
      expect(message.length, code).toBeGreaterThan(5);
      expect(fix.length, code).toBeGreaterThan(5);
      expect(`${message}${fix}`, code).not.toMatch(/[{}]/);
    }
  });
});

describe('the keys', () => {
  // A key is used when it stands in the source as it is, or when a template of the source can make it.
  const source =
    globSync('{main,renderer,preload}/**/*.{ts,tsx}')
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n') +
    globSync('assets/servers/*/server.json')
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');

  it('are all used', () => {
    const codes = Object.keys(faultTable).flatMap((code) => [`fault.${code}`, `fault.${code}.fix`]);
    const own = Object.keys(en).filter((key) => !key.endsWith('.window'));
    const used = new Set([
      ...codes,
      ...keysIn(
        source,
        own.filter((key) => !key.startsWith('fault.')),
      ),
    ]);
    expect(own.filter((key) => !used.has(key))).toEqual([]);
  });

  it('of faults are all thrown somewhere', () => {
    const elsewhere = source.replace(/export const faultTable[^]*?as const satisfies/, '');
    const unthrown = Object.keys(faultTable).filter((code) => !elsewhere.includes(`'${code}'`));
    expect(unthrown).toEqual([]);
  });
});

describe('the values that the source gives', () => {
  const uses = globSync('{main,renderer}/**/*.{ts,tsx}').flatMap((path) =>
    usesOf(path, readFileSync(path, 'utf8')).map((use) => ({ path, ...use })),
  );

  it('fill every placeholder of the text', () => {
    const lacking = uses.flatMap(({ path, key, given }) =>
      names(key)
        .filter((name) => given !== null && !given.includes(name))
        .map((name) => `${path}: ${key} lacks ${name}`),
    );
    expect(lacking).toEqual([]);
    expect(uses.length).toBeGreaterThan(400);
  });

  it('are found where they stand', () => {
    const source = `
      t('a'); texts.t('b', { x, 'y': 1 }); t(late ? 'c' : 'd', { z: 2 }); t('e', params); other('f');
      new Fault('g', { params: { n: 1 }, cause }); new Fault('h'); new Fault('i', options);
    `;
    const fault = (code: string, given: readonly string[] | null) => [
      { key: `fault.${code}`, given },
      { key: `fault.${code}.fix`, given },
    ];
    expect(usesOf('main/x.ts', source)).toEqual([
      { key: 'a', given: [] },
      { key: 'b', given: ['x', 'y'] },
      { key: 'c', given: ['z'] },
      { key: 'd', given: ['z'] },
      { key: 'e', given: null },
      ...fault('g', ['n']),
      ...fault('h', []),
      ...fault('i', null),
    ]);
    expect(usesOf('main/credential/fields/x.ts', `refused('a', { n: 1 }); passed('check.b')`)).toEqual(fault('a', ['n']));
    expect(usesOf('main/registration/verify/x.ts', `passed('check.b'); (late ? pending : failed)('check.c', { n: 1 }); f('d')`)).toEqual([
      { key: 'check.b', given: [] },
      { key: 'check.c', given: ['n'] },
    ]);
  });
});

describe('the language', () => {
  it.each([
    ['fr', {}, 'fr'],
    [undefined, { LANG: 'de_AT.UTF-8' }, 'de'],
    [undefined, { LC_ALL: 'fr_CA.UTF-8', LANG: 'de_DE.UTF-8' }, 'fr'],
    ['xx', { LANG: 'C' }, 'en'],
  ])('asked %s in %o is %s', (asked, env, expected) => {
    expect(chooseLanguage(asked, env)).toBe(expected);
  });

  it('says plurals and dates in its own way', () => {
    expect(createTexts('fr').date(new Date('2028-02-23T12:00:00Z'))).toBe('23 févr. 2028');
    expect(createTexts('fr').date(new Date('2027-04-01T12:00:00Z'))).toBe('1er avr. 2027');
    expect(createTexts('en').date(new Date('2027-04-01T12:00:00Z'))).toBe('Apr 1, 2027');
    expect(createTexts('de').t('check.graph-read.passed', { users: 2 })).toContain('2 Benutzer gelesen');
  });
});
