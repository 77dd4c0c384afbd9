import type { PracticeAnswer, PracticeRequest, World } from '../world.ts';
import { isProperties, type Properties } from './call.ts';
import { notUnderstood } from './refusal.ts';

interface Part {
  readonly id: string;
  readonly request: PracticeRequest;
  readonly dependsOn: readonly string[];
}

/** Each version has one; what is in it is of the same version. */
export const isBatch = ({ path }: Pick<PracticeRequest, 'path'>): boolean => /^\/(?:v1\.0|beta)\/\$batch$/i.test(path);

/**
 * Microsoft Graph, "Combine multiple HTTP requests using JSON batching": at most 20 requests with ids of their own and
 * relative addresses; each is validated like a request by itself and has a status of its own; one that depends on a failed
 * one is not run and answers 424. Answers "might appear in a different order than the requests".
 *
 * @throws Refusal 400 when the batch itself is wrong
 */
export function batchAnswer(request: PracticeRequest, answer: (part: PracticeRequest) => PracticeAnswer, world: World): PracticeAnswer {
  const done = new Map<string, PracticeAnswer>();
  for (const { id, request: part, dependsOn } of partsOf(request)) {
    const failed = dependsOn.some((other) => (done.get(other)?.status ?? 0) >= 400);
    done.set(
      id,
      failed
        ? { status: 424, body: { error: { code: 'FailedDependency', message: 'A dependency of this request failed.' } } }
        : answer(part),
    );
  }
  const responses = [...done].map(([id, part]) => responseOf(id, part));
  return { status: 200, body: { responses: shuffled(responses, () => world.chance('batch')) } };
}

/** In an order by chance (Fisher and Yates). */
function shuffled<T>(items: readonly T[], chance: () => number): T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(Math.floor(chance() * rest.length), 1));
}

function responseOf(id: string, { status, headers, body }: PracticeAnswer): object {
  return body === undefined
    ? { id, status, headers: { ...headers } }
    : { id, status, headers: { ...headers, 'Content-Type': 'application/json' }, body };
}

function partsOf(request: PracticeRequest): Part[] {
  const { body } = request;
  const requests = isProperties(body) ? body['requests'] : undefined;
  if (!isProperties(body) || !Array.isArray(requests) || requests.length === 0 || Object.keys(body).some((name) => name !== 'requests')) {
    throw notUnderstood('Invalid batch payload format.');
  }
  if (requests.length > 20) throw notUnderstood('Number of batch request steps exceeds the maximum value of 20.');
  // "Not case-sensitive. Must be unique in the batch" (same page, property `id`): lower case → as it was written.
  const ids = new Map<string, string>();
  return requests.map((item: unknown) => {
    const part = partOf(item, request);
    if (ids.has(part.id.toLowerCase())) throw notUnderstood(`Invalid batch payload: request id '${part.id}' is not unique.`);
    const dependsOn = part.dependsOn.map((other) => {
      const known = ids.get(other.toLowerCase());
      if (known !== undefined) return known;
      throw notUnderstood(`Invalid batch payload: request '${part.id}' depends on '${other}', which does not precede it.`);
    });
    ids.set(part.id.toLowerCase(), part.id);
    return { ...part, dependsOn };
  });
}

const fields = new Set(['id', 'method', 'url', 'headers', 'body', 'dependsOn']);

function partOf(item: unknown, outer: PracticeRequest): Part {
  if (!isProperties(item)) throw notUnderstood('Invalid batch payload format.');
  const unknown = Object.keys(item).find((name) => !fields.has(name));
  if (unknown !== undefined) throw notUnderstood(`Invalid batch payload: unknown property '${unknown}'.`);
  const { id, method, url, dependsOn = [] } = item;
  if (typeof id !== 'string' || id === '') throw notUnderstood('Invalid batch payload: every request needs an id.');
  if (typeof method !== 'string' || !/^(?:GET|POST|PATCH|PUT|DELETE)$/.test(method))
    throw notUnderstood(`Invalid batch payload: request '${id}' has no valid method.`);
  if (!Array.isArray(dependsOn) || !dependsOn.every((other) => typeof other === 'string'))
    throw notUnderstood(`Invalid batch payload: dependsOn of request '${id}'.`);
  const headers = headersOf(item, id);
  if (item['body'] !== undefined && !(headers['content-type'] ?? '').startsWith('application/json')) {
    throw notUnderstood(`Write request id : ${id} does not contain Content-Type header or body.`);
  }
  const { path, query } = addressOf(url, id, outer.path.slice(0, outer.path.lastIndexOf('/') + 1));
  const host = outer.headers['x-practice-host'];
  return {
    id,
    dependsOn,
    request: {
      method,
      path,
      query,
      headers: { ...headers, ...(host === undefined ? {} : { 'x-practice-host': host }) },
      body: item['body'],
    },
  };
}

function headersOf(item: Properties, id: string): Record<string, string> {
  const headers = item['headers'] ?? {};
  if (!isProperties(headers) || !Object.values(headers).every((value) => typeof value === 'string'))
    throw notUnderstood(`Invalid batch payload: headers of request '${id}'.`);
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Addresses are relative to the version of the batch; a batch inside a batch is not allowed. */
function addressOf(url: unknown, id: string, root: string): { path: string; query: URLSearchParams } {
  const refused = () => notUnderstood(`Invalid batch payload: url of request '${id}' must be relative to the version.`);
  if (typeof url !== 'string' || url === '' || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(url) || url.includes('\\')) throw refused();
  const [address = '', query = ''] = url.split(/\?(.*)/s);
  try {
    const path = `${root}${decodeURIComponent(address).replace(/^\//, '')}`;
    if (isBatch({ path }) || /^\/[^/]+\/(?:v1\.0|beta)\//i.test(path)) throw refused();
    return { path, query: new URLSearchParams(query) };
  } catch {
    throw refused();
  }
}
