import { describe, expect, it } from 'vitest';
import de from '../../../assets/i18n/de.json' with { type: 'json' };
import en from '../../../assets/i18n/en.json' with { type: 'json' };
import fr from '../../../assets/i18n/fr.json' with { type: 'json' };
import { createTexts } from '../../../renderer/bridge/translate.ts';
import { readFilter } from '../../../renderer/features/manager/filter.ts';
import { filterWords } from '../../../renderer/features/manager/filter-words.ts';
import { rowFacts } from '../../../renderer/features/state/row-facts.ts';
import { row, rows, today } from '../../host/fixtures.ts';
import { filterTerms } from '../docs/filter-terms.ts';

const catalogues = { en, fr, de };
type Language = keyof typeof catalogues;
const wordsIn = (language: Language) => filterWords(createTexts(language, catalogues[language], [language]));
const annotations = [
  { field: 'customer', label: 'Customer', lines: 'one', column: true, search: true },
  { field: 'notes', label: 'Notes', lines: 'several', column: false, search: true },
] as const;

/** The seven of the fixtures, two of which have a customer. */
const list = rows(7).map((each, index) => ({
  ...each,
  customer: index === 0 ? 'Alpine Ski House' : index === 1 ? 'Société Générale d’Été' : '',
  notes: index === 2 ? 'Call Ms Weber before changes' : '',
}));

function found(text: string, language: Language = 'en'): string[] {
  const { t } = createTexts(language, catalogues[language], [language]);
  const { matches } = readFilter(text, wordsIn(language));
  return list
    .map((each) => rowFacts(each, today.getTime(), [...annotations], ({ state, cloud }) => [t(`state.${state}`), cloud]))
    .filter(matches)
    .map(({ row: { name } }) => name);
}
const problem = (text: string, language: Language = 'en') => readFilter(text, wordsIn(language)).problem;

describe('words of the filter', () => {
  it('fit in any order, in parts, whatever their case and accents', () => {
    expect(found('ARCHIVE contoso')).toEqual(['Contoso archive']);
    expect(found('contoso arch')).toEqual(['Contoso archive']);
    expect(found('societe ete')).toEqual(['Fabrikam MailStore']);
    expect(found('contoso fabrikam')).toEqual([]);
  });

  it('find customers, notes, states, reasons, clouds and thumbprints', () => {
    expect(found('alpine')).toEqual(['Contoso archive']);
    expect(found('weber')).toEqual(['Litware archive']);
    expect(found('needs attention')).toEqual(['Tailspin Toys']);
    expect(found('AADSTS700027')).toEqual(['Tailspin Toys']);
    expect(found('gcch')).toEqual(['Wingtip']);
    const thumbprint = list[0]?.certificate?.thumbprint ?? '';
    expect(found(thumbprint.slice(0, 8).replaceAll(/(..)(?=.)/g, '$1:'))).toEqual(['Contoso archive']);
  });

  it('stay together in quotes', () => {
    expect(found('"ski house"')).toEqual(['Contoso archive']);
    expect(found('"house ski"')).toEqual([]);
    expect(found('„ski house“')).toEqual(['Contoso archive']);
    // While the second quote is not typed yet.
    expect(found('"ski hou')).toEqual(['Contoso archive']);
  });

  it('may hold an address', () => {
    expect(found('https://mailstore.contoso.com:8462')).toEqual(['Contoso archive']);
    expect(problem('https://mailstore.contoso.com:8462')).toBeNull();
  });
});

