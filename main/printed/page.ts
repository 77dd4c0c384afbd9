import { html, lines, nothing, type Html } from '../html.ts';
import type { Texts } from '../texts/index.ts';

/** What every page says of itself. */
export interface PageContext {
  readonly texts: Texts;
  /** When it was made. */
  readonly at: Date;
  readonly practice: boolean;
}

/** Labels with their values; those without a value are left out. */
export function facts(rows: readonly (readonly [label: string, value: string | null])[]): Html {
  return html`<dl>
    ${rows.flatMap(([label, value]) =>
      value === null || value === ''
        ? []
        : [
            html`<dt>${label}</dt>
              <dd>${lines(value)}</dd>`,
          ],
    )}
  </dl>`;
}

export function table(heads: readonly string[], rows: readonly (readonly (string | Html)[])[]): Html {
  return html`<table>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

export const section = (title: string, content: Html): Html =>
  html`<section>
    <h2>${title}</h2>
    ${content}
  </section>`;

/** ISO 8601 UTC as people read it, to the minute. */
export const moment = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

const style = `
:root { color-scheme: light; font: 10.5pt/1.45 "Segoe UI", system-ui, sans-serif; color: #242424; background: #fff; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; font-weight: 600; margin: 1.75rem 0 .5rem; break-after: avoid; }
header p, .quiet { color: #595959; margin: .25rem 0 0; }
.practice { border: 2px solid #8a5a00; color: #6b4500; padding: .4rem .75rem; margin: 0 0 1rem; font-weight: 600; }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .2rem 1.25rem; margin: 0; }
dt { color: #595959; } dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th { text-align: start; font-weight: 600; border-bottom: 1px solid #616161; }
td { border-bottom: 1px solid #d1d1d1; vertical-align: top; overflow-wrap: anywhere; }
th, td { padding: .3rem .6rem .3rem 0; } tr { break-inside: avoid; } thead { display: table-header-group; }
ul { margin: 0; padding-left: 1.25rem; }
@page { margin: 18mm 15mm; } @media print { body { margin: 0; padding: 0; max-width: none; } }
`;

/** A whole document: heading, when and by which program it was made, the mark of practice, and its sections. */
export function document(title: string, sections: readonly Html[], { texts, at, practice }: PageContext): string {
  const { t, language } = texts;
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${practice ? `${t('app.practice.mark')} ${title}` : title}</title>
        <style>
          ${{ html: style }}
        </style>
      </head>
      <body>
        ${practice ? html`<p class="practice">${t('app.practice')}</p>` : nothing}
        <header>
          <h1>${title}</h1>
          <p>${t('printed.made', { at: moment(at.toISOString()) })}</p>
        </header>
        ${sections}
      </body>
    </html> `;
  return page.html;
}
