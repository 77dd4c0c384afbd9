import { refused, type FieldCheck } from './field-check.ts';
import { isUnprintable } from './names.ts';

export interface AnnotationLimits {
  /** Names the field in what is said of it. */
  readonly field: string;
  /** In UTF-16 units. */
  readonly longest: number;
  readonly lines: 'one' | 'several';
}

/**
 * A text for people; empty is fine. Where it has several lines, every kind of line break becomes LF, and tabs stay.
 */
export function checkAnnotation(typed: string, { field, longest, lines }: AnnotationLimits): FieldCheck<string> {
  const text = lines === 'one' ? typed : typed.replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  const value = text.trim().normalize('NFC');
  if (isUnprintable(lines === 'one' ? value : value.replaceAll(/[\n\t]/g, ' ')))
    return refused('input.annotation.control-characters', { field });
  if (value.length > longest) return refused('input.annotation.too-long', { field, length: value.length, limit: longest });
  return { ok: true, value };
}
