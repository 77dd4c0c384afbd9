import type { Clock } from '../clock.ts';
import type { ReadAnswer } from './directory.ts';
import { GraphFailure } from './directory.ts';
import { failureOfAnswer } from './graph-failure.ts';
import type { SendGraph } from './graph-requests.ts';
import { createRetryBudget } from '../http/index.ts';

/** Microsoft Graph, "Combine multiple HTTP requests using JSON batching": at most 20 requests in one. */
const largest = 20;

interface Part {
  readonly id: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

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
  signal: AbortSignal | undefined,
): Promise<readonly Part[]> {
  const requests = names.map((name) => ({ id: name, method: 'GET', url: paths[name] }));
  const text = await send({
    method: 'POST',
    path: '/$batch',
    body: { requests },
    repeatable: true,
    ...(signal === undefined ? {} : { signal }),
  });
  const { responses }: { responses?: Part[] } = JSON.parse(text ?? '{}');
  return responses ?? [];
}

const wantsAgain = (answer: ReadAnswer<unknown>): boolean =>
  !answer.ok && (answer.failure.kind === 'throttled' || answer.failure.status >= 500);

/**
 * Reads of any number in as few `$batch` requests as possible. Parts that were throttled or failed in passing are asked
 * again, together, after the longest Retry-After among them.
 */
export async function readInBatches<K extends string>(
  send: SendGraph,
  clock: Clock,
  paths: Readonly<Record<K, string>>,
  signal: AbortSignal | undefined,
): Promise<Map<string, ReadAnswer<unknown>>> {
  const answers = new Map<string, ReadAnswer<unknown>>();
  const budget = createRetryBudget(clock, signal);
  let open: readonly string[] = Object.keys(paths);
  while (open.length > 0) {
    const chunks = Array.from({ length: Math.ceil(open.length / largest) }, (_, index) =>
      open.slice(index * largest, (index + 1) * largest),
    );
    const parts = (await Promise.all(chunks.map((names) => ask(send, names, paths, signal)))).flat();
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
  return answers;
}

function longer(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Number(other) > Number(one) ? other : one;
}
