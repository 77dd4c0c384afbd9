import type { CredentialRow } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import { folded, type RowFacts } from '../state/index.ts';

/** What can be asked for by name: `expires:30d`. */
export const filterFields = ['expires', 'state', 'tenant', 'customer'] as const;
export type FilterField = (typeof filterFields)[number];

/** What the words of a filter mean, in the window’s language and in English; all of it folded. */
export interface FilterWords {
  readonly fields: ReadonlyMap<string, FilterField>;
  /** Days of a unit by its letter. */
  readonly units: ReadonlyMap<string, number>;
  readonly expired: readonly string[];
  /** What the state of a row is called. */
  readonly statesOf: (facts: RowFacts) => readonly string[];
  /** Everything that a state can be called. */
  readonly states: readonly string[];
}

/** A term that cannot be meant; it filters nothing. */
export interface FilterProblem {
  readonly text: TextKey;
  readonly term: string;
  /** Said only where nothing was found: it may be a word like any other. */
  readonly onlyIfNothing: boolean;
}

export interface Filter {
  readonly matches: (facts: RowFacts) => boolean;
  readonly problem: FilterProblem | null;
}

type Match = Filter['matches'];

interface Term {
  /** As typed. */
  readonly whole: string;
  readonly field: string | null;
  readonly value: string;
}

const quotes = '"“”„«»';
const terms = new RegExp(`(?:(\\p{L}{2,}):(?!//))?(?:[${quotes}]\\s?([^${quotes}]*)[${quotes}]?|([^\\s${quotes}]*))`, 'gu');

/** Words, words in quotes, and both behind a name and a colon. */
function termsOf(text: string): Term[] {
  return [...folded(text).matchAll(terms)].flatMap(([whole, field, quoted, bare]) => {
    const value = (quoted ?? bare ?? '').trim();
    return field === undefined && value === '' ? [] : [{ whole, field: field ?? null, value }];
  });
}

/** A thumbprint as portals write it: `a9:4f:12`. */
const hexPairs = /^[0-9a-f]{2}(?::[0-9a-f]{2})+$/;

function hasWord(word: string): Match {
  const sought = hexPairs.test(word) ? word.replaceAll(':', '') : word;
  return ({ searched }) => searched().includes(sought);
}

/** A number of days, weeks, months or years from now; a year, month or day; or what has ended. Null for anything else. */
function expiryMatch(value: string, { units, expired }: FilterWords): Match | null {
  if (expired.includes(value)) return ({ expiry }) => expiry === 'expired';
  if (/^2\d{3}(?:-\d{2}){0,2}$/.test(value)) return ({ row }) => row.certificate?.notAfter.startsWith(value) === true;
  const [, amount, unit = ''] = /^(\d{1,4})(\p{L}?)$/u.exec(value) ?? [];
  const days = units.get(unit);
  if (amount === undefined || days === undefined) return null;
  return ({ expiry, daysLeft }) => expiry !== 'expired' && daysLeft !== null && daysLeft <= Number(amount) * days;
}

/** Where the name of a state begins like this, only those do count: « confirmé par … » is not « configuré, à confirmer … ». */
function stateMatch(value: string, { states, statesOf }: FilterWords): Match | null {
  const begins = (each: string) => each.startsWith(value);
  const named = states.some(begins) ? begins : (each: string) => each.includes(value);
  return states.some(named) ? (facts) => statesOf(facts).some(named) : null;
}

const fieldMatch: Readonly<Record<FilterField, (value: string, words: FilterWords) => Match | null>> = {
  expires: expiryMatch,
  state: stateMatch,
  tenant: textMatch(({ tenantName, tenantDomain, tenantId }) => [tenantName, tenantDomain, tenantId]),
  customer: textMatch(({ customer }) => [customer]),
};

function textMatch(textsOf: (row: CredentialRow) => readonly string[]): (value: string) => Match {
  return (value) =>
    ({ row }) =>
      textsOf(row).some((text) => folded(text).includes(value));
}

const problems: Readonly<Partial<Record<FilterField, TextKey>>> = {
  expires: 'manager.filter.problem.expires',
  state: 'manager.filter.problem.state',
};

function read({ whole, field, value }: Term, words: FilterWords): { readonly match: Match | null; readonly problem: FilterProblem | null } {
  if (field === null) return { match: hasWord(value), problem: null };
  const known = words.fields.get(field);
  if (known === undefined)
    return { match: hasWord(whole), problem: { text: 'manager.filter.problem.field', term: `${field}:`, onlyIfNothing: true } };
  // Still being typed.
  if (value === '') return { match: null, problem: null };
  const match = fieldMatch[known](value, words);
  const text = problems[known];
  return { match, problem: match === null && text !== undefined ? { text, term: value, onlyIfNothing: false } : null };
}

/**
 * Reads what was typed into the filter: every term has to fit. The first term that cannot be meant is told.
 *
 * @param text e.g. `contoso state:attention expires:30d customer:"Alpine Ski"`
 */
export function readFilter(text: string, words: FilterWords): Filter {
  const all = termsOf(text).map((term) => read(term, words));
  const matches = all.map(({ match }) => match).filter((match) => match !== null);
  return {
    matches: (facts) => matches.every((match) => match(facts)),
    problem: all.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}
