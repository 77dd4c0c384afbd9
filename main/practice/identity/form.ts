import type { PracticeRequest } from '../world.ts';
import { refusals } from './refusals.ts';

/** The fields of a form post, looked up by name. */
export interface Form {
  optional(name: string): string | undefined;
  /** Refuses with 900144 where the field is missing or empty. */
  required(name: string): string;
}

const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

export function formOf(request: PracticeRequest): Form {
  const fields = new Map<string, unknown>(
    formType.test(request.headers['content-type'] ?? '') && typeof request.body === 'object' && request.body !== null
      ? Object.entries(request.body)
      : [],
  );
  return formOfFields((name) => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : null;
  });
}

export const queryOf = (request: PracticeRequest): Form => formOfFields((name) => request.query.get(name));

function formOfFields(read: (name: string) => string | null): Form {
  const optional = (name: string) => read(name) || undefined; // an empty parameter counts as omitted (RFC 6749 §3.1)
  return {
    optional,
    required: (name) => {
      const value = optional(name);
      if (value === undefined) throw refusals.parameterMissing(name);
      return value;
    },
  };
}
