import { parse } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';

/** From now on texts can be formatted that are not in pieces yet. */
export function learnToParse(): void {
  IntlMessageFormat.__parse = parse;
}
