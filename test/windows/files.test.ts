import { chmodSync, closeSync, constants, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeNewFile } from '../../main/files/index.ts';
import { dataDirectory, openDatabase } from '../../main/vault/index.ts';
import { systemClock } from '../../main/clock.ts';
import { scratchFolder } from '../unit/certificates/samples.ts';

const bytes = Buffer.from('new');
const fault = (code: string) => expect.objectContaining({ name: 'Fault', code, kind: 'input' });

/** Shared with nobody, as many programs open what they edit: libuv's UV_FS_O_EXLOCK. */
const exclusively = (path: string) => openSync(path, constants.O_RDWR + 0x1000_0000);

describe('a file that is to be replaced', () => {
  it('and is open elsewhere is left as it is, and named', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'Größe.cer');
    writeFileSync(path, 'old');
    const held = exclusively(path);
    try {
      await expect(writeNewFile(path, bytes, { force: true })).rejects.toEqual(fault('file.not-replaced'));
    } finally {
      closeSync(held);
    }
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['Größe.cer']);
  });

  it('and is read-only is left as it is, and named', async () => {
    const folder = scratchFolder();
    const path = join(folder, 'c.cer');
    writeFileSync(path, 'old');
    chmodSync(path, 0o444);
    try {
      await expect(writeNewFile(path, bytes, { force: true })).rejects.toEqual(fault('file.not-replaced'));
    } finally {
      chmodSync(path, 0o666);
    }
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['c.cer']);
  });

  it('and is open for a moment only is replaced', async () => {
    const path = join(scratchFolder(), 'c.cer');
    writeFileSync(path, 'old');
    const held = exclusively(path);
    setTimeout(() => closeSync(held), 120);
    await writeNewFile(path, bytes, { force: true });
    expect(readFileSync(path, 'utf8')).toBe('new');
  });
});

describe('a path of more than 260 characters, with umlauts', () => {
  const deep = (folder: string) => {
    const path = join(folder, ...Array.from({ length: 6 }, (_, index) => `${index} ${'ä'.repeat(50)}`));
    mkdirSync(path, { recursive: true });
    expect(path.length).toBeGreaterThan(300);
    return path;
  };

  it('takes a file', async () => {
    const path = join(deep(scratchFolder()), 'Schlüssel.pfx');
    await writeNewFile(path, bytes, { force: false });
    await expect(writeNewFile(path, bytes, { force: false })).rejects.toEqual(fault('file.exists'));
    await writeNewFile(path, Buffer.from('newer'), { force: true });
    expect(readFileSync(path, 'utf8')).toBe('newer');
  });

  it('takes the store', () => {
    const override = join(deep(scratchFolder()), 'Liste');
    const directory = dataDirectory({ override, env: process.env, platform: 'win32' });
    openDatabase(directory, { clock: systemClock }).close();
    expect(readdirSync(directory)).toContain('keyring.sqlite');
  });
});
