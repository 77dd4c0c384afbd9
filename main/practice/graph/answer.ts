import type { PracticeAnswer } from '../world.ts';
import type { Call } from './call.ts';
import { page, selected, type SelectableType } from './query.ts';

const root = ({ host, request: { path } }: Call) => `https://${host}/${path.startsWith('/beta/') ? 'beta' : 'v1.0'}`;

function pick(value: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, Reflect.get(value, name) ?? null]));
}

/** What an object type shows: all its properties, and how one object is turned into them. */
export interface Presentation<T> extends SelectableType {
  /** Entity set or path behind `$metadata#`. */
  readonly set: string;
  /** Properties that come only when `$select` names them. */
  readonly onlySelected?: readonly string[];
  /** `alone`: one object was asked for by name and `$select` names this property. */
  present(object: T, alone: readonly string[]): object;
}

/** One object: `@odata.context` and the selected properties. */
export function entity<T>(call: Call, presentation: Presentation<T>, object: T, status = 200): PracticeAnswer {
  const names = status === 200 ? selected(call.request.query, presentation) : undefined;
  const shown = names ?? presentation.properties.filter((name) => !presentation.onlySelected?.includes(name));
  const context = `${root(call)}/$metadata#${presentation.set}${names ? `(${names.join(',')})` : ''}/$entity`;
  return { status, body: { '@odata.context': context, ...pick(presentation.present(object, names ?? []), shown) } };
}

/** One page of a collection, with `@odata.nextLink` on the same host and with the same options where there is more. */
export function collection<T extends { readonly id: string }>(
  call: Call,
  presentation: Presentation<T>,
  objects: readonly T[],
): PracticeAnswer {
  const { query, path } = call.request;
  const names = selected(query, presentation);
  const shown = names ?? presentation.properties.filter((name) => !presentation.onlySelected?.includes(name));
  const { items, skipToken } = page(objects, query);
  return {
    status: 200,
    body: {
      '@odata.context': `${root(call)}/$metadata#${presentation.set}${names ? `(${names.join(',')})` : ''}`,
      ...(skipToken === undefined ? {} : { '@odata.nextLink': `https://${call.host}${encodeURI(path)}?${nextQuery(query, skipToken)}` }),
      value: items.map((object) => pick(presentation.present(object, []), shown)),
    },
  };
}

function nextQuery(query: URLSearchParams, skipToken: string): string {
  const options = [...query].filter(([name]) => name !== '$skiptoken');
  return [...options, ['$skiptoken', skipToken] as const].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}
