import type { z } from 'zod';
import { GraphFailure } from './directory.ts';

/**
 * An answer in the shape that Microsoft Graph documents for it. Anything else did not come from Graph, or was cut off: it
 * says nothing about the tenant, and whether a write was executed is open.
 *
 * @throws GraphFailure uncertain, code `UnexpectedAnswer`
 */
export function shaped<T>(shape: z.ZodType<T>, value: unknown): T {
  const checked = shape.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'answer' : issue.path.join('.');
  throw unexpectedAnswer(`${where}: ${issue?.message ?? 'unexpected'}`, checked.error);
}

/** The failure that an answer of another shape is. */
export const unexpectedAnswer = (message: string, cause?: unknown): GraphFailure =>
  new GraphFailure('uncertain', { status: 200, code: 'UnexpectedAnswer', message, ...(cause === undefined ? {} : { cause }) });

/** JSON of an answer; null where there is no body. @throws GraphFailure as `shaped` */
export function parsed(text: string | null): unknown {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw unexpectedAnswer('no JSON', error);
  }
}
