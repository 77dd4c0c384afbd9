import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { createTexts, languages, type TextKey } from '../../../main/texts/index.ts';
import en from '../../../assets/i18n/en.json' with { type: 'json' };
import fr from '../../../assets/i18n/fr.json' with { type: 'json' };
import de from '../../../assets/i18n/de.json' with { type: 'json' };

const catalogues = { en, fr, de };
const keys = Object.keys(en).filter((key): key is TextKey => Object.hasOwn(en, key));

describe.each(languages)('texts in %s', (language) => {
  it('say what the formatter says, also where none is made', () => {
    const { t } = createTexts(language);
    const without = keys.filter((key) => !catalogues[language][key].includes('{'));
    expect(without.length).toBeGreaterThan(500);
    for (const key of without) expect(t(key), key).toBe(String(new IntlMessageFormat(catalogues[language][key], language).format()));
  });
});
