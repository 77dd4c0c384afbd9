import de from '../../assets/i18n/de.json' with { type: 'json' };
import en from '../../assets/i18n/en.json' with { type: 'json' };
import fr from '../../assets/i18n/fr.json' with { type: 'json' };

export type PageLanguage = 'en' | 'fr' | 'de';

/** What the browser shows when Entra has sent it back. */
export interface Pages {
  readonly success: string;
  readonly failure: string;
}

const texts: Readonly<Record<PageLanguage, Readonly<Record<string, string>>>> = { en, fr, de };

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Static, without script and without anything loaded: the loopback server sends it without headers of its own. */
function page(lang: PageLanguage, title: string, body: string): string {
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Tenant Keyring</title><style>:root{color-scheme:light dark;font:16px/1.5 "Segoe UI",system-ui,sans-serif}body{display:grid;place-content:center;min-height:90vh;margin:0 auto;padding:1rem;max-width:34rem}h1{font-size:1.5rem;font-weight:600}</style><h1>${escape(title)}</h1><p>${escape(body)}</p></html>`;
}

export function signInPages(lang: PageLanguage): Pages {
  const text = (key: string) => texts[lang][`sign-in.page.${key}`] ?? '';
  return {
    success: page(lang, text('success.title'), text('success.body')),
    failure: page(lang, text('failure.title'), text('failure.body')),
  };
}
