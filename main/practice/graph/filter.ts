import { notUnderstood, Refusal } from './refusal.ts';

/** Properties that this collection can be filtered on; `fold` compares without regard to case, as Entra does with names and GUIDs. */
export type Filterable = Readonly<Record<string, 'fold' | 'exact'>>;

export interface Comparison {
  readonly property: string;
  readonly value: string;
}

/**
 * `$filter` of the one form used here: `property eq 'value'`, a quote inside written twice
 * (Microsoft Graph, "Use the $filter query parameter" and "Use query parameters", escaping single quotes).
 *
 * @throws Refusal 400 for anything else
 */
export function comparisonOf(query: URLSearchParams, filterable: Filterable, type: string): Comparison | undefined {
  const filter = query.get('$filter');
  if (filter === null) return undefined;
  const match = /^\s*(\w+)\s+(\w+)\s+'((?:[^']|'')*)'\s*$/.exec(filter);
  if (!match) throw notUnderstood(`Invalid filter clause: There is an unterminated string literal or a syntax error in '${filter}'.`);
  const [, property = '', operator = '', value = ''] = match;
  if (operator !== 'eq' || !(property in filterable)) {
    throw new Refusal(
      400,
      'Request_UnsupportedQuery',
      `Unsupported or invalid query filter clause specified for property '${property}' of resource '${type}'.`,
    );
  }
  return { property, value: value.replaceAll("''", "'") };
}

/** The objects that satisfy the comparison; all without one. */
export function filtered<T extends object>(items: readonly T[], comparison: Comparison | undefined, filterable: Filterable): readonly T[] {
  if (!comparison) return items;
  const folded = filterable[comparison.property] === 'fold';
  const form = (value: string) => (folded ? value.toLowerCase() : value);
  const wanted = form(comparison.value);
  return items.filter((item) => {
    const value: unknown = Reflect.get(item, comparison.property);
    return typeof value === 'string' && form(value) === wanted;
  });
}
