import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { ReadAnswer } from './directory.ts';
import { GraphFailure } from './directory.ts';
import { failureOfAnswer } from './graph-failure.ts';
import type { SendGraph } from './graph-requests.ts';
import { nextLinkOf, pageShape, readPages } from './pages.ts';
import { parsed, shaped } from './shaped.ts';
import { createRetryBudget } from '../http/index.ts';

/** Microsoft Graph, "Combine multiple HTTP requests using JSON batching": at most 20 requests in one. */
const largest = 20;

const partShape = z.object({
  id: z.string(),
  status: z.int(),
  headers: z.record(z.string(), z.string()).nullish(),
  body: z.unknown().optional(),
});
type Part = z.infer<typeof partShape>;

const answerShape = z.object({ responses: z.array(partShape) });

const header = (part: Part, name: string): string | null =>
  Object.entries(part.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1] ?? null;

function answerOf(part: Part): ReadAnswer<unknown> {
  if (part.status >= 200 && part.status < 300) return { ok: true, value: part.body ?? null };
  const failure = failureOfAnswer({
    status: part.status,
    contentType: header(part, 'content-type'),
    text: typeof part.body === 'string' ? part.body : JSON.stringify(part.body ?? {}),
    requestId: header(part, 'request-id') ?? '',
  });
  return { ok: false, failure };
}

async function ask(
  send: SendGraph,
  names: readonly string[],
  paths: Readonly<Record<string, string>>,
  { signal, version }: BatchRun,
): Promise<readonly Part[]> {
  const requests = names.map((name) => ({ id: name, method: 'GET', url: paths[name] }));
  const text = await send({
    method: 'POST',
    path: '/$batch',
    body: { requests },
    repeatable: true,
    ...(signal === undefined ? {} : { signal }),
    ...(version === undefined ? {} : { version }),
  });
  return shaped(answerShape, parsed(text)).responses;
}

const wantsAgain = (answer: ReadAnswer<unknown>): boolean =>
  !answer.ok && (answer.failure.kind === 'throttled' || answer.failure.status >= 500);

export interface BatchRun {
  /** Origin of Microsoft Graph, the only one that `@odata.nextLink` may lead to. */
  readonly graph: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Of the batch and all that is in it; default v1.0. */
  readonly version?: 'beta';
}

/** The whole collection where the part was its first page: with more than a hundred entries Graph answers in pages in a batch too. */
async function completed(send: SendGraph, { graph, signal }: BatchRun, answer: ReadAnswer<unknown>): Promise<ReadAnswer<unknown>> {
  const next = answer.ok ? nextLinkOf(answer.value) : null;
  if (!answer.ok || next === null) return answer;
  try {
    const further = await readPages(send, graph, next, signal === undefined ? {} : { signal });
    const { '@odata.nextLink': _, value, ...rest } = shaped(pageShape, answer.value);
    return { ok: true, value: { ...rest, value: [...value, ...further] } };
  } catch (error) {
    if (error instanceof GraphFailure) return { ok: false, failure: error };
    throw error;
  }
}

/**
 * Reads of any number in as few `$batch` requests as possible. Parts that were throttled or failed in passing are asked
 * again, together, after the longest Retry-After among them; a collection of more than one page is read to its end.
 *
 * @throws GraphFailure of the batch as a whole, Fault service.host-refused, interrupted
 */
export async function readInBatches<K extends string>(
  send: SendGraph,
  run: BatchRun,
  paths: Readonly<Record<K, string>>,
): Promise<Map<string, ReadAnswer<unknown>>> {
  const { clock, signal } = run;
  const answers = new Map<string, ReadAnswer<unknown>>();
  const budget = createRetryBudget(clock, signal);
  let open: readonly string[] = Object.keys(paths);
  while (open.length > 0) {
    const chunks = Array.from({ length: Math.ceil(open.length / largest) }, (_, index) =>
      open.slice(index * largest, (index + 1) * largest),
    );
    const parts = (await Promise.all(chunks.map((names) => ask(send, names, paths, run)))).flat();
    const missing = new GraphFailure('uncertain', { status: 0, code: 'NoAnswer', message: 'the batch has no answer for this request' });
    for (const name of open) {
      const part = parts.find(({ id }) => id === name);
      answers.set(name, part === undefined ? { ok: false, failure: missing } : answerOf(part));
    }
    const again = open.filter((name) => wantsAgain(answers.get(name) ?? { ok: true, value: null }));
    if (again.length === 0) break;
    const retryAfter = parts
      .filter(({ id }) => again.includes(id))
      .map((part) => header(part, 'retry-after'))
      .reduce(longer, null);
    const throttled = again.some(
      (name) => answers.get(name)?.ok === false && parts.some(({ id, status }) => id === name && status === 429),
    );
    open = (await budget.again(throttled ? 'throttled' : 'failed', retryAfter)) ? again : [];
  }
  const whole = await Promise.all([...answers].map(async ([name, answer]) => [name, await completed(send, run, answer)] as const));
  return new Map(whole);
}

function longer(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Number(other) > Number(one) ? other : one;
}
