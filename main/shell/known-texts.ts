import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../texts/index.ts';

/** What has been said to the window, as far as it says whether a text comes from there. */
export interface KnownTexts {
  /** Every text in what is sent to the window. */
  readonly note: (sent: unknown) => void;
  /** Whether each line of a text was sent, or is made of words that were, or that are the program's own. */
  readonly knows: (text: string) => boolean;
}

/** More words than any list has; the oldest are forgotten. */
const mostWords = 400_000;

/** Without case, space and punctuation: a thumbprint is the same however it is grouped. */
const compact = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Words between white space and the signs around them; numbers say nothing by themselves. */
const wordsOf = (text: string): string[] =>
  text
    .split(/\s+/)
    .map(compact)
    .filter((word) => !/^\d*$/.test(word));

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What the page may add by itself: the catalogue's words and the names of months. */
function ownWords(language: Language): Set<string> {
  // From `out/main` as from here.
  const catalogue: unknown = JSON.parse(readFileSync(join(import.meta.dirname, `../../assets/i18n/${language}.json`), 'utf8'));
  const months = (['long', 'short'] as const).flatMap((month) => {
    const format = new Intl.DateTimeFormat(language, { day: 'numeric', month, weekday: month, hour: 'numeric' });
    return Array.from({ length: 12 }, (_, index) => format.format(new Date(2026, index, index + 1, index * 2)));
  });
  return new Set([...textsIn(catalogue).flatMap((text) => text.split(/[{}<>,]/)), ...months].flatMap(wordsOf));
}

/** @param language of the window now */
export function createKnownTexts(language: () => Language): KnownTexts {
  const sent = new Set<string>();
  /** Lists are sent again and again. */
  const noted = new Set<string>();
  const own = new Map<Language, Set<string>>();
  const isOwn = (word: string): boolean => {
    const words = own.get(language()) ?? ownWords(language());
    own.set(language(), words);
    return words.has(word);
  };
  const remember = (word: string) => {
    sent.add(word);
    if (sent.size <= mostWords) return;
    const [oldest = ''] = sent;
    sent.delete(oldest);
  };
  return {
    note: (value) => {
      for (const text of textsIn(value)) {
        if (noted.has(text)) continue;
        if (noted.size > mostWords) noted.clear();
        noted.add(text);
        for (const word of wordsOf(text)) remember(word);
        remember(compact(text));
      }
    },
    knows: (text) =>
      text.split('\n').every((line) => sent.has(compact(line)) || wordsOf(line).every((word) => sent.has(word) || isOwn(word))),
  };
}
