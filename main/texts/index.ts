/**
 * All words the user reads, in three languages, from one catalogue by language (`assets/i18n`): messages with their parameters,
 * faults with what to do, in the words of the client that shows them.
 */
import { createRequire } from 'node:module';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Fault } from '../faults.ts';
import { visibleLine } from '../visible-text.ts';
import type { Client, Statement, TextKey, TextParams } from './keys.ts';

export type { Client, Statement, StatementCode, TextKey, TextParams } from './keys.ts';

export const languages = ['en', 'fr', 'de'] as const;
export type Language = (typeof languages)[number];

export type Translate = (key: TextKey, params?: TextParams) => string;

/** The texts of one language for one client, formatted by ICU MessageFormat (Unicode CLDR). */
export interface Texts {
  readonly language: Language;
  readonly t: Translate;
  /** Whether there is a text of this name. */
  readonly has: (key: string) => key is TextKey;
  /** A day, e.g. `23 Feb 2028`, in UTC: certificates end in UTC. */
  date(value: Date): string;
  /** What happened, and what to do. */
  faultText(fault: Pick<Fault, 'code' | 'params'>): { readonly message: string; readonly fix: string };
  /** What was stored, in words. A sentence of an earlier version is the text it is; a code of another one stands for itself. */
  readonly say: (statement: Statement | string) => string;
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

/** What happened and what to do, in one line; some messages end with another program's words, which need no full stop. */
const inOneLine = (message: string, fix: string): string => `${message}${/[.!?…»”“]$/.test(message) ? '' : '.'} ${fix}`;

/** In French the first of a month is an ordinal (« le 1er avril »), which the CLDR's patterns leave out. */
const dayInWords = (language: Language, written: string): string => (language === 'fr' ? written.replace(/^1 /, '1er ') : written);

/** @param client the window has texts of its own where the command line names its options */
export function createTexts(language: Language, client: Client = 'command line'): Texts {
  const catalogue = catalogueIn(language);
  const has = (key: string): key is TextKey => Object.hasOwn(catalogue, key);
  const textOf = (key: TextKey): string => {
    const ofWindow = `${key}.window`;
    return catalogue[client === 'window' && has(ofWindow) ? ofWindow : key];
  };
  const formats = new Map<TextKey, IntlMessageFormat>();
  // Made when the first day is written: it takes longer than all texts of a short run together.
  let day: Intl.DateTimeFormat | undefined;
  const formatOf = (key: TextKey, text: string): IntlMessageFormat => {
    const known = formats.get(key);
    if (known !== undefined) return known;
    const format = new IntlMessageFormat(text, language);
    formats.set(key, format);
    return format;
  };
  const write = (key: TextKey, params: TextParams): string => {
    const text = textOf(key);
    return isPlain(text) ? text : String(formatOf(key, text).format(params));
  };
  const t: Translate = (key, params = {}) => write(key, visible(params));
  // A fault has to be told even where a layer below did not know every value.
  const lenient = new Proxy({}, { has: () => true, get: () => unknown });
  const tell = (key: TextKey, params: TextParams) => {
    const known = visible(params);
    Object.setPrototypeOf(known, lenient);
    return write(key, known);
  };
  return {
    language,
    t,
    has,
    date: (value) => {
      day ??= new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
      return dayInWords(language, day.format(value));
    },
    faultText: ({ code, params }) => ({ message: tell(`fault.${code}`, params), fix: tell(`fault.${code}.fix`, params) }),
    say: (statement) => {
      if (typeof statement === 'string') return statement;
      const { code, params } = statement;
      if (!has(code)) return code;
      const fix = `${code}.fix`;
      return has(fix) ? inOneLine(tell(code, params), tell(fix, params)) : tell(code, params);
    },
  };
}

/** A text whose key is data, such as a reason in a profile; what is no key is somebody's own words. */
export const said = (key: string, texts: Texts, params: TextParams = {}): string => (texts.has(key) ? texts.t(key, params) : key);

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
