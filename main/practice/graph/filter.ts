import { notSimulated, notUnderstood } from './refusal.ts';

/** Properties that this collection can be filtered on; `fold` compares without regard to case, as Entra does with names and GUIDs. */
export type Filterable = Readonly<Record<string, 'fold' | 'exact'>>;

export interface Comparison {
  readonly property: string;
  readonly value: string;
}

const clause = /^(\w+)\s+(\w+)\s+'((?:[^']|'')*)'/;

/**
 * `$filter` of the form used here: `property eq 'value'`, several of them joined by `and`, a quote inside written twice
 * (Microsoft Graph, "Use the $filter query parameter" and "Use query parameters", escaping single quotes). What OData has
 * besides is not simulated; an odd number of quotes is no filter at all.
 *
 * @throws Refusal 400, 501
 */
export function comparisonsOf(query: URLSearchParams, filterable: Filterable, type: string): readonly Comparison[] {
  const filter = query.get('$filter')?.trim();
  if (filter === undefined) return [];
  if (filter === '' || (filter.match(/'/g) ?? []).length % 2 === 1)
    throw notUnderstood(`Invalid filter clause: There is an unterminated string literal or a syntax error in '${filter}'.`);
  const comparisons: Comparison[] = [];
  for (let rest = filter; ;) {
    const [whole = '', property = '', operator = '', value = ''] = clause.exec(rest) ?? [];
    if (operator !== 'eq' || !Object.hasOwn(filterable, property)) throw notSimulated(`the filter ${filter} on ${type}`);
    comparisons.push({ property, value: value.replaceAll("''", "'") });
    rest = rest.slice(whole.length);
    if (rest === '') return comparisons;
    const [and = ''] = /^\s+and\s+/.exec(rest) ?? [];
    if (and === '') throw notSimulated(`the filter ${filter} on ${type}`);
    rest = rest.slice(and.length);
  }
}

/** The objects that satisfy every comparison. */
export function filtered<T extends object>(items: readonly T[], comparisons: readonly Comparison[], filterable: Filterable): readonly T[] {
  return comparisons.reduce((left, { property, value: asked }) => {
    const form = (value: string) => (filterable[property] === 'fold' ? value.toLowerCase() : value);
    return left.filter((item) => {
      const value: unknown = Reflect.get(item, property);
      return typeof value === 'string' && form(value) === form(asked);
    });
  }, items);
}