describe('what is asked for by name', () => {
  it('is an end within a time, which has not come yet, a month, or one that has come', () => {
    expect(found('expires:30d')).toEqual(['Fabrikam MailStore']);
    expect(found('expires:30')).toEqual(['Fabrikam MailStore']);
    expect(found('expires:2w')).toEqual([]);
    expect(found('expires:9m')).toEqual(['Fabrikam MailStore', 'Litware archive', 'Northwind Traders']);
    expect(found('expires:2028-02')).toEqual(['Contoso archive']);
    expect(found('expires:2028')).toEqual(['Contoso archive', 'Wingtip']);
    expect(found('expires:expired')).toEqual(['Tailspin Toys']);
  });

  it('is a state, or what is to be done', () => {
    expect(found('state:attention')).toEqual(['Tailspin Toys']);
    expect(found('state:unfinished')).toEqual(['Litware archive', 'Northwind Traders', 'Proseware']);
    expect(found('state:confirmed')).toEqual(['Wingtip']);
    expect(found('state:wait')).toEqual(['Proseware']);
  });

  it('is a tenant or a customer, and all of it together with words', () => {
    expect(found('tenant:contoso')).toEqual(['Contoso archive']);
    expect(found('customer:"alpine ski"')).toEqual(['Contoso archive']);
    expect(found('customer:contoso')).toEqual([]);
    expect(found('state:proven expires:30d store')).toEqual(['Fabrikam MailStore']);
  });

  it('has the names of the window’s language, and those of English', () => {
    expect(found('expire:30j', 'fr')).toEqual(['Fabrikam MailStore']);
    expect(found('etat:intervention', 'fr')).toEqual(['Tailspin Toys']);
    expect(found('état:intervention', 'fr')).toEqual(['Tailspin Toys']);
    expect(found('ablauf:30t', 'de')).toEqual(['Fabrikam MailStore']);
    expect(found('ablauf:1j', 'de')).toContain('Litware archive');
    expect(found('expires:30d state:proven', 'de')).toEqual(['Fabrikam MailStore']);
  });

  it.each(['en', 'fr', 'de'] as const)('is what the hint shows (%s)', (language) => {
    const examples = catalogues[language]['manager.filter.hint'].match(/\p{L}+:[^\s,.]+/gu) ?? [];
    expect(examples).toHaveLength(5);
    for (const example of examples) expect(problem(example, language), example).toBeNull();
    const [placeholder = ''] = catalogues[language]['manager.filter'].match(/\p{L}+:\S+/u) ?? [];
    expect(found(placeholder, language)).toEqual(['Fabrikam MailStore']);
  });
});

describe('a term that cannot be meant', () => {
  it('filters nothing, and is told', () => {
    expect(problem('expires:soon')).toEqual({ text: 'manager.filter.problem.expires', term: 'soon', onlyIfNothing: false });
    expect(problem('state:green')).toEqual({ text: 'manager.filter.problem.state', term: 'green', onlyIfNothing: false });
    expect(found('expires:soon')).toHaveLength(7);
    expect(found('expires:soon contoso')).toEqual(['Contoso archive']);
  });

  it('is none while it is being typed', () => {
    for (const text of ['', ' ', 'expires:', 'state:', 'state:a', '"']) expect([text, problem(text)]).toEqual([text, null]);
  });

  it('with an unknown name is a word like any other, told only where nothing is found', () => {
    expect(problem('stat:attention')).toEqual({ text: 'manager.filter.problem.field', term: 'stat:', onlyIfNothing: true });
    const named = { ...row({ name: 'a:b', domain: 'a.example', ends: 1, state: 'proven' as const }), name: 'Backup role:main' };
    expect(readFilter('role:main', wordsIn('en')).matches(rowFacts(named, 0))).toBe(true);
  });
});

describe.each(['fr', 'de'] as const)('what the guide says of the filter (%s)', (language) => {
  /** As it is typed: an amount stands for an expiry, a word without a name for a state. */
  const typed = (term: string, of: Language) => {
    if (term.includes(':')) return term;
    const field = /^\d+\p{L}$/u.test(term) ? 'expires' : 'state';
    return `${of === 'en' ? field : catalogues[of][`manager.filter.word.${field}`]}:${term}`;
  };
  const each = [
    ...rows(7),
    { ...row({ name: 'Alpine', domain: 'alpine.example', ends: 110, state: 'waiting-consent' as const }), customer: 'Alpine Ski House' },
    row({ name: 'Soon', domain: 'soon.example', ends: 10, state: 'set-up' }),
  ].map((credential) => rowFacts(credential, today.getTime()));
  const read = (term: string, of: Language) => {
    const { matches, problem: told } = readFilter(typed(term, of), wordsIn(of));
    return { told, found: each.filter(matches).map(({ row: { name } }) => name) };
  };

  it.each(filterTerms[language])('%s finds what %s finds', (local, english) => {
    const inEnglish = read(english, 'en');
    expect(inEnglish.told).toBeNull();
    expect(inEnglish.found.length).toBeGreaterThan(0);
    expect(inEnglish.found.length).toBeLessThan(each.length);
    expect(read(local, language)).toEqual(inEnglish);
    // English holds in every language.
    expect(read(typed(english, 'en'), language)).toEqual(inEnglish);
  });
});
