import { html, nothing, type Html } from '../../../html.ts';
import type { PracticeAnswer } from '../../world.ts';

/** Below this path of the practice tenant's origin the pages stand. */
export const root = '/practice/mailstore';

/** What was just done, said once at the top of the next page. */
export interface Notice {
  readonly good: boolean;
  readonly text: string;
}

const style = `
*{box-sizing:border-box}
body{margin:0;background:#f3f3f3;color:#1b1b1b;font:14px/1.45 "Segoe UI",system-ui,sans-serif}
.banner{background:#7a2ee6;color:#fff;text-align:center;padding:8px 16px;font-weight:600}
.window{display:flex;flex-wrap:wrap;max-width:1080px;margin:24px auto;background:#fff;border:1px solid #c8c8c8}
.title{flex:1 0 100%;background:#1f4e79;color:#fff;padding:8px 16px;font-weight:600}
nav{flex:0 0 220px;padding:16px;background:#eef3f8;border-right:1px solid #d6d6d6}
nav ul{list-style:none;margin:0;padding:0 0 0 12px}
nav a{display:block;padding:4px 8px;color:#0b3d66;text-decoration:none;border-radius:2px}
nav a:hover{background:#dce8f3}
nav a[aria-current]{background:#c7dcf0;font-weight:600}
main{flex:1 1 480px;min-width:0;padding:16px 24px 24px}
h1{margin:0 0 4px;font-size:20px;font-weight:600}
h2{font-size:16px;font-weight:600;margin:24px 0 8px}
p{margin:0 0 12px}
.where{color:#595959;margin:0 0 16px}
fieldset{border:1px solid #c8c8c8;margin:0 0 16px;padding:8px 16px 16px;min-width:0}
legend{font-weight:600;padding:0 4px}
.field{display:grid;grid-template-columns:minmax(140px,200px) minmax(0,1fr);gap:4px 12px;align-items:center;margin-top:8px}
.field span.with{display:flex;gap:4px}
input[type=text],select{width:100%;min-width:0;font:inherit;padding:5px 8px;border:1px solid #767676;background:#fff;color:inherit}
input[readonly]{background:#f3f3f3}
.check{display:flex;gap:8px;align-items:center;margin-top:8px}
button,.button{display:inline-block;font:inherit;color:inherit;text-decoration:none;background:#e6e6e6;border:1px solid #767676;padding:5px 16px;cursor:pointer;white-space:nowrap}
button:hover,.button:hover{background:#d6e6f5}
.primary{background:#1f4e79;border-color:#1f4e79;color:#fff}
.primary:hover{background:#163a5a}
.small{padding:5px 10px}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin-top:16px}
.end{justify-content:flex-end}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible{outline:2px solid #1b1b1b;outline-offset:1px}
table{width:100%;border-collapse:collapse}
th{text-align:left;font-weight:600;border-bottom:1px solid #616161}
td{border-bottom:1px solid #d6d6d6;vertical-align:top;overflow-wrap:anywhere}
th,td{padding:6px 8px 6px 0}
td form{display:inline}
details.menu{margin-top:4px}
details.menu summary{list-style:none;border:1px solid #767676;background:#e6e6e6;padding:5px 10px;cursor:pointer;width:max-content;margin-left:auto}
details.menu summary::-webkit-details-marker{display:none}
details.menu div{width:max-content;margin-left:auto;background:#fff;border:1px solid #767676;box-shadow:0 2px 8px rgba(0,0,0,.2)}
details.menu div>*{display:block;width:100%;text-align:left;border:0;background:none;padding:8px 16px}
details.menu div>*:hover{background:#d6e6f5}
.notice{border-left:4px solid;padding:8px 12px;margin:0 0 16px;overflow-wrap:anywhere;white-space:pre-line}
.good{border-color:#0e700e;background:#f1faf1}
.bad{border-color:#b10e1c;background:#fdf3f4}
.dialog{max-width:600px;border:1px solid #767676;box-shadow:0 4px 16px rgba(0,0,0,.25)}
.dialog>h1{background:#eef3f8;margin:0;padding:8px 16px;font-size:15px;display:flex;justify-content:space-between;align-items:center;gap:8px}
.dialog>h1 a{text-decoration:none;color:inherit;padding:0 8px}
.dialog>div,.dialog>form{padding:16px}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px;margin:0 0 16px}
dt{color:#595959}
dd{margin:0;overflow-wrap:anywhere}
code{font-family:Consolas,monospace;user-select:all}
`;

/** No script, nothing from elsewhere, no frame, and forms that go nowhere else. */
const headers: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

export interface Place {
  readonly title: string;
  /** Of the window: which program, and which archive. */
  readonly window: string;
  readonly navigation: readonly { readonly text: string; readonly path: string; readonly here: boolean }[];
  readonly notice: Notice | null;
}

/** One page that stands in for MailStore Client, and can never be mistaken for it. */
export function answerOf({ title, window, navigation, notice }: Place, content: Html, status = 200): PracticeAnswer {
  const links = navigation.map(
    ({ text, path, here }) => html`<li><a href="${path}" ${here ? { html: 'aria-current="page"' } : nothing}>${text}</a></li>`,
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>[Practice] ${title}</title>
        <style>
          ${{ html: style }}
        </style>
      </head>
      <body>
        <div class="banner">Practice: a simulated MailStore on this computer. Nothing here reaches MailStore or Microsoft.</div>
        <div class="window">
          <div class="title">${window}</div>
          ${
            links.length === 0
              ? nothing
              : html`<nav aria-label="MailStore Client">
                  Administrative Tools
                  <ul>
                    ${links}
                  </ul>
                  <p></p>
                  <a href="${root}">All practice servers</a>
                </nav>`
          }
          <main>
            ${notice === null ? nothing : html`<div class="notice ${notice.good ? 'good' : 'bad'}" role="status">${notice.text}</div>`}
            ${content}
          </main>
        </div>
      </body>
    </html> `;
  return { status, headers, body: page.html };
}

export const goTo = (path: string): PracticeAnswer => ({ status: 303, headers: { location: path, 'cache-control': 'no-store' } });

export const notFound: PracticeAnswer = {
  status: 404,
  body: { error: 'not_found', error_description: 'The practice MailStore has no such page.' },
};
