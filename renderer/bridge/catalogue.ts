import type en from '../../assets/i18n/en.json';

export type Language = 'en' | 'fr' | 'de';

type SaidByMain = 'asked-server' | 'cli' | 'fault' | 'finding' | 'key-use' | 'progress' | 'reason' | 'rotate' | 'task' | 'window';

/**
 * The keys of the English catalogue that the window has; a missing one does not compile. `<key>.window` is what the window says
 * in the place of `<key>`, and is never asked for by name; what only main says is not bundled (`vite.config.ts`).
 */
export type TextKey = Exclude<keyof typeof en, `${string}.window` | `${SaidByMain}.${string}`>;
export type Catalogue = Readonly<Record<TextKey, string>>;

const load: Readonly<Record<Language, () => Promise<{ default: Catalogue }>>> = {
  en: () => import('../../assets/i18n/en.json'),
  fr: () => import('../../assets/i18n/fr.json'),
  de: () => import('../../assets/i18n/de.json'),
};

/** One language's texts; the others are not even read. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  return (await load[language]()).default;
}
