import { createRequire } from 'node:module';
import { IntlMessageFormat } from 'intl-messageformat';
import type en from '../../assets/i18n/en.json';
import type { Fault } from '../faults.ts';
import { visibleLine } from '../visible-text.ts';

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

/** Read where it stands, from `out/main` as from here; a language that nobody asks for is never read. */
const readJson = createRequire(import.meta.url);
const catalogueIn = (language: Language): Readonly<Record<TextKey, string>> => readJson(`../../assets/i18n/${language}.json`);

/** Without argument, quote or tag a message is its own text (ICU MessageFormat), and no formatter has to be made for it. */
const isPlain = (text: string): boolean => !/[{}'<>]/.test(text);

/** Values come from tenants, files and other programs: none of them adds a line, or is obeyed by a terminal. */
const visible = (params: TextParams): Record<string, string | number> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? visibleLine(value) : value]));

/** What stands for a value that nobody knew. */
const unknown = '–';

export function createTexts(language: Language): Texts {
  const catalogue = catalogueIn(language);
  const formats = new Map<TextKey, IntlMessageFormat>();
  // Made when the first day is written: it takes longer than all texts of a short run together.
  let day: Intl.DateTimeFormat | undefined;
  const formatOf = (key: TextKey): IntlMessageFormat => {
    const known = formats.get(key);
    if (known !== undefined) return known;
    const format = new IntlMessageFormat(catalogue[key], language);
    formats.set(key, format);
    return format;
  };
  const t: Translate = (key, params = {}) => (isPlain(catalogue[key]) ? catalogue[key] : String(formatOf(key).format(visible(params))));
  // A fault has to be told even where a layer below did not know every value.
  const lenient = new Proxy({}, { has: () => true, get: () => unknown });
  const tell = (key: TextKey, params: TextParams) => {
    const known = visible(params);
    Object.setPrototypeOf(known, lenient);
    return isPlain(catalogue[key]) ? catalogue[key] : String(formatOf(key).format(known));
  };
  return {
    language,
    t,
    has: (key): key is TextKey => Object.hasOwn(catalogue, key),
    date: (value) => {
      day ??= new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
      return day.format(value);
    },
    faultText: ({ code, params }) => ({ message: tell(`fault.${code}`, params), fix: tell(`fault.${code}.fix`, params) }),
  };
}

/**
 * The language asked for, else the one of the environment (POSIX: LC_ALL, LC_MESSAGES, LANG in this order), else that
 * of the system, else English.
 */
export function chooseLanguage(asked: string | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  // Of Node's own ways to the system's language the one that builds no formatter.
  const candidates = [asked, env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || navigator.language];
  const known = candidates.map((candidate) => languages.find((language) => candidate?.toLowerCase().startsWith(language)));
  return known.find((language) => language !== undefined) ?? 'en';
}
