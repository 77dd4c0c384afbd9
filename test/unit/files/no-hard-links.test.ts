import type * as promises from 'node:fs/promises';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeNewFile } from '../../../main/files/index.ts';
import { scratchFolder } from '../certificates/samples.ts';

/** What a FAT file system answers under Windows (through libuv). */
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof promises>()),
  link: () => Promise.reject(Object.assign(new Error('EISDIR: illegal operation on a directory, link'), { code: 'EISDIR' })),
}));

describe('on a file system without hard links', () => {
  it('a new file is written whole and alone', async () => {
    const folder = scratchFolder();
    await writeNewFile(join(folder, 'c.cer'), Buffer.from('new'), { force: false });
    expect(readFileSync(join(folder, 'c.cer'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['c.cer']);
  });

  it('an existing one stays, and of many writers one wins', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'old.cer'), 'old');
    await expect(writeNewFile(join(folder, 'old.cer'), Buffer.from('new'), { force: false })).rejects.toMatchObject({
      code: 'file.exists',
    });
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((text) => writeNewFile(join(folder, 'c.cer'), Buffer.from(text), { force: false })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readFileSync(join(folder, 'old.cer'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['c.cer', 'old.cer']);
  });
});
