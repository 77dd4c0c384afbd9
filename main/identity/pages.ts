import { createTexts, type Language } from '../texts/index.ts';

/** What the browser shows when Entra has sent it back. */
export interface Pages {
  readonly success: string;
  readonly failure: string;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Static, without script and without anything loaded: the loopback server sends it without headers of its own. */
function page(lang: Language, title: string, body: string): string {
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Tenant Keyring</title><style>:root{color-scheme:light dark;font:16px/1.5 "Segoe UI",system-ui,sans-serif}body{display:grid;place-content:center;min-height:90vh;margin:0 auto;padding:1rem;max-width:34rem}h1{font-size:1.5rem;font-weight:600}</style><h1>${escape(title)}</h1><p>${escape(body)}</p></html>`;
}

export function signInPages(lang: Language): Pages {
  const { t } = createTexts(lang);
  return {
    success: page(lang, t('sign-in.page.success.title'), t('sign-in.page.success.body')),
    failure: page(lang, t('sign-in.page.failure.title'), t('sign-in.page.failure.body')),
  };
}
