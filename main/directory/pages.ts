import { z } from 'zod';
import { Fault } from '../faults.ts';
import type { GraphCall, SendGraph } from './graph-requests.ts';
import { parsed, shaped, unexpectedAnswer } from './shaped.ts';

/** A page of a collection (Microsoft Graph, "Paging Microsoft Graph data in your app"). */
export const pageShape = z.looseObject({ value: z.array(z.unknown()), '@odata.nextLink': z.string().nullish() });

/** More pages than any collection that is read here can have: two hundred thousand entries at the usual hundred. */
const mostPages = 2000;

/** The address of the page after this body; null after the last one, and where the body is no page at all. */
export function nextLinkOf(body: unknown): string | null {
  const page = pageShape.safeParse(body);
  return page.success ? (page.data['@odata.nextLink'] ?? null) : null;
}

/** The address is Graph's to choose, the host is not: the token goes with it. @throws Fault service.host-refused, GraphFailure */
function checkHost(link: string, graph: string): void {
  if (!URL.canParse(link)) throw unexpectedAnswer('@odata.nextLink is no address');
  const { origin, host } = new URL(link);
  if (origin !== new URL(graph).origin) throw new Fault('service.host-refused', { params: { host } });
}

/**
 * The entries of all pages from `first` on.
 *
 * @param first path or `@odata.nextLink`; links lead on within the host of `graph` only, and never to a page that was read
 * @throws GraphFailure, also `EndlessPages`; Fault service.host-refused, interrupted
 */
export async function readPages(
  send: SendGraph,
  graph: string,
  first: string,
  how: Pick<GraphCall, 'signal' | 'version'>,
): Promise<unknown[]> {
  const entries: unknown[] = [];
  const seen = new Set<string>();
  for (let next: string | null = first; next !== null;) {
    if (seen.has(next) || seen.size >= mostPages)
      throw unexpectedAnswer(seen.has(next) ? '@odata.nextLink leads back to a page that was read' : 'pages without end');
    if (next !== first || next.includes('://')) checkHost(next, graph);
    seen.add(next);
    const page: z.infer<typeof pageShape> = shaped(pageShape, parsed(await send({ method: 'GET', path: next, ...how })));
    entries.push(...page.value);
    next = page['@odata.nextLink'] ?? null;
  }
  return entries;
}
