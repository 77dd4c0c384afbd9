import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { contentSecurityPolicy } from './content-security.ts';

/** Our own scheme: pages from files would have the privileges of `file:`. */
export const scheme = 'app';

/** The one origin of our pages; the sender check of every request compares with it. */
export const appOrigin = `${scheme}://keyring`;
export const startPage = `${appOrigin}/index.html`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** File on disk by path of the address. */
export type FileTable = ReadonlyMap<string, string>;

/** Every file below `directory`; what appears there later is not served. */
export function fileTable(directory: string, prefix = '/'): FileTable {
  const rows = readdirSync(directory, { withFileTypes: true }).flatMap((entry): (readonly [string, string])[] => {
    const file = join(directory, entry.name);
    return entry.isDirectory() ? [...fileTable(file, `${prefix}${entry.name}/`)] : [[`${prefix}${entry.name}`, file]];
  });
  return new Map(rows);
}

/** Answers from the table alone: what an address says never becomes a path on disk. */
export async function answer(request: Request, table: FileTable): Promise<Response> {
  const address = URL.parse(request.url);
  // Not `origin`, which URL knows of the web's own schemes only.
  const ours = address?.protocol === `${scheme}:` && address.host === 'keyring';
  const file = ours && request.method === 'GET' ? table.get(address.pathname) : undefined;
  const headers = {
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // A link in the page would tell a name server what it says.
    'x-dns-prefetch-control': 'off',
  };
  if (file === undefined) return new Response('', { status: 404, headers });
  const contentType = contentTypes[extname(file)] ?? 'application/octet-stream';
  return new Response(await readFile(file), { headers: { ...headers, 'content-type': contentType } });
}
