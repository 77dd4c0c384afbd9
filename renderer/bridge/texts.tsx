import { createContext, use } from 'react';
import type { Texts } from './translate.ts';

export type { TextKey } from './catalogue.ts';
export type { Texts } from './translate.ts';

export const TextsContext = createContext<Texts | null>(null);

/** The texts of the window's language. */
export function useTexts(): Texts {
  const texts = use(TextsContext);
  if (texts === null) throw new Error('texts are asked for outside the application');
  return texts;
}
