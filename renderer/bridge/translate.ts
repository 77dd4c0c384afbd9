import { IntlMessageFormat } from 'intl-messageformat';
import type { Catalogue, Language, Message, TextKey } from './catalogue.ts';

export type TextParams = Readonly<Record<string, string | number>>;

/** The texts of one language, formatted by ICU MessageFormat (Unicode CLDR). */
export interface Texts {
  readonly language: Language;
  readonly t: (key: TextKey, params?: TextParams) => string;
  readonly has: (key: string) => key is TextKey;
  /** A day, e.g. `23 Feb 2028`, in UTC: certificates end in UTC. */
  readonly date: (iso: string) => string;
  /** Day and time of the person's own clock, to the minute. */
  readonly dateTime: (iso: string) => string;
  /** How long ago, in the largest unit that fits: `2 minutes ago`, `yesterday`. */
  readonly ago: (iso: string, now: number) => string;
  readonly number: (value: number) => string;
  /** `a, b and c` (Unicode CLDR). */
  readonly list: (items: readonly string[]) => string;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** Without argument, quote or tag a message is its own text (ICU MessageFormat), and no formatter has to be made for it. */
const isPlain = (text: Message): text is string => typeof text === 'string' && !/[{}'<>]/.test(text);

/** Made when it is first needed: a formatter takes longer than a row. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Midnight before a moment on the person's own clock, in milliseconds since the epoch. */
const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);

/** In French the first of a month is an ordinal (« le 1er avril »), which the CLDR's patterns leave out. */
const dayInWords = (language: Language, written: string): string => (language === 'fr' ? written.replace(/^1 /, '1er ') : written);

/**
 * @param regions languages of the system in order of preference, e.g. `en-GB`: dates are written as in the first that
 * speaks the language
 */
export function createTexts(language: Language, catalogue: Catalogue, regions: readonly string[] = navigator.languages): Texts {
  const locale = regions.find((each) => each.split('-')[0] === language) ?? language;
  const has = (key: string): key is TextKey => Object.hasOwn(catalogue, key);
  const textOf = (key: TextKey): Message => {
    const ofWindow = `${key}.window`;
    return catalogue[has(ofWindow) ? ofWindow : key] ?? key;
  };
  const formats = new Map<TextKey, IntlMessageFormat>();
  const days = once(() => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }));
  const times = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }));
  const lists = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const numbers = once(() => new Intl.NumberFormat(locale));
  const formatOf = (key: TextKey, text: Message): IntlMessageFormat => {
    const known = formats.get(key);
    if (known !== undefined) return known;
    const format = new IntlMessageFormat(text, language);
    formats.set(key, format);
    return format;
  };
  const t: Texts['t'] = (key, params = {}) => {
    const text = textOf(key);
    return isPlain(text) ? text : String(formatOf(key, text).format(params));
  };
  const ago = (iso: string, now: number): string => {
    const then = Date.parse(iso);
    const minutes = Math.max(0, Math.round((now - then) / minute));
    if (minutes < 1) return t('app.just-now');
    if (minutes < 60) return relative().format(-minutes, 'minute');
    const nights = Math.round((midnight(now) - midnight(then)) / day);
    if (nights < 1) return relative().format(-Math.round(minutes / 60), 'hour');
    if (nights < 45) return relative().format(-nights, 'day');
    return nights < 545 ? relative().format(-Math.round(nights / 30.4), 'month') : relative().format(-Math.round(nights / 365), 'year');
  };
  return {
    language,
    t,
    has,
    date: (iso) => dayInWords(language, days().format(new Date(iso))),
    dateTime: (iso) => dayInWords(language, times().format(new Date(iso))),
    ago,
    number: (value) => numbers().format(value),
    list: (items) => lists().format(items),
  };
}
