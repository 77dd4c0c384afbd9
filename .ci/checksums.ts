import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export const checksumsFile = 'SHA256SUMS';

/** The SHA-256 of every file in a folder, in the form that `sha256sum --check` reads. */
export async function checksums(folder: string): Promise<string> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== checksumsFile)
    .map(({ name }) => name)
    .toSorted();
  if (names.length === 0) throw new Error(`there is nothing in ${folder}`);
  const lines: string[] = [];
  for (const name of names) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, name)), hash);
    lines.push(`${hash.digest('hex')}  ${name}\n`);
  }
  return lines.join('');
}

if (import.meta.main) {
  const [, , folder = ''] = process.argv;
  writeFileSync(join(folder, checksumsFile), await checksums(folder));
}
