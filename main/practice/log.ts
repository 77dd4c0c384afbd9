import { closeSync, openSync, writeSync } from 'node:fs';
import { Fault } from '../faults.ts';
import type { ReceivedRequest } from './request.ts';

export interface LogEntry {
  readonly time: Date;
  readonly request: ReceivedRequest;
  /** 0 = the connection was dropped. */
  readonly status: number;
  readonly ms: number;
  readonly responseBody: unknown;
}

const secretNames: ReadonlySet<string> = new Set([
  'access_token',
  'refresh_token',
  'id_token',
  'client_assertion',
  'assertion',
  'client_secret',
  'client_info',
  'code_verifier',
  'device_code',
  'ctx', // a sign-in in the middle
  'user_code',
  'otc',
  'password',
  'secrettext',
]);
const blank = '[blanked]';
const tokenShape = /eyJ[\w-]{10,}\.[\w-]+\.[\w-]*/g;

/** `code` is a secret in a form post, and an error code in a Graph answer. */
function blanked(value: unknown, isForm: boolean, name = ''): unknown {
  const key = name.toLowerCase();
  if (secretNames.has(key) || (isForm && key === 'code')) return blank;
  if (typeof value === 'string') return value.replace(tokenShape, blank).replace(/enter the code \w+/i, `enter the code ${blank}`);
  if (Array.isArray(value)) return value.map((item) => blanked(item, isForm));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, entry]) => [inner, blanked(entry, isForm, inner)]));
}

function blankedPath(rawPath: string): string {
  return rawPath.replace(/([?&])([^=&]+)=([^&]*)/g, (whole, separator: string, name: string) =>
    secretNames.has(name.toLowerCase()) || name === 'code' ? `${separator}${name}=${blank}` : whole,
  );
}

/** Pages carry codes in hidden fields: of a page only its title goes into the log. */
function responseOf(body: unknown): unknown {
  if (typeof body !== 'string') return blanked(body, false) ?? null;
  const [, title] = /<title>([^<]*)<\/title>/.exec(body) ?? [];
  return title === undefined ? blanked(body, false) : { page: title };
}

/** One JSON line per request; tokens, codes and assertions are blanked. */
export const logLine = ({ time, request, status, ms, responseBody }: LogEntry): string =>
  `${JSON.stringify({
    time: time.toISOString(),
    method: request.method,
    path: blankedPath(request.rawPath),
    status,
    ms,
    requestBody: blanked(request.body, (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) ?? null,
    responseBody: responseOf(responseBody),
  })}\n`;

export interface RequestLog {
  write(entry: LogEntry): void;
  close(): void;
}

/** Appends to a file in a folder that is there, each line written before the next request is answered. @throws Fault practice.log-unwritable */
export function openRequestLog(path: string): RequestLog {
  try {
    const file = openSync(path, 'a', 0o600);
    return { write: (entry) => void writeSync(file, logLine(entry)), close: () => closeSync(file) };
  } catch (error) {
    throw new Fault('practice.log-unwritable', { params: { path, detail: String(error) }, cause: error });
  }
}
