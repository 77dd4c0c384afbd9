import { badRequest, notSimulated, notUnderstood, Refusal } from './refusal.ts';

export type QueryOption = '$select' | '$filter' | '$top' | '$skiptoken';

/** OData 4.01 system query options that Microsoft Graph knows in general, though not on every call. */
const systemOptions = new Set([
  '$select',
  '$filter',
  '$top',
  '$skiptoken',
  '$skip',
  '$expand',
  '$orderby',
  '$count',
  '$search',
  '$format',
  '$deltatoken',
  '$apply',
  '$compute',
  '$levels',
]);

/**
 * Only the options that are simulated for this call; an unknown option is an error, never ignored (Microsoft Graph, "Use
 * query parameters to customize responses"). Graph has more of them, and on some calls takes them without the `$`, so
 * those are not refused in its name.
 *
 * @throws Refusal 400, 501
 */
export function requireQueryOptions(query: URLSearchParams, allowed: readonly QueryOption[]): void {
  const seen = new Set<string>();
  for (const name of query.keys()) {
    if (seen.has(name)) throw notUnderstood(`Query option '${name}' was specified more than once, but it must be specified at most once.`);
    seen.add(name);
    if (allowed.some((option) => option === name)) continue;
    if (systemOptions.has(name) || systemOptions.has(`$${name}`)) throw notSimulated(`the query option ${name} for this request`);
    throw notUnderstood(`The query parameter '${name}' is not supported.`);
  }
}

/** A type as far as it is simulated. */
export interface SelectableType {
  /** Type name without namespace, e.g. `application`. */
  readonly type: string;
  readonly properties: readonly string[];
  /** True where `properties` are all that Microsoft's type has. */
  readonly complete?: true;
}

/** `$select` as names; undefined without one. @throws Refusal 400 for a property that the type does not have, 501 for one that may be there */
export function selected(query: URLSearchParams, { type, properties, complete }: SelectableType): readonly string[] | undefined {
  const select = query.get('$select');
  if (select === null) return undefined;
  const names = select.split(',').map((name) => name.trim());
  for (const name of names) {
    if (name === '')
      throw notUnderstood("Parsing OData Select and Expand failed: Term '' is not valid in a $select or $expand expression.");
    if (properties.includes(name)) continue;
    if (complete !== true) throw notSimulated(`the property ${name} of ${type}`);
    throw notUnderstood(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
    );
  }
  return names;
}

/** `$top`: 1 to 999, default 100 (Microsoft Graph, "Paging Microsoft Graph data in your app"). */
export function pageSize(query: URLSearchParams): number {
  const top = query.get('$top');
  if (top === null) return 100;
  if (!/^\d+$/.test(top))
    throw notUnderstood(`Invalid value '${top}' for $top query option found. The $top query option requires a non-negative integer value.`);
  const size = Number(top);
  if (size < 1 || size > 999) throw badRequest('Invalid page size specified. Must be between 1 and 999 inclusive.');
  return size;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque token of the next page. */
  readonly skipToken?: string;
}

/** The page behind `$skiptoken`; the token names the last object seen, so that objects created meanwhile shift nothing. */
export function page<T extends { readonly id: string }>(items: readonly T[], query: URLSearchParams): Page<T> {
  const token = query.get('$skiptoken');
  const start = token === null ? 0 : startOf(items, token);
  const size = pageSize(query);
  const here = items.slice(start, start + size);
  const last = here.at(-1);
  return last && start + size < items.length
    ? { items: here, skipToken: `RFNwdAoA${Buffer.from(last.id).toString('base64url')}` }
    : { items: here };
}

function startOf(items: readonly { readonly id: string }[], token: string): number {
  const id = token.startsWith('RFNwdAoA') ? Buffer.from(token.slice(8), 'base64url').toString() : '';
  const index = items.findIndex((item) => item.id === id);
  if (index < 0)
    throw new Refusal(
      400,
      'Directory_ExpiredPageToken',
      'The specified page token value has expired and can no longer be included in your request.',
    );
  return index + 1;
}
