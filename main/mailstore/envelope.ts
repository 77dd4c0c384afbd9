import { z } from 'zod';
import { Fault } from '../faults.ts';
import { isForeignAnswer } from '../http/index.ts';
import type { ServerAnswer } from './transport.ts';

const byteOrderMark = /^\u{FEFF}/u;

/**
 * Names in small letters, all the way down: the interface writes the same ones in PascalCase here and in camelCase there.
 *
 * @throws Error for two names that differ in case alone
 */
export function withoutCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCase);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [name.toLowerCase(), withoutCase(part)] as const);
  if (new Set(entries.map(([name]) => name)).size !== entries.length) throw new Error('two names differ in case alone');
  return Object.fromEntries(entries);
}

const envelopeShape = z.looseObject({
  error: z.looseObject({ message: z.string() }).nullish(),
  token: z.string().nullish(),
  statusversion: z.number(),
  statuscode: z.string(),
  result: z.unknown(),
});

/** What the envelope of every answer says; the stack trace in it is left where it is. */
export interface Envelope {
  readonly error: string | null;
  readonly token: string | null;
  readonly statusVersion: number;
  readonly statusCode: string;
  readonly result: unknown;
}

export interface Asked {
  /** `HOST:PORT`. */
  readonly address: string;
  /** E.g. `GetCredentials`, `get-metadata`. */
  readonly function: string;
}

const unreadable = ({ address, function: asked }: Asked, detail: string, cause?: unknown) =>
  new Fault('server.answer-unreadable', { params: { address, detail: `${asked}: ${detail}` }, ...(cause === undefined ? {} : { cause }) });

/** A proxy, another service of the same server, or something else altogether. */
export const foreignAnswer = ({ address }: Asked, { status }: ServerAnswer): Fault =>
  new Fault('server.foreign-answer', { params: { address, status } });

/** The JSON of an answer, whatever its status; undefined where there is none. @throws Fault server.foreign-answer */
export function jsonOf(answer: ServerAnswer, asked: Asked): unknown {
  const text = answer.text.replace(byteOrderMark, '');
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (isForeignAnswer(answer.contentType, text)) throw foreignAnswer(asked, answer);
    throw unreadable(asked, 'no JSON', error);
  }
}

/**
 * What an answer has to hold; everything else in it is let be.
 *
 * @param shape with names in small letters
 * @throws Fault server.answer-unreadable, which names the place
 */
export function readAnswer<T>(shape: z.ZodType<T>, value: unknown, asked: Asked): T {
  let small: unknown;
  try {
    small = withoutCase(value);
  } catch (error) {
    throw unreadable(asked, error instanceof Error ? error.message : String(error), error);
  }
  const read = shape.safeParse(small);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw unreadable(asked, `${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`.trim(), read.error);
}

/**
 * The envelope of an answer, at any HTTP status but those that stand for themselves; null where the answer has no body.
 *
 * @throws Fault server.login-refused, server.not-permitted, server.foreign-answer, server.answer-unreadable
 */
export function envelopeOf(answer: ServerAnswer, asked: Asked): Envelope | null {
  if (answer.status === 401) throw new Fault('server.login-refused', { params: { address: asked.address, detail: '401' } });
  const body = jsonOf(answer, asked);
  if (body === undefined) {
    if (answer.status === 403) throw new Fault('server.not-permitted', { params: { address: asked.address } });
    if (answer.status >= 300 && answer.status < 400) throw foreignAnswer(asked, answer);
    return null;
  }
  const { error, token, statusversion, statuscode, result } = readAnswer(envelopeShape, body, asked);
  // The result keeps its names: who reads it does so without case, who shows it raw shows what came.
  const raw: unknown = Object.entries(Object(body)).find(([name]) => name.toLowerCase() === 'result')?.[1];
  return {
    error: error?.message ?? null,
    token: token ?? null,
    statusVersion: statusversion,
    statusCode: statuscode,
    result: raw ?? result ?? null,
  };
}
