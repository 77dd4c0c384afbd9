/** Text inside an HTML document or a quoted attribute. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** The reverse of `escaped`. */
export const unescaped = (text: string): string =>
  text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');

const style = `
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:#f2f2f2;color:#1b1b1b;font:15px/1.4 "Segoe UI",system-ui,sans-serif}
.banner{background:#8a3ffc;color:#fff;text-align:center;padding:8px;font-weight:600}
main{width:min(440px,100%);margin:8vh auto 0;background:#fff;padding:44px;box-shadow:0 2px 6px rgba(0,0,0,.2)}
h1{margin:0 0 12px;font-size:24px;font-weight:600}
p{margin:0 0 12px;overflow-wrap:anywhere}
.name{font-weight:600;margin:0 0 16px}
.account{display:block;width:calc(100% + 88px);margin:0 -44px;padding:12px 44px;border:0;background:none;text-align:left;font:inherit;cursor:pointer}
.account:hover,.account:focus-visible{background:#e6e6e6}
.account small{display:block;color:#595959}
.other{margin-top:16px;display:flex;gap:8px}
.other input{flex:1;min-width:0;border:0;border-bottom:1px solid #666;padding:6px 0;font:inherit}
ul{padding-left:20px;margin:0 0 16px}
li small{display:block;color:#595959}
.actions{display:flex;justify-content:flex-end;gap:8px;margin-top:24px}
button.action{border:0;padding:8px 24px;min-width:108px;font:inherit;cursor:pointer;background:#ccc;color:#000}
button.primary{background:#0067b8;color:#fff}
button[disabled]{opacity:.4;cursor:default}
`;

/** One page, in the look of a plain sign-in and never to be mistaken for a real one. */
export function page(title: string, body: string, script = ''): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>[Practice] ${escaped(title)}</title><style>${style}</style></head>
<body><div class="banner">Practice tenant: nothing here reaches Microsoft</div><main><h1>${escaped(title)}</h1>
${body}</main>${script === '' ? '' : `<script>${script}</script>`}</body></html>`;
}

export const hiddenFields = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('');
