import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textOf, writeNewFile } from '../../main/files/index.ts';
import { scratchFolder } from '../unit/certificates/samples.ts';
import { isWine, skippedWhere } from '../system.ts';

/** Writes a file as one with a private key is written. @returns its path, and of which files it was told that their folder's rights apply */
async function written() {
  const folder = scratchFolder();
  const path = join(folder, 'Schlüssel.pfx');
  const told: string[] = [];
  await writeNewFile(path, Buffer.from('secret'), { force: false, secret: { onFolderRights: (of) => void told.push(of) } });
  expect(readFileSync(path, 'utf8')).toBe('secret');
  return { folder, path, told };
}

describe('a file with a private key', () => {
  it(
    'is open to its owner, to Windows and to the administrators alone, and inherits nothing',
    skippedWhere(isWine, 'Wine’s icacls changes no access list'),
    async () => {
      const { folder, path, told } = await written();
      expect(told).toEqual([]);
      const saved = join(folder, 'list.txt');
      expect(spawnSync('icacls.exe', [path, '/save', saved], { stdio: 'ignore' }).status).toBe(0);
      // Security Descriptor Definition Language: the file's name, then its list; P: nothing comes from the folder.
      const [, list = ''] = /D:([^\r\n]*)/.exec(textOf(readFileSync(saved))) ?? [];
      expect(list).toMatch(/^P/);
      const entries = [...list.matchAll(/\(([^)]*)\)/g)].map(([, entry = '']) => entry.split(';'));
      expect(entries.map(([kind, flags, rights]) => [kind, flags, rights])).toEqual(Array.from({ length: 3 }, () => ['A', '', 'FA']));
      const who = entries.map((entry) => entry.at(-1));
      // The third is the user, by identifier or, for a known account, by two letters.
      expect(who).toEqual(expect.arrayContaining(['SY', 'BA']));
      expect(new Set(who).size).toBe(3);
    },
  );

  it(
    'is said to have the rights of its folder where the programs do not help',
    skippedWhere(!isWine, 'Windows’ own programs do'),
    async () => {
      const { path, told } = await written();
      expect(told).toEqual([path]);
    },
  );
});
