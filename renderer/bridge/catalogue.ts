import type { saidByMain } from './said-by-main.ts';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type en from '../../assets/i18n/en.json';

export type Language = 'en' | 'fr' | 'de';

type SaidByMain = (typeof saidByMain)[number];

/**
 * The keys of the English catalogue that the window has; a missing one does not compile. `<key>.window` is what the window says
 * in the place of `<key>`, and is never asked for by name; what only main says is not bundled (`said-by-main.ts`).
 */
export type TextKey = Exclude<keyof typeof en, `${string}.window` | `${SaidByMain}.${string}`>;

/** A text of the catalogue, or what it is made of. */
export type Message = string | MessageFormatElement[];
export type Catalogue = Readonly<Record<string, Message>>;

type Load<T> = Readonly<Record<Language, () => Promise<{ default: T }>>>;

/** What the list says: ready to be formatted. */
const first: Load<Catalogue> = {
  en: () => import('../../assets/i18n/en.json?first'),
  fr: () => import('../../assets/i18n/fr.json?first'),
  de: () => import('../../assets/i18n/de.json?first'),
};

/** In the order of their keys. */
const rest: Load<readonly string[]> = {
  en: () => import('../../assets/i18n/en.json?rest'),
  fr: () => import('../../assets/i18n/fr.json?rest'),
  de: () => import('../../assets/i18n/de.json?rest'),
};

interface Loaded {
  readonly texts: Promise<Catalogue>;
  /** Puts the other half into them, once. */
  readonly complete: () => Promise<void>;
}

function load(language: Language): Loaded {
  const read = async () => ({ ...(await first[language]()).default });
  const texts = read();
  let all: Promise<void> | undefined;
  const readAll = async () => {
    const [into, keys, half, { learnToParse }] = await Promise.all([
      texts,
      import('../../assets/i18n/en.json?keys'),
      rest[language](),
      import('./message-parser.ts'),
    ]);
    learnToParse();
    keys.default.forEach((key, index) => (into[key] = half.default[index] ?? key));
  };
  return { texts, complete: () => (all ??= readAll()) };
}

/** Each language once, so that whoever asks for it again has what others have read of it. */
const loaded = new Map<Language, Loaded>();
let shown: Loaded | undefined;

/** What the list says of one language; the other languages are not read at all. `restOfTexts` puts what is missing into it, and `later` waits for that. */
export function loadCatalogue(language: Language): Promise<Catalogue> {
  shown = loaded.get(language) ?? load(language);
  loaded.set(language, shown);
  return shown.texts;
}

/** Reads the other half of the catalogue that was loaded last: nothing but the list is shown without it. */
export const restOfTexts = async (): Promise<void> => shown?.complete();
