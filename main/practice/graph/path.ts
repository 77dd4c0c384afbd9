import { notUnderstood } from './refusal.ts';

/** How an object is addressed: by `id` (`/applications/{id}`) or by an alternate key (`/applications(appId='…')`). */
export interface ObjectKey {
  readonly name: string;
  readonly value: string;
}

/** One piece of a path: a name, or the key in parentheses behind a name. */
export type Segment = string | ObjectKey;

/**
 * Splits a decoded path below `/v1.0`. Slashes inside quotes belong to the key; `''` inside quotes is one quote
 * (OData 4.01 URL Conventions, "Addressing Entities"; Microsoft Graph, "Use query parameters", escaping single quotes).
 *
 * @throws Refusal `BadRequest` for an unfinished key or an empty segment
 */
export function segmentsOf(path: string): Segment[] {
  const parts = path.replace(/^\/+|\/$/g, '').match(/(?:'(?:[^']|'')*'|[^/'])+/g) ?? [];
  if (parts.join('/') !== path.replace(/^\/+|\/$/g, '')) throw notUnderstood(`Invalid path: '${path}'.`);
  return parts.flatMap((part) => segmentAndKey(part));
}

function segmentAndKey(part: string): Segment[] {
  const keyed = /^([A-Za-z0-9.$]+)\((\w+)='((?:[^']|'')*)'\)$/.exec(part);
  if (keyed) return [keyed[1] ?? '', { name: keyed[2] ?? '', value: (keyed[3] ?? '').replaceAll("''", "'") }];
  if (part.includes('(')) throw notUnderstood(`Resource not found for the segment '${part.slice(0, part.indexOf('('))}'.`);
  return [part];
}
