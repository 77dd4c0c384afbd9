import type { IncomingMessage } from 'node:http';
import type { PracticeRequest } from './world.ts';

/** A request as it came in, with what the log and the front end need besides. */
export interface ReceivedRequest extends PracticeRequest {
  /** Path with query as sent. */
  readonly rawPath: string;
  /** Set where the request could not be understood at all. */
  readonly problem: 'path' | 'json' | 'size' | null;
}

const limit = 4 * 1024 * 1024; // Microsoft Graph, "Throttling and other limits": requests up to 4 MB

async function bodyText(message: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= limit) chunks.push(bytes);
  }
  return size > limit ? null : Buffer.concat(chunks).toString('utf8');
}

function parsedBody(text: string, contentType: string): { readonly body: unknown; readonly malformed: boolean } {
  if (text === '') return { body: undefined, malformed: false };
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return { body: Object.fromEntries(new URLSearchParams(text)), malformed: false };
  if (!contentType.startsWith('application/json')) return { body: text, malformed: true };
  try {
    return { body: JSON.parse(text), malformed: false };
  } catch {
    return { body: text, malformed: true };
  }
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/** Reads and parses one request; rejects when the connection ends before the body does. */
export async function receive(message: IncomingMessage): Promise<ReceivedRequest> {
  const rawPath = message.url ?? '/';
  const { pathname, searchParams } = new URL(`http://127.0.0.1${rawPath.startsWith('/') ? rawPath : '/'}`);
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const text = await bodyText(message);
  const path = decoded(pathname);
  const { body, malformed } =
    text === null ? { body: undefined, malformed: false } : parsedBody(text, (headers['content-type'] ?? '').toLowerCase());
  const problem = path === null ? 'path' : text === null ? 'size' : malformed ? 'json' : null;
  return { method: message.method ?? 'GET', path: path ?? pathname, query: searchParams, headers, body, rawPath, problem };
}
