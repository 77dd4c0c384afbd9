import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareCertificates, comparePfx, type Compared } from './compare.ts';

const usage = `npm run corpus -- FOLDER [--password TEXT]... [--now DATE] [--all]
Reads every file of FOLDER through the readers and compares thumbprint, subject, dates and key with openssl.
  --password  tried for each PFX, beside no password; may be given several times
  --now       the day on which certificates of a PFX have to be valid; default: today
  --all       prints a line for every file, not for differences alone`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { password: { type: 'string', multiple: true, default: [] }, now: { type: 'string' }, all: { type: 'boolean', default: false } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error(usage);
  process.exit(2);
}

const now = values.now === undefined ? new Date() : new Date(values.now);
const counts = new Map<Compared['outcome'], number>();
const started = performance.now();
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  // Links too: collections of an operating system are full of them.
  if (!entry.isFile() && !(entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile())) continue;
  const compared = /\.(?:pfx|p12)$/i.test(entry.name)
    ? await comparePfx(path, ['', ...values.password], now)
    : compareCertificates(readFileSync(path));
  counts.set(compared.outcome, (counts.get(compared.outcome) ?? 0) + 1);
  const quiet = compared.outcome === 'same' || compared.outcome === 'refused by both';
  if (!quiet || values.all) console.log(`${path}: ${compared.outcome}${compared.detail === '' ? '' : ` (${compared.detail})`}`);
}
console.log(
  [...counts].map(([outcome, count]) => `${outcome}: ${count}`).join(', '),
  `in ${Math.round((performance.now() - started) / 1000)} s`,
);
process.exitCode = counts.has('difference') ? 1 : 0;
