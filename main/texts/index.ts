import { IntlMessageFormat } from 'intl-messageformat';
import de from '../../assets/i18n/de.json' with { type: 'json' };
import en from '../../assets/i18n/en.json' with { type: 'json' };
import fr from '../../assets/i18n/fr.json' with { type: 'json' };
import type { Fault } from '../faults.ts';

export const languages = ['en', 'fr', 'de'] as const;
export type Language = (typeof languages)[number];

/** Every key of the English catalogue; a missing one does not compile. */
export type TextKey = keyof typeof en;
export type TextParams = Readonly<Record<string, string | number>>;
export type Translate = (key: TextKey, params?: TextParams) => string;

/** The texts of one language, formatted by ICU MessageFormat (Unicode CLDR). */
export interface Texts {
  readonly language: Language;
  readonly t: Translate;
  /** Whether there is a text of this name. */
  readonly has: (key: string) => key is TextKey;
  /** A day, e.g. `23 Feb 2028`, in UTC: certificates end in UTC. */
  date(value: Date): string;
  /** What happened, and what to do. */
  faultText(fault: Fault): { readonly message: string; readonly fix: string };
}

const catalogues: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, fr, de };

/** What stands for a value that nobody knew. */
const unknown = '–';

export function createTexts(language: Language): Texts {
  const formats = new Map<TextKey, IntlMessageFormat>();
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const formatOf = (key: TextKey): IntlMessageFormat => {
    const known = formats.get(key);
    if (known !== undefined) return known;
    const format = new IntlMessageFormat(catalogues[language][key], language);
    formats.set(key, format);
    return format;
  };
  const t: Translate = (key, params = {}) => String(formatOf(key).format(params));
  // A fault has to be told even where a layer below did not know every value.
  const lenient = new Proxy({}, { has: () => true, get: () => unknown });
  const tell = (key: TextKey, params: TextParams) => {
    const known: Record<string, string | number> = { ...params };
    Object.setPrototypeOf(known, lenient);
    return t(key, known);
  };
  return {
    language,
    t,
    has: (key): key is TextKey => Object.hasOwn(en, key),
    date: (value) => day.format(value),
    faultText: ({ code, params }) => ({ message: tell(`fault.${code}`, params), fix: tell(`fault.${code}.fix`, params) }),
  };
}

/**
 * The language asked for, else the one of the environment (POSIX: LC_ALL, LC_MESSAGES, LANG in this order), else that
 * of the system, else English.
 */
export function chooseLanguage(asked: string | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  const system = Intl.DateTimeFormat().resolvedOptions().locale;
  const candidates = [asked, env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || system];
  const known = candidates.map((candidate) => languages.find((language) => candidate?.toLowerCase().startsWith(language)));
  return known.find((language) => language !== undefined) ?? 'en';
}
