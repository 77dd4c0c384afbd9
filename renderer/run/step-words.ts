import type { Texts } from '../bridge/translate.ts';

/** What a change or a line of progress belongs to, in words; a step of another version by its own name. */
export function stepWords(step: string, { t, has }: Pick<Texts, 't' | 'has'>): string {
  const key = `step.${step}`;
  return has(key) ? t(key) : step;
}
